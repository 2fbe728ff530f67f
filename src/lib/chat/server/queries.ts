/** Questions about conversations. Row-level security leaves out what is not the asker's. */
import { digestOf, type First } from '#lib/platform/server/once.ts';
import { sql } from 'kysely';
import type { Actor } from '#lib/platform/actor.ts';
import type { Db } from '#lib/platform/server/db.ts';
import type { BotKind } from '#lib/help/bot.ts';
import { lastWords } from '#lib/requests/server/last-words.ts';
import type { Way } from '../turn.ts';

export interface Line {
  number: number;
  spoken_by: 'customer' | 'assistant';
  text: string;
  ways: Way[];
  /** What the bot made of the question before it. */
  kind: BotKind | null;
  topic: string | null;
  at: Date;
}

/** The conversation that this visitor or customer has under way, if any; with the request it has become. */
export async function currentConversation(db: Db, actor: Actor) {
  if (actor.kind === 'system' || (actor.kind === 'visitor' && !actor.visitor)) return null;
  const row = await db
    .selectFrom('conversation as c')
    .leftJoin('request_reference as f', 'f.request_id', 'c.request_id')
    // What this browser holds as a visitor's, or was let in to by the link in a letter.
    .leftJoin('request_visitor as v', 'v.request_id', 'c.request_id')
    // From which request a person of ours gave it back to the assistant.
    .leftJoin('request_reference as b', 'b.request_id', 'c.returned_from')
    .select(['c.id', 'c.request_id', 'c.rating', 'c.started_at', 'f.reference', 'b.reference as returned'])
    .where('c.ended_at', 'is', null)
    .where((is) =>
      actor.kind === 'person'
        ? is('c.person_id', '=', actor.id)
        : is.and([
            is('c.person_id', 'is', null),
            is.or([is('c.visitor', '=', actor.visitor), is('v.request_id', 'is not', null)])
          ])
    )
    // What a person of ours has taken over comes before a talk with the assistant.
    .orderBy('v.at', (order) => order.desc().nullsLast())
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

export type Conversation = NonNullable<Awaited<ReturnType<typeof currentConversation>>>;

/** What was said with the assistant so far, in order. */
export async function linesOf(db: Db, conversation: string): Promise<Line[]> {
  const rows = await db
    .selectFrom('conversation_line')
    .select([
      'number',
      sql<Line['spoken_by']>`spoken_by`.as('spoken_by'),
      'text',
      'ways',
      'kind',
      'topic',
      'at'
    ])
    .where('conversation_id', '=', conversation)
    .orderBy('number')
    .execute();
  // `takeTurn` is the only writer of the columns.
  return rows.map((row) => ({
    ...row,
    ways: row.ways as unknown as Way[],
    kind: row.kind as BotKind | null
  }));
}

/** The last thing that the customer said, to the assistant or on the request it became, which began with their words. */
export async function lastSaid(db: Db, { id, request_id }: Conversation): Promise<string | null> {
  if (request_id) return lastWords(db, request_id);
  const { rows } = await sql<{
    text: string;
  }>`select text from conversation_line where conversation_id = ${id}
        and spoken_by = 'customer' order by number desc limit 1`.execute(db);
  return rows[0]?.text ?? null;
}

/** How many conversations wait before this one. */
export async function chatsBefore(db: Db, requestId: string): Promise<number> {
  const { rows } = await sql<{ before: number }>`select chats_before(${requestId}::uuid) as before`.execute(
    db
  );
  return rows[0]?.before ?? 0;
}

/** What stands there under this key already: the words, and whether they led to a person. */
export async function saidUnder(db: Db, id: string, key: string): Promise<First<boolean> | null> {
  const lines = await db
    .selectFrom('conversation_line')
    .select(['spoken_by', 'text', 'kind'])
    .where('conversation_id', '=', id)
    .where('key', '=', key)
    .execute();
  const words = lines.find(({ spoken_by }) => spoken_by === 'customer');
  return words
    ? { digest: digestOf([words.text]), result: lines.some(({ kind }) => kind === 'person') }
    : null;
}
