/** What a customer bought ahead, ended before its day by a supervisor beside them. */
import { endPrebuyEarly } from '#lib/prebuy/server/queries.ts';
import { isId } from '#lib/platform/id.ts';
import { textIn } from '#lib/platform/posted.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { dayAt } from '#lib/requests/status-text.ts';
import { forCustomer } from './for-customer.ts';
import type { RequestEvent } from './$types';

export async function endPrebuy(event: RequestEvent) {
  const id = textIn(await event.request.formData(), 'prebuy');
  if (!isId(id)) refuse('missing', 'errors.missing');
  return forCustomer(event, async ({ db, actor, accounts }) => {
    const today = dayAt(new Date(), config.timeZone);
    await endPrebuyEarly(db, actor, { id, today, of: accounts.map((account) => account.id) });
    return '#prebuys';
  });
}
