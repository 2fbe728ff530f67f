/** How gas comes to a place of the customer beside the pipe, as the desk notes it. */
import { setSupply, suppliesOf } from '#lib/orders/server/depots.ts';
import { textIn } from '#lib/platform/posted.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { forCustomer, namedIn } from './for-customer.ts';
import type { RequestEvent } from './$types';

/** Only of a place of an account of theirs. */
export const noteSupply = (event: RequestEvent) =>
  forCustomer(event, async (opened) => {
    const { db, actor, form } = opened;
    const premises =
      (await suppliesOf(db, namedIn(opened).id)).find(({ id }) => id === textIn(form, 'id')) ??
      refuse('missing', 'errors.missing');
    const kind = (['cylinder', 'tank'] as const).find((one) => one === textIn(form, 'kind')) ?? null;
    await setSupply(db, actor, { premises: premises.id, kind });
    return `#supply-${premises.id}`;
  });
