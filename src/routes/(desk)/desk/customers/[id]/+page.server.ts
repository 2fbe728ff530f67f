/** A customer with all that is theirs. Looking is written to the audit log. */
import { openCustomer } from '#lib/accounts/server/customers.ts';
import { isStaff } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { lettersFailSince } from '#lib/platform/server/mail.ts';
import { definitionOf } from '#lib/catalogue/server/catalogue.ts';
import { requestsElsewhere, requestsOf } from '#lib/requests/server/desk.ts';
import { titleOf } from '#lib/requests/title.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor, locale }, params }) => {
  if (!isStaff(actor)) refuse('missing', 'errors.missing');
  const customer = await openCustomer(db, actor, params.id);
  const lettersFail = await lettersFailSince(db, params.id);
  const requests = await requestsOf(db, params.id, { most: 50 });
  return {
    customer,
    elsewhere: await requestsElsewhere(db, params.id),
    lettersFail,
    requests: await Promise.all(
      requests.map(async ({ service_type, service_version, written, ...request }) => {
        const type = (await definitionOf(db, service_type, service_version)).name[locale];
        return { ...request, type, title: titleOf(written, type) };
      })
    )
  };
};
