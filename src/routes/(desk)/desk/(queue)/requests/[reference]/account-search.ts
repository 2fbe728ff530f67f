/** Looking for the account that a request is about. Posted, so that no name and no street stands in an address. */
import { findAccounts, saidIn } from '#lib/accounts/server/account-search.ts';
import { textIn } from '#lib/platform/posted.ts';
import { isReferenceVisible } from '#lib/requests/server/queries.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { readReference } from '#lib/platform/reference.ts';
import { staff } from './form-action.ts';
import type { RequestEvent } from './$types';

export async function findFor({ locals, params, request }: RequestEvent) {
  staff(locals);
  const reference = readReference(params.reference);
  if (!reference || !(await isReferenceVisible(locals.db, reference)))
    refuse('missing', 'requests.not_found');
  const search = textIn(await request.formData(), 'search').slice(0, 200);
  return { search, accounts: await findAccounts(locals.db, saidIn(search)) };
}
