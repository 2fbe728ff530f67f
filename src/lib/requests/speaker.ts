/** Whose name stands over words on a customer's pages. Names of other customers are hidden from them. */
import type { WordKey } from '#lib/platform/words.ts';

/** What is said where there is no name to read: a customer's words are never signed as ours. */
export const nameless = (isCustomer: boolean): WordKey =>
  isCustomer ? 'requests.on_account' : 'requests.somebody';
