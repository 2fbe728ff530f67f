/** Letters about what is overdue: each step told once to whoever it concerns, after a look at whether it is still so. */
import type { Db } from '#lib/platform/server/db.ts';
import { later } from '#lib/platform/server/jobs.ts';
import { type Post, sendOnce } from '#lib/platform/server/mail.ts';
import { localeOf } from '#lib/platform/language.ts';
import { wordsFor } from '#lib/platform/words.ts';
import { letterGoes } from '#lib/people/server/letter-gate.ts';
import type { Letterhead } from '#lib/billing/letters.ts';
import { dunningLetter } from '../../letters.ts';

/** Queues a letter to each: those who act on the account, and from the final notice on also those who get notices. */
export async function tellStep(db: Db, entry: string) {
  const step = await stepOf(db, entry);
  if (!step) return;
  const readers = await db
    .selectFrom('account_member')
    .select('person_id')
    .where('account_id', '=', step.account_id)
    .$if(step.step === 'notice', (query) => query.where('scope', '=', 'act'))
    .orderBy('person_id')
    .execute();
  for (const { person_id: person } of readers) await later(db, 'billing.send_dunning', { entry, person });
}

/** Writes to one. It waits for the end of quiet hours; but a notice that the law asks for is not one to be switched off. */
export async function sendStep(
  db: Db,
  post: Post,
  told: { entry: string; person: string },
  head: Letterhead & { timeZone: string }
) {
  const step = await stepOf(db, told.entry);
  if (!step) return;
  const reader = await readerOf(db, step.account_id, told.person);
  if (!reader) return;
  const { when, ways } = await letterGoes(db, told.person, { kind: 'bill' }, head.timeZone);
  if (when instanceof Date) return later(db, 'billing.send_dunning', told, when);

  const t = wordsFor(localeOf(reader.locale));
  const facts = { ...step, ...reader, amount: BigInt(step.amount), copy: reader.scope === 'notices' };
  const about = {
    key: `dunning ${told.entry} ${told.person}`,
    kind: `dunning_${step.step}`,
    ...{ person: told.person, request: null, ways: { ...ways, email: true } }
  };
  await sendOnce(db, post, about, { to: reader.email, locale: t.locale, ...dunningLetter(t, facts, head) });
}

/** The step that is to be told, if the account still stands there. */
async function stepOf(db: Db, entry: string) {
  const row = await db
    .selectFrom('dunning_event as e')
    .innerJoin('dunning as d', 'd.account_id', 'e.account_id')
    .innerJoin('account as a', 'a.id', 'e.account_id')
    .select(['e.account_id', 'e.step', 'd.amount', 'd.currency', 'd.due_on', 'a.number'])
    .where('e.seq', '=', entry)
    .whereRef('d.step', '=', 'e.step')
    .executeTakeFirst();
  const step = row?.step;
  return row && (step === 'notice' || step === 'final' || step === 'credit_team') ? { ...row, step } : null;
}

const readerOf = (db: Db, account: string, person: string) =>
  db
    .selectFrom('account_member as m')
    .innerJoin('person as p', 'p.id', 'm.person_id')
    .select(['p.name', 'p.email', 'p.locale', 'm.scope'])
    .where('m.account_id', '=', account)
    .where('m.person_id', '=', person)
    .where('p.deactivated_at', 'is', null)
    .executeTakeFirst();
