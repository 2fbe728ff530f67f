/** Which account a form is about: one of theirs, one that they tell us of, or none yet, and what is missing to go on. */
import { isCustomer, type Actor } from '#lib/platform/actor.ts';
import type { WordKey } from '#lib/platform/words.ts';
import type { ServiceType } from '#lib/forms/definition.ts';
import { saidAccountIn } from '#lib/requests/said-account.ts';
import type { DraftTyped } from '#lib/forms/server/drafts.ts';

/** What somebody says instead of choosing an account: that theirs is connected (signed out), or that it is not there. */
export const [mine, other] = ['mine', 'other'];

/** The chosen account if it is theirs to act on; the only one if none was chosen; else null. */
export function chosenOf<Account extends { id: string }>(accounts: Account[], typed: DraftTyped) {
  const chosen = accounts.find(({ id }) => id === typed['account']);
  const silent = typed['account'] === undefined || typed['account'] === mine;
  return chosen ?? (accounts.length === 1 && silent ? accounts[0] : undefined) ?? null;
}

/** What they wrote of another account, where they chose none of theirs. */
export function saidOf(accounts: readonly { id: string }[], typed: DraftTyped) {
  return chosenOf([...accounts], typed) ? null : saidAccountIn(typed);
}

export type WhoseProblems = Partial<Record<'account' | 'said_address', WordKey>>;

/** What is missing, by field. A kind that can do without an account misses nothing. */
export function whoseProblems(
  { needs }: Pick<ServiceType, 'needs'>,
  actor: Actor,
  accounts: { id: string }[],
  typed: DraftTyped
): WhoseProblems {
  if (needs.account !== 'required') return {};
  const chosen = typed['account'];
  const where: WhoseProblems = saidAccountIn(typed) ? {} : { said_address: 'requests.say_where' };
  if (!isCustomer(actor)) {
    if (chosen === mine) return {};
    return chosen === other ? where : { account: 'requests.whose_choose' };
  }
  if (chosenOf(accounts, typed)) return {};
  return accounts.length > 0 && chosen !== other ? { account: 'requests.choose_account' } : where;
}
