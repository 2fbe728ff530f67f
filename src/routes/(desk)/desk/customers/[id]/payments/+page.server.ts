/** Writing down a payment that reached us outside Hearth, and what was written down before. Looking is recorded. */
import { fail } from '@sveltejs/kit';
import { canTakeBack, earliestNoted, longestNote, readNoted, readReason } from '#lib/payments/noted.ts';
import { readBills } from '#lib/billing/server/queries.ts';
import { isPaying, notePayment, notedOfForm, notedOn } from '#lib/payments/server/noting.ts';
import { takeBack } from '#lib/payments/server/taking-back.ts';
import { isId } from '#lib/platform/id.ts';
import { keyOf, textIn } from '#lib/platform/posted.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { answer } from '../../../../../form-action.ts';
import { today } from '../../../../../programme-form.ts';
import { accountOf } from '../account-of.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
  const { db } = event.locals;
  const { actor, customer, account } = await opened(event);
  const [{ bills, balance }, noted, paying] = await Promise.all([
    readBills(db, account.id),
    notedOn(db, account.id),
    isPaying(db, account.id)
  ]);
  return {
    customer: { id: customer.id, name: customer.name },
    account: account.number,
    currency: bills[0]?.currency ?? config.currency,
    ...{ balance, noted, paying, today: today(), since: earliestNoted(today()), key: keyOf(null) },
    bills: bills
      .filter(({ open }) => open > 0n)
      .map(({ number, open, due_on, currency }) => ({ number, open, due_on, currency })),
    mayTakeBack: canTakeBack(actor),
    saved: event.url.searchParams.has('saved'),
    back: event.url.searchParams.has('back')
  };
};

export const actions: Actions = {
  note: async (event) => {
    const { db, t } = event.locals;
    const { actor, customer, account } = await opened(event);
    const form = await event.request.formData();
    const typed = typedIn(form);
    const key = keyOf(textIn(form, 'key'));
    const { bills, balance } = await readBills(db, account.id);
    const currency = bills[0]?.currency ?? config.currency;
    // Sent again, it has changed itself what is owed.
    const owed = (await notedOfForm(db, actor.id, key)) ? null : balance;
    const around = { balance: owed, currency, today: today(), bills: bills.map(({ number }) => number) };
    const read = readNoted(typed, around, t);
    if (!read.ok) return fail(422, { typed, key, problems: { ...read.problems } });

    const payment = { key, account: account.id, customer: customer.id, currency, noted: read.noted };
    const note = async () => {
      await notePayment(db, actor, payment);
      return `/desk/customers/${customer.id}/payments?account=${account.number}&saved`;
    };
    return answer(t, note, (problem, { words }) => ({
      ...{ typed, key },
      problems: { [words === 'noted.number_used' ? 'number' : '']: problem }
    }));
  },

  /** A payment that was written down by mistake: whoever answers for it takes it back. */
  back: async (event) => {
    const { db, t } = event.locals;
    if (!canTakeBack(event.locals.actor)) refuse('missing', 'errors.missing');
    const { actor, customer, account } = await opened(event);
    const form = await event.request.formData();
    const [noted, typed] = [textIn(form, 'id'), textIn(form, 'reason').slice(0, 1000)];
    if (!isId(noted)) refuse('missing', 'errors.missing');
    const reason = readReason(typed);
    const problem = t('noted.back_reason_none', { most: longestNote });
    if (reason === null) return fail(422, { back: { id: noted, reason: typed, problem } });

    const take = async () => {
      await takeBack(db, actor, { noted, account: account.id, reason });
      return `/desk/customers/${customer.id}/payments?account=${account.number}&back`;
    };
    return answer(t, take, (refused) => ({ back: { id: noted, reason: typed, problem: refused } }));
  }
};

/** Longer than anything that is taken: what is too long is said, and shown again. */
const typedIn = (form: FormData) => ({
  bill: textIn(form, 'bill').slice(0, 40),
  method: textIn(form, 'method').slice(0, 20),
  amount: textIn(form, 'amount').slice(0, 200),
  paid_on: textIn(form, 'paid_on').slice(0, 10),
  number: textIn(form, 'number').slice(0, 100),
  note: textIn(form, 'note').slice(0, 1000),
  credit: textIn(form, 'credit').slice(0, 3)
});

const opened = ({ locals: { db, actor }, params, url }: RequestEvent) => accountOf(db, actor, params.id, url);
