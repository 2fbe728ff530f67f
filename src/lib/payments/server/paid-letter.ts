/** The letter that a payment by card has arrived, to whoever paid. */
import type { Db } from '#lib/platform/server/db.ts';
import { type Post, sendOnce } from '#lib/platform/server/mail.ts';
import { localeOf } from '#lib/platform/language.ts';
import { wordsFor } from '#lib/platform/words.ts';
import { waysNow } from '#lib/people/server/letter-gate.ts';
import type { Letterhead } from '#lib/billing/letters.ts';
import { paidLetter } from '../letters.ts';

export async function tellPaid(
  db: Db,
  post: Post,
  { attemptId }: { attemptId: string },
  head: Letterhead & { timeZone: string }
) {
  const paid = await paidAttempt(db, attemptId);
  if (!paid) return;
  const again = { job: 'billing.tell_paid', payload: { attemptId } } as const;
  const ways = await waysNow(db, paid.person_id, { kind: 'bill' }, head.timeZone, again);
  if (!ways) return;

  const t = wordsFor(localeOf(paid.locale));
  const about = { key: `paid ${attemptId}`, kind: 'payment_paid', person: paid.person_id, request: null };
  await sendOnce(
    db,
    post,
    { ...about, ways },
    { to: paid.email, locale: t.locale, ...paidLetter(t, paid, head) }
  );
}

async function paidAttempt(db: Db, id: string) {
  const row = await db
    .selectFrom('payment_attempt as a')
    .innerJoin('person as p', 'p.id', 'a.person_id')
    .select(['a.reference', 'a.person_id', 'a.programme_id', 'p.name', 'p.email', 'p.locale'])
    .where('a.id', '=', id)
    .where('a.state', '=', 'paid')
    .executeTakeFirst();
  return row && { ...row, automatic: row.programme_id !== null };
}
