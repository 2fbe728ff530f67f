/** Customers who owe $84.20, and payments of theirs that somebody at the desk writes down. */
import { randomUUID } from 'node:crypto';
import { todayAt } from '#lib/platform/dates.ts';
import type { openDatabase } from '#lib/platform/server/db.ts';
import type { Noted } from '#lib/payments/noted.ts';
import { notePayment } from '#lib/payments/server/noting.ts';
import type { makersOn, Somebody } from './makers.ts';
import { payersOn } from './payers.ts';

type Makers = Pick<Awaited<ReturnType<typeof makersOn>>, 'aPerson' | 'aMember' | 'sql'>;

/** The database knows which day it is: what is written down came today. */
export const noteDay = todayAt('UTC');

export function notingOn(makers: Makers, database: ReturnType<typeof openDatabase>, grace: Somebody) {
  const payer = payersOn(makers, database);
  const cash: Noted = {
    ...{ bill: null, method: 'cash', amount: 8420n, paid_on: noteDay, number: null, note: null }
  };

  return async function somebody() {
    const one = await payer();
    const { ada, account } = one;
    const note = (change: Partial<Noted> = {}, key: string = randomUUID(), who: Somebody = grace) =>
      notePayment(database.as(who), who, {
        ...{ key, account, customer: ada.id, currency: 'USD', noted: { ...cash, ...change } }
      });
    const row = () => ({
      ...{ reference: `P-${randomUUID().slice(0, 8).toUpperCase()}`, account_id: account, person_id: ada.id },
      ...{
        amount: '100',
        currency: 'USD',
        method: 'cash' as const,
        paid_on: noteDay,
        form_key: randomUUID()
      },
      ...{ digest: 'x', made_by: grace.id }
    });
    return { ...one, note, row };
  };
}
