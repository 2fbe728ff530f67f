/** What customers can do themselves is no request: whoever can is led to where it is done, all others ask as before. */
import { redirect } from '@sveltejs/kit';
import { accountsToActOn } from '#lib/accounts/server/queries.ts';
import { metersOf } from '#lib/accounts/server/readings.ts';
import { offeredFor } from '#lib/programmes/offered.ts';
import type { ProgrammeKind } from '#lib/programmes/programme.ts';
import { destinationOf } from '#lib/orders/server/catalogue.ts';
import { isCustomer } from '#lib/platform/actor.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { programmesNow } from '../../../../programme-form.ts';

interface Account {
  id: string;
  number: string;
}

/** Where an account does what a kind of request asks for; null where it cannot. */
type Place = (db: Db, account: Account) => Promise<string | null>;

const places: Partial<Record<string, Place>> = {
  'LPG-REFILL': brought,
  'LPG-2ND': brought,
  'METER-READ': async (db, { id, number }) =>
    (await metersOf(db, id)).length > 0 ? `/readings?account=${number}` : null,
  'PAY-ARR': agreed('arrangement'),
  'PAY-EXT': agreed('extension'),
  BUDGET: agreed('budget'),
  AUTOPAY: agreed('autopay'),
  PAPERLESS: agreed('paperless')
};

/** Not with words under way, which stay with their form, and not for whoever wants a person (`ask`) or asks further (`about`). */
const stays = ['key', 'ask', 'about'];

export async function leadToDoing({
  params,
  url,
  request,
  locals: { db, actor }
}: {
  params: { code: string };
  url: URL;
  request: Request;
  locals: App.Locals;
}) {
  const place = places[params.code];
  const asks = request.method !== 'GET' || stays.some((name) => url.searchParams.has(name));
  if (!place || !isCustomer(actor) || asks) return;
  for (const account of await accountsToActOn(db, actor)) {
    const to = await place(db, account);
    if (to) redirect(303, to);
  }
}

/** Where the rule would agree at once. What is in force already is shown, changed and left at the same place. */
function agreed(kind: ProgrammeKind): Place {
  return async (db, { id, number }) => {
    const { inForce, around } = await programmesNow(db, id);
    const there = inForce.some((one) => one.kind === kind) || !offeredFor(kind, around).not;
    return there ? `/bills/programmes/${kind}?account=${number}` : null;
  };
}

/** Cylinders come to the places that a depot serves. */
async function brought(db: Db, { id, number }: Account) {
  return (await destinationOf(db, id)) ? `/orders/new?account=${number}` : null;
}
