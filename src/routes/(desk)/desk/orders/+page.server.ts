/** All orders: what is under way, the soonest first, or what ended last. */
import { handOn, refundsWaiting } from '#lib/orders/server/paying.ts';
import { handOnPrebuy, prebuyRefundsWaiting } from '#lib/prebuy/server/queries.ts';
import { depositsWaiting, handOnDeposit } from '#lib/orders/server/returns.ts';
import { contentsOf, ordersEnded, ordersUnderWay } from '#lib/orders/server/queries.ts';
import { isStaff, type Staff } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { isKey, textIn } from '#lib/platform/posted.ts';
import { answer } from '../../../form-action.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ url, locals: { db, actor, locale } }) => {
  if (!isStaff(actor)) refuse('missing', 'errors.missing');
  const ended = url.searchParams.get('show') === 'ended';
  const refunds = await refundsWaiting(db, actor);
  const orders = ended ? await ordersEnded(db, actor) : await ordersUnderWay(db, actor);
  const contents = await contentsOf(
    db,
    orders.map(({ id }) => id),
    locale
  );
  return {
    ended,
    refunds,
    deposits: await depositsWaiting(db, actor),
    prebuys: await prebuyRefundsWaiting(db, actor),
    orders: orders.map(({ id, reference, status, slot, holder, line, town, created_at, ends_at }) => ({
      ...{ reference, status, slot, holder, line, town, created_at, ends_at },
      contents: contents.get(id) ?? []
    }))
  };
};

export const actions: Actions = {
  /** The money goes back: somebody saw to it. */
  refunded: (event) => seenTo(event, handOn),
  /** So does what was bought ahead and not used. */
  prebuy: (event) => seenTo(event, handOnPrebuy),
  /** The deposit for a cylinder goes back. */
  deposit: (event) => seenTo(event, handOnDeposit)
};

async function seenTo(
  { request, locals: { db, actor, t } }: RequestEvent,
  handOn: (db: Db, staff: Staff, id: string) => Promise<unknown>
) {
  if (!isStaff(actor)) refuse('missing', 'errors.missing');
  const id = textIn(await request.formData(), 'id');
  return answer(t, async () => {
    if (isKey(id)) await handOn(db, actor, id);
    return '/desk/orders';
  });
}
