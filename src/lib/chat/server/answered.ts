/** What the bot answered and how it went on, for the people who improve it. */
import { sql } from 'kysely';
import type { Db } from '#lib/platform/server/db.ts';
import { botKinds, isAnswer, type BotKind } from '#lib/help/bot.ts';
import type { AnswerRow, Outcome, View } from '../answer-row.ts';
import type { Answered } from './answering.ts';

/** Written with the turn: what became of the answer before, and, where a question was typed, this answer. */
export async function noteAnswer(tx: Db, conversation: string, text: string, answer: Answered) {
  const { understood } = answer;
  if (answer.kind === 'person') await concludeAnswer(tx, conversation, 'person');
  else if (!understood) await concludeAnswer(tx, conversation, isAnswer(answer.kind) ? 'chosen' : 'again');
  // Whoever asks for something else after an answer says nothing about it.
  else
    await concludeAnswer(
      tx,
      conversation,
      'again',
      isAnswer(answer.kind) ? ['guesses', 'abstain'] : undefined
    );
  if (!understood) return;
  await sql`
    insert into bot_answer (conversation_id, person_id, locale, question, kind, topic, confidence, next, outcome)
    select id, person_id, ${understood.locale}, ${[...text].slice(0, 500).join('')}, ${answer.kind}, ${answer.topic},
           ${understood.confidence}, ${understood.next}::text[], ${answer.kind === 'person' ? 'person' : 'open'}
    from conversation where id = ${conversation}`.execute(tx);
}

/** Says how it went on after the last answer, if nobody has yet; of these kinds alone where some are named. */
export const concludeAnswer = (
  db: Db,
  conversation: string,
  outcome: Outcome,
  only: readonly BotKind[] = botKinds
) =>
  db
    .updateTable('bot_answer')
    .set({ outcome })
    .where('outcome', '=', 'open')
    .where('kind', 'in', only)
    .where('id', '=', (its) =>
      its
        .selectFrom('bot_answer')
        .select('id')
        .where('conversation_id', '=', conversation)
        .orderBy('id', 'desc')
        .limit(1)
    )
    .execute();

/** Whether the last answer has not been judged by who asked. */
export async function isUnjudged(db: Db, conversation: string): Promise<boolean> {
  const { rows } = await sql<{ open: boolean }>`
    select outcome = 'open' and kind in ('article', 'service', 'fact') as open from bot_answer
    where conversation_id = ${conversation} order by id desc limit 1`.execute(db);
  return rows[0]?.open ?? false;
}

const perPage = 25;

/** Questions with their answers, the newest first, as far as their words are not forgotten; before this one. */
export async function listAnswers(db: Db, view: View, before: string | null) {
  const only = {
    newest: sql`true`,
    unsure: sql`kind in ('guesses', 'abstain')`,
    refused: sql`outcome in ('again', 'person')`
  };
  const { rows } = await sql<AnswerRow>`
    select id, at, locale, question, kind, topic, confidence, next, outcome from bot_answer
    where question is not null and ${only[view]} and ${before ? sql`id < ${before}` : sql`true`}
    order by id desc limit ${perPage + 1}`.execute(db);
  return {
    answers: rows.slice(0, perPage),
    older: rows.length > perPage ? (rows[perPage - 1]?.id ?? null) : null
  };
}

/** A question as it was asked, and whose words it was, as far as either is still known. */
export async function askedIn(
  db: Db,
  id: string
): Promise<{ question: string | null; person_id: string | null } | null> {
  const row = await db
    .selectFrom('bot_answer')
    .select(['question', 'person_id'])
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

/** The last seven days in figures. */
export async function lately(db: Db) {
  const { rows } = await sql<Record<'asked' | 'answered' | 'helped' | 'person', number>>`
    select count(*)::integer as asked,
           count(*) filter (where kind in ('article', 'service', 'fact'))::integer as answered,
           count(*) filter (where outcome = 'helped')::integer as helped,
           count(*) filter (where outcome = 'person')::integer as person
    from bot_answer where at > now() - interval '7 days'`.execute(db);
  return rows[0] ?? { asked: 0, answered: 0, helped: 0, person: 0 };
}
