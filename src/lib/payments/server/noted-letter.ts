/** Letters about payments that the customer made outside Hearth: that one has arrived, or that it had not. */
import type { Db } from '#lib/platform/server/db.ts';
import { type Post, sendOnce } from '#lib/platform/server/mail.ts';
import { localeOf } from '#lib/platform/language.ts';
import { wordsFor } from '#lib/platform/words.ts';
import { waysNow } from '#lib/people/server/letter-gate.ts';
import type { Letterhead } from '#lib/billing/letters.ts';
import { paidLetter, takenBackLetter } from '../letters.ts';

export async function tellNoted(
  db: Db,
  post: Post,
  { id }: { id: string },
  head: Letterhead & { timeZone: string }
) {
  const paid = await db
    .selectFrom('noted_payment as n')
    .innerJoin('person as p', 'p.id', 'n.person_id')
    .select(['n.reference', 'n.person_id', 'p.name', 'p.email', 'p.locale'])
    .where('n.id', '=', id)
    .where('p.closed_at', 'is', null)
    .executeTakeFirst();
  if (!paid) return;
  const again = { job: 'billing.tell_noted', payload: { id } } as const;
  const ways = await waysNow(db, paid.person_id, { kind: 'bill' }, head.timeZone, again);
  if (!ways) return;

  const t = wordsFor(localeOf(paid.locale));
  const about = { key: `noted ${id}`, kind: 'payment_paid', person: paid.person_id, request: null };
  const letter = paidLetter(t, { ...paid, automatic: false }, head);
  await sendOnce(db, post, { ...about, ways }, { to: paid.email, locale: t.locale, ...letter });
}

export async function tellTakenBack(
  db: Db,
  post: Post,
  { id }: { id: string },
  head: Letterhead & { timeZone: string }
) {
  const back = await db
    .selectFrom('payment_taken_back as k')
    .innerJoin('noted_payment as n', 'n.id', 'k.noted_id')
    .innerJoin('person as p', 'p.id', 'n.person_id')
    .select(['n.reference', 'n.paid_on', 'n.person_id', 'p.name', 'p.email', 'p.locale'])
    .where('k.id', '=', id)
    .where('p.closed_at', 'is', null)
    .executeTakeFirst();
  if (!back) return;
  const again = { job: 'billing.tell_taken_back', payload: { id } } as const;
  const ways = await waysNow(db, back.person_id, { kind: 'bill' }, head.timeZone, again);
  if (!ways) return;

  const t = wordsFor(localeOf(back.locale));
  const about = {
    key: `taken back ${id}`,
    kind: 'payment_taken_back',
    person: back.person_id,
    request: null
  };
  await sendOnce(
    db,
    post,
    { ...about, ways },
    { to: back.email, locale: t.locale, ...takenBackLetter(t, back, head) }
  );
}
