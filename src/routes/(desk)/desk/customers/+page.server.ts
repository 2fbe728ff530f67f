/** Finding a customer by what a caller says: name, e-mail, phone or account number. Posted, so that no address keeps it. */
import { searchCustomers } from '#lib/accounts/server/customers.ts';
import type { Actions } from './$types';

export const actions: Actions = {
  default: async ({ locals: { db }, request }) => {
    return searchCustomers(db, await request.formData());
  }
};
