/** What somebody who called for help is asked, and what we know of them already. */
import { sql } from 'kysely';
import type { Db } from '#lib/platform/server/db.ts';

export interface Known {
  phone: string | null;
  /** None of the addresses was chosen by them. */
  guessed: boolean;
  /** Theirs; the one that the desk sees stands first, and is chosen. */
  places: { id: string; address: string; chosen: boolean }[];
}

/** Of their own call, and only while they are signed in; of any other, null. */
export async function knownOfCaller(db: Db, id: string): Promise<Known | null> {
  const { rows } = await sql<{
    phone: string | null;
    guessed: boolean;
    premises_id: string | null;
    address: string;
    chosen: boolean | null;
  }>`select * from emergency_asked(${id}::uuid)`.execute(db);
  const [first] = rows;
  if (!first) return null;
  return {
    phone: first.phone,
    guessed: first.guessed,
    places: rows.flatMap(({ premises_id, address, chosen }) =>
      premises_id ? { id: premises_id, address, chosen: chosen ?? false } : []
    )
  };
}
