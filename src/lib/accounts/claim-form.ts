/** What we accept from somebody who connects an account, and what we say when a part of it cannot be right. */
import { oneLine } from '#lib/platform/cleaning.ts';
import { textIn } from '#lib/platform/posted.ts';
import { bare, readEight } from '#lib/platform/spelled.ts';
import type { WordKey } from '#lib/platform/words.ts';

export interface Claim {
  number: string;
  postcode: string;
  /** As it is printed. */
  code: string;
}
export type ClaimProblems = Partial<Record<keyof Claim | '', WordKey>>;
export type ClaimReading =
  { ok: true; claim: Claim } | { ok: false; typed: Omit<Claim, 'code'>; problems: ClaimProblems };

/** Reads the form. Only what can never be right is told apart; whether it is right, is told of all three together. */
export function readClaim(form: FormData): ClaimReading {
  const text = (name: 'account_number' | 'postcode' | 'code') => textIn(form, name).trim().slice(0, 40);
  const number = bare(text('account_number'));
  const code = readEight(text('code'));
  const postcode = oneLine(text('postcode'));
  const problems: ClaimProblems = {
    ...(!/^\d{8,12}$/.test(number) && { number: 'accounts.number_wrong' }),
    ...(!/[\p{L}\p{N}]/u.test(postcode) && { postcode: 'accounts.postcode_empty' }),
    ...(!code && { code: 'accounts.code_wrong' })
  };
  if (code && Object.keys(problems).length === 0) return { ok: true, claim: { number, postcode, code } };
  return { ok: false, typed: { number: text('account_number'), postcode }, problems };
}
