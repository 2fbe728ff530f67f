/** Letters about cards that pay by themselves, and the end of a card. */
import { sql } from 'kysely';
import { waysNow } from '#lib/people/server/letter-gate.ts';
import type { Jobs } from '#lib/platform/jobs.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { later } from '#lib/platform/server/jobs.ts';
import { type Post, sendOnce } from '#lib/platform/server/mail.ts';
import { localeOf } from '#lib/platform/language.ts';
import { wordsFor } from '#lib/platform/words.ts';
import { declinedLetter, expiringLetter } from '../card-letters.ts';
import { nextTry } from '#lib/billing/taking.ts';
import type { Letterhead } from '#lib/billing/letters.ts';
import type { PaymentProvider } from '../paying.ts';

/** So many days before its last a card is said to end. */
const endsWithin = 30;
const waits = 10 * 60_000;

type Head = Letterhead & { timeZone: string };

/** Tells whose card it is that a bill could not be taken, and when it is tried again. The last time the end of it is told. */
export async function tellDeclined(db: Db, post: Post, told: Jobs['billing.tell_declined'], head: Head) {
  const found = await declined(db, told.attemptId);
  if (!found) return;
  const { try_number, due_on, person_id, amount, ...rest } = found;
  const on = nextTry(due_on, try_number ?? 1);
  if (!on) return;
  const again = { job: 'billing.tell_declined', payload: told } as const;
  const ways = await waysNow(db, person_id, { kind: 'bill' }, head.timeZone, again);
  if (!ways) return;
  const t = wordsFor(localeOf(found.locale));
  const facts = { ...rest, amount: BigInt(amount), on };
  const about = {
    key: `declined ${told.attemptId}`,
    kind: 'autopay_declined',
    person: person_id,
    request: null
  };
  await sendOnce(
    db,
    post,
    { ...about, ways },
    { to: found.email, locale: t.locale, ...declinedLetter(t, facts, head) }
  );
}

/** Queues a letter about each card that ends soon. That it was told is written down in the same transaction. */
export async function findExpiring(db: Db, today: string) {
  await db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ id: string }>`
      update kept_card set expiry_told_at = now()
      where state = 'kept' and expiry_told_at is null and valid_until < ${today}::date + ${endsWithin}::integer
      returning id`.execute(tx);
    for (const { id } of rows) await later(tx, 'billing.tell_expiring', { card: id });
  });
}

/** Tells whose card it is that it ends soon, if it still pays. */
export async function tellExpiring(db: Db, post: Post, told: Jobs['billing.tell_expiring'], head: Head) {
  const found = await expiring(db, told.card);
  if (!found) return;
  const again = { job: 'billing.tell_expiring', payload: told } as const;
  const ways = await waysNow(db, found.person_id, { kind: 'bill' }, head.timeZone, again);
  if (!ways) return;
  const t = wordsFor(localeOf(found.locale));
  const facts = { ...found, last_four: found.last_four ?? '', valid_until: found.valid_until ?? '' };
  const about = {
    key: `expiring ${told.card}`,
    kind: 'autopay_expiring',
    person: found.person_id,
    request: null
  };
  await sendOnce(
    db,
    post,
    { ...about, ways },
    { to: found.email, locale: t.locale, ...expiringLetter(t, facts, head) }
  );
}

/** Has the provider forget a card, once nothing of it is under way any more. */
export async function forgetCard(
  db: Db,
  provider: PaymentProvider | null,
  { card }: Jobs['billing.forget_card']
) {
  const found = await db
    .selectFrom('kept_card')
    .select(['card_name', 'provider', 'programme_id'])
    .where('id', '=', card)
    .where('state', '=', 'ended')
    .executeTakeFirst();
  if (!found?.card_name) return;
  if (found.programme_id && (await isUnderWay(db, found.programme_id)))
    return later(db, 'billing.forget_card', { card }, new Date(Date.now() + waits));
  if (provider?.name === found.provider) await provider.forget(found.card_name);
  await db
    .updateTable('kept_card')
    .set({ state: 'removed', payer: null, card_name: null })
    .where('id', '=', card)
    .where('state', '=', 'ended')
    .execute();
}

const isUnderWay = async (db: Db, programme: string) =>
  (await db
    .selectFrom('payment_attempt')
    .select('id')
    .where('programme_id', '=', programme)
    .where('state', 'in', ['begun', 'offered'])
    .executeTakeFirst()) !== undefined;

const declined = (db: Db, attempt: string) =>
  db
    .selectFrom('payment_attempt as a')
    .innerJoin('bill as b', 'b.id', 'a.subject_id')
    .innerJoin('account as k', 'k.id', 'b.account_id')
    .innerJoin('kept_card as c', 'c.programme_id', 'a.programme_id')
    .innerJoin('person as p', 'p.id', 'a.person_id')
    .select(['a.person_id', 'a.amount', 'a.currency', 'a.try_number', 'b.number as bill', 'b.due_on'])
    .select(['k.number', 'c.last_four', 'p.name', 'p.email', 'p.locale'])
    .where('a.id', '=', attempt)
    .where('a.state', '=', 'refused')
    .where('c.state', '=', 'kept')
    .executeTakeFirst();

const expiring = (db: Db, card: string) =>
  db
    .selectFrom('kept_card as c')
    .innerJoin('account as k', 'k.id', 'c.account_id')
    .innerJoin('person as p', 'p.id', 'c.person_id')
    .select(['c.person_id', 'c.last_four', 'c.valid_until', 'k.number', 'p.name', 'p.email', 'p.locale'])
    .where('c.id', '=', card)
    .where('c.state', '=', 'kept')
    .executeTakeFirst();
