/** What was changed about them, and by whom. */
import { isId } from '#lib/platform/id.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { htmlOnly } from '#lib/platform/html-only.ts';
import { changesOf } from '#lib/accounts/server/change-history.ts';
import { signedInCustomer } from '../signed-in.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { id } = signedInCustomer(event);
  const before = event.url.searchParams.get('before') ?? '';
  return htmlOnly({
    ...(await changesOf(event.locals.db, id, isId(before) ? before : null)),
    phone: config.utilityPhone
  });
};
