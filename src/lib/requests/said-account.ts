/** What somebody wrote of an account that is not connected with their sign-in. It is kept with how to reach them. */
import { clean, isBlank } from '#lib/platform/cleaning.ts';
import type { Answers } from '#lib/forms/form.ts';

export interface SaidAccount {
  number: string;
  address: string;
}

/** As much as an address takes. */
const most = 200;

/** What was typed of it, tidied; null where nothing was. */
export function saidAccountIn(typed: Readonly<Record<string, unknown>>): SaidAccount | null {
  const text = (name: string) => {
    const value = typed[name];
    return typeof value !== 'string' || isBlank(value) ? '' : clean(value).trim().slice(0, most);
  };
  const said = { number: text('said_account'), address: text('said_address') };
  return said.number || said.address ? said : null;
}

/** As it stands in the column. */
export const keptOf = (said: SaidAccount | null): Answers =>
  said
    ? {
        ...(said.number && { said_account: said.number }),
        ...(said.address && { said_address: said.address })
      }
    : {};
