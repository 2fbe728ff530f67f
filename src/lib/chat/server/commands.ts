/** Talking with the assistant: what was said is kept, once, with what it answered. */
import { sql } from 'kysely';
import type { Actor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { isCheckViolation, isUniqueViolation, type Db } from '#lib/platform/server/db.ts';
import { currentConversation, type Conversation } from './queries.ts';
import { turnOf, type Answer, type Turn } from '../turn.ts';
import { wantsPerson } from '../wants-person.ts';

/** The conversation under way, or a new one. `actor` is a customer, or a visitor who is remembered. */
export async function openConversation(db: Db, actor: Actor, locale: string): Promise<Conversation> {
  const current = await currentConversation(db, actor);
  if (current) return current;
  try {
    await db
      .insertInto('conversation')
      .values({
        person_id: actor.kind === 'person' ? actor.id : null,
        visitor: actor.kind === 'visitor' ? actor.visitor : null,
        locale
      })
      .execute();
  } catch (error) {
    // The other of two clicks was a little faster.
    if (
      !isUniqueViolation(error, 'conversation_of_person') &&
      !isUniqueViolation(error, 'conversation_of_visitor')
    )
      throw error;
  }
  return (await currentConversation(db, actor)) ?? refuse('missing', 'errors.missing');
}

/** What somebody said, under the key of the form it was typed into, and what there is to answer it with. */
export interface Said {
  key: string;
  text: string;
  answer: Answer;
  /** How the assistant says it: its answer, or that it does not know. */
  reply: (turn: Turn) => string;
}

/** Keeps a line and the answer to it; the same key twice is said once. Tells whether a person is to take over. */
export async function takeTurn(db: Db, { id }: Pick<Conversation, 'id'>, said: Said): Promise<Turn> {
  try {
    return await db.transaction().execute(async (tx) => {
      const { misses } = await hold(tx, id);
      const before = await tx
        .selectFrom('conversation_line')
        .select('number')
        .where('conversation_id', '=', id)
        .where('key', '=', said.key)
        .executeTakeFirst();
      if (before) return 'answered';

      const turn = turnOf({ answer: said.answer, asksForPerson: wantsPerson(said.text), misses });
      await write(tx, id, said, turn);
      await tx
        .updateTable('conversation')
        .set({ last_at: sql<Date>`now()`, misses: turn === 'answered' ? 0 : misses + 1 })
        .where('id', '=', id)
        .execute();
      return turn;
    });
  } catch (error) {
    // So long a talk with a machine helps nobody.
    if (isCheckViolation(error, 'conversation_line_number_check')) return 'person';
    throw error;
  }
}

/** It is over for the customer: the next thing they say begins a new one. */
export const endConversation = (db: Db, { id }: Pick<Conversation, 'id'>, rating: number | null = null) =>
  db
    .updateTable('conversation')
    .set({ ended_at: sql<Date>`now()`, ...(rating !== null && { rating }) })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .execute();

/** The row is held, so that what is said at once in two tabs stands in one order. */
async function hold(tx: Db, id: string) {
  const row = await tx
    .selectFrom('conversation')
    .select(['misses', 'request_id'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row && !row.request_id ? row : refuse('conflict', 'chat.moved_on');
}

async function write(tx: Db, id: string, { key, text, answer, reply }: Said, turn: Turn) {
  const { last } = await tx
    .selectFrom('conversation_line')
    .select(sql<number>`coalesce(max(number), 0)`.as('last'))
    .where('conversation_id', '=', id)
    .executeTakeFirstOrThrow();
  const line = { conversation_id: id, key };
  await tx
    .insertInto('conversation_line')
    .values([
      { ...line, number: last + 1, spoken_by: 'customer', text },
      {
        ...{ ...line, number: last + 2, spoken_by: 'assistant', text: reply(turn) },
        ways: JSON.stringify(turn === 'person' ? [] : answer.ways)
      }
    ])
    .execute();
}

/** What a visitor said goes on with the person they turned out to be. */
export const adoptConversation = (db: Db, visitor: string) =>
  sql`select claim_conversation(${visitor})`.execute(db);
