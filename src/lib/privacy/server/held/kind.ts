/** What a kind of thing in a copy of somebody's data is: a file of rows, read piece by piece from tables it names. */
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '#lib/platform/server/db.ts';

/** A row as it stands in the copy. Its names are published (docs/data-copy.md): they are added to, never changed. */
export type HeldRow = Record<string, unknown>;

export interface HeldKind {
  /** The name of its file: `bills` is `bills.json`. */
  name: string;
  /** Every table it reads for the person. */
  tables: readonly string[];
  /** Selects `k`, a text by which rows are told apart and sorted, and `row`, the row as JSON. */
  of(person: string): RawBuilder<unknown>;
}

/** Rows read at once: no more of somebody's history stands in memory. */
const armful = 200;

/** The rows of a kind that are held about somebody, in order. */
export async function* heldRows(db: Db, kind: HeldKind, person: string): AsyncGenerator<HeldRow> {
  let after = '';
  for (;;) {
    const { rows } = await sql<{ k: string; row: HeldRow }>`
      select k, row from (${kind.of(person)}) held where k collate "C" > ${after}
      order by k collate "C" limit ${armful}`.execute(db);
    for (const { row } of rows) yield row;
    const last = rows.at(-1);
    if (!last || rows.length < armful) return;
    after = last.k;
  }
}

/** The accounts somebody holds, as a list, by which a large table is read along its index: what stands on them is theirs. Those they only come to are of whoever holds them. */
export const held = (person: string) => sql`(array(
  select account_id from account_member
  where person_id = ${person} and kind = 'holder' and (expires_at is null or expires_at > now())))`;

/** Their requests. What others asked is not theirs, also where an account shares it with them. */
export const asked = (person: string) => sql`(array(select id from request where requester_id = ${person}))`;
