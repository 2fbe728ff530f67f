/** What the desk notes of a place of the customer: how gas comes there beside the pipe, and what is to be minded no more. */
import { setSupply, suppliesOf } from '#lib/orders/server/depots.ts';
import { textIn } from '#lib/platform/posted.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { noteGone } from '../../hazard-gone.ts';
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

/** The same. */
export const goneThere = (event: RequestEvent) =>
  forCustomer(event, async ({ db, form, accounts }) => {
    const places = await Promise.all(accounts.map(({ id }) => suppliesOf(db, id)));
    const place = places.flat().find(({ id }) => id === textIn(form, 'premises'));
    if (!place) refuse('missing', 'errors.missing');
    await noteGone(event.locals, form);
    return `#supply-${place.id}`;
  });
