/** Buying ahead at the desk, for whoever may act on the account: the units, and the payment that is in hand, at once. */
import { sql } from 'kysely';
import { isStaff, type PersonActor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import type { PaidAhead } from '../rules.ts';
import { buyOnce, holdUnits, type Purchase } from './buying.ts';

export interface AtDesk extends Purchase {
  /** For whom. */
  customer: string;
  paid: PaidAhead;
}

/** Which purchase it is; the same for the same form, however often it is sent. */
export async function buyAheadAtDesk(db: Db, staff: PersonActor, { customer, paid, ...purchase }: AtDesk) {
  if (!isStaff(staff)) refuse('missing', 'errors.missing');
  return buyOnce(db, customer, purchase, () =>
    db.transaction().execute(async (tx) => {
      const id = await holdUnits(tx, { person: customer, logged_by: staff.id }, purchase);
      await sql`select note_prebuy_payment(${id}::uuid, ${paid.method}::text, ${paid.number}::text)`.execute(
        tx
      );
      return id;
    })
  );
}
