/** Talking with the assistant: what was said is kept, once, with what it answered. */
import { sql } from 'kysely';
import { whoseIs, type Asker } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { isCheckViolation, isUniqueViolation, type Db } from '#lib/platform/server/db.ts';
import { later } from '#lib/platform/server/jobs.ts';
import { digestOf, once } from '#lib/platform/server/once.ts';
import { currentConversation, saidUnder, type Conversation } from './queries.ts';
import { noteAnswer } from './answered.ts';
import type { Answered } from './answering.ts';

/** The conversation under way, or a new one. `actor` is a customer, or a visitor who is remembered. */
export async function openConversation(db: Db, actor: Asker, locale: string): Promise<Conversation> {
  const current = await currentConversation(db, actor);
  if (current) return current;
  try {
    await db
      .insertInto('conversation')
      .values({
        ...whoseIs(actor),
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

/** What somebody said, under the key of the form it was typed into, and what the assistant answers. */
export interface Said {
  key: string;
  text: string;
  answer: Answered;
}

/** Keeps a line and the answer to it; the same key twice is said once. Tells whether a person is to take over. */
export async function takeTurn(db: Db, { id }: Pick<Conversation, 'id'>, said: Said): Promise<boolean> {
  const first = () => saidUnder(db, id, said.key);
  try {
    return await once({ digest: digestOf([said.text]), first, refuseOther }, () =>
      db.transaction().execute(async (tx) => {
        await hold(tx, id);
        await write(tx, id, said);
        await noteAnswer(tx, id, said.text, said.answer);
        await tx
          .updateTable('conversation')
          .set({ last_at: sql<Date>`now()` })
          .where('id', '=', id)
          .execute();
        return said.answer.kind === 'person';
      })
    );
  } catch (error) {
    // So long a talk with a machine helps nobody.
    if (isCheckViolation(error, 'conversation_line_number_check')) return true;
    throw error;
  }
}

const refuseOther = () => refuse('conflict', 'requests.reply_key_has_other_content');

/** It is over for the customer: the next thing they say begins a new one. One letter tells of all that was said. */
export const endConversation = (
  db: Db,
  { id, request_id }: Pick<Conversation, 'id' | 'request_id'>,
  rating: number | null = null
) =>
  db.transaction().execute(async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('conversation')
      .set({ ended_at: sql<Date>`now()`, ...(rating !== null && { rating }) })
      .where('id', '=', id)
      .where('ended_at', 'is', null)
      .executeTakeFirst();
    if (!request_id || numUpdatedRows === 0n) return;
    const last = await tx
      .selectFrom('request_event')
      .select('number')
      .where('request_id', '=', request_id)
      .where('visibility', '=', 'public')
      .orderBy('number', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (last)
      await later(tx, 'requests.tell_customer', {
        requestId: request_id,
        number: last.number,
        kind: 'chatted'
      });
  });

/** The row is held, so that what is said at once in two tabs stands in one order. */
async function hold(tx: Db, id: string) {
  const row = await tx
    .selectFrom('conversation')
    .select('request_id')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row && !row.request_id ? row : refuse('conflict', 'chat.moved_on');
}

async function write(tx: Db, id: string, { key, text, answer: { understood: _, ...answer } }: Said) {
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
        ...{ ...line, number: last + 2, spoken_by: 'assistant' },
        ...{ ...answer, ways: JSON.stringify(answer.ways) }
      }
    ])
    .execute();
}

/** What comes of following the link in a letter about a visitor's conversation. */
export type Entry = 'entered' | 'theirs' | 'other' | 'account' | 'gone';

/** Lets this browser in, or takes the conversation into the account of whoever has signed in. */
export async function enterConversation(db: Db, requestId: string) {
  const { rows } = await sql<{ entry: Entry }>`select enter_request(${requestId}::uuid) as entry`.execute(db);
  const row = await db
    .selectFrom('request_reference')
    .select('reference')
    .where('request_id', '=', requestId)
    .executeTakeFirst();
  return { entry: rows[0]?.entry ?? 'gone', reference: row?.reference ?? '' };
}

/** What a visitor said goes on with the person they turned out to be. */
export const adoptConversation = (db: Db, visitor: string) =>
  sql`select claim_conversation(${visitor})`.execute(db);
