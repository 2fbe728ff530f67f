/** A cylinder that came back, as the desk notes it beside the customer who gave it. */
import { fail } from '@sveltejs/kit';
import { judgeReturn } from '#lib/orders/returns.ts';
import { holdingsOf, takeBack } from '#lib/orders/server/returns.ts';
import type { Staff } from '#lib/platform/actor.ts';
import { keyOf, textIn } from '#lib/platform/posted.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { again, answer } from '../../../../form-action.ts';

interface Opened {
  staff: Staff;
  customer: string;
  accounts: readonly { id: string; number: string }[];
  form: FormData;
}

export async function noteReturn({ db, locale, t }: App.Locals, { staff, customer, accounts, form }: Opened) {
  const account =
    accounts.find(({ number }) => number === textIn(form, 'account')) ?? refuse('missing', 'errors.missing');
  const cylinder = {
    account: account.number,
    key: keyOf(textIn(form, 'key')),
    product: textIn(form, 'product'),
    what: textIn(form, 'what'),
    quantity: textIn(form, 'quantity').slice(0, 200),
    serial: textIn(form, 'serial').slice(0, 60)
  };
  const judged = judgeReturn(cylinder, await holdingsOf(db, account.id, locale), t);
  if (!judged.ok) return fail(422, { cylinder, problem: judged.problem });
  const { key } = cylinder;
  const back = { key, account: account.id, customer, back: judged.back, currency: config.currency };
  const done = async () => {
    await takeBack(db, staff, back);
    return `/desk/customers/${customer}?back=noted#cylinders-${account.number}`;
  };
  return answer(t, done, (problem, refusal) => ({
    cylinder: again(cylinder)(problem, refusal).typed,
    problem
  }));
}
