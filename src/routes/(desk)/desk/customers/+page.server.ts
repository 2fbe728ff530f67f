/** Finding a customer by what a caller says: name, e-mail, phone or account number. */
import { findCustomers, mostFound } from '#lib/accounts/server/customers.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db }, url }) => {
  const search = (url.searchParams.get('search') ?? '').slice(0, 100);
  const found = await findCustomers(db, search);
  return { search, found: found.slice(0, mostFound), more: found.length > mostFound };
};
