/** The letter that a payment has arrived which the customer made outside Hearth. */
import type { Db } from '#lib/platform/server/db.ts';
import { type Post, sendOnce } from '#lib/platform/server/mail.ts';
import { localeOf, wordsFor } from '#lib/platform/words.ts';
import { mayGoNow } from '#lib/people/server/letter-gate.ts';
import { type Letterhead, paidLetter } from '../letters.ts';

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
  if (!(await mayGoNow(db, paid.person_id, { kind: 'bill' }, head.timeZone, again))) return;

  const t = wordsFor(localeOf(paid.locale));
  const about = { key: `noted ${id}`, kind: 'payment_paid', person: paid.person_id, request: null };
  const letter = paidLetter(t, { ...paid, automatic: false }, head);
  await sendOnce(db, post, about, { to: paid.email, locale: t.locale, ...letter });
}
