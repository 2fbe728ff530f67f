/** Taking back a payment that was written down by mistake: once, by whoever answers for it, with a reason. */
import { randomBytes, randomUUIDv7 } from 'node:crypto';
import type { PersonActor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { isUniqueViolation, type Db } from '#lib/platform/server/db.ts';
import { later } from '#lib/platform/server/jobs.ts';
import { spell } from '#lib/platform/spelled.ts';
import { writeAudit } from '#lib/people/server/audit.ts';
import { canTakeBack } from '../noted.ts';

interface TakenBack {
  /** Which of those that were written down, and on which account it must be. */
  noted: string;
  account: string;
  reason: string;
}

/** A second click changes nothing. */
export async function takeBack(db: Db, actor: PersonActor, { noted, account, reason }: TakenBack) {
  if (!canTakeBack(actor)) refuse('missing', 'errors.missing');
  try {
    await db.transaction().execute(async (tx) => {
      await ofAccount(tx, account, noted);
      const id = randomUUIDv7();
      const reference = `P-${spell(randomBytes(8))}`;
      await tx
        .insertInto('payment_taken_back')
        .values({ id, noted_id: noted, reference, reason, made_by: actor.id })
        .execute();
      await writeAudit(tx, actor, {
        action: 'payment.taken_back',
        subject: { kind: 'account', id: account },
        detail: { payment: noted, by: id }
      });
      await later(tx, 'billing.tell_taken_back', { id });
    });
  } catch (error) {
    if (!isUniqueViolation(error, 'payment_taken_back_noted_id_key')) throw error;
  }
}

async function ofAccount(tx: Db, account: string, noted: string) {
  const found = await tx
    .selectFrom('noted_payment')
    .select('id')
    .where('id', '=', noted)
    .where('account_id', '=', account)
    .executeTakeFirst();
  if (!found) refuse('missing', 'errors.missing');
}
