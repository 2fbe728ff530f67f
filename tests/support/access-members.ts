/**
 * Who else comes to the account, by scope: `notices` gets copies of letters and opens what a stranger opens, `act` does what
 * its holder does. What is otherwise stands here, line by line; `matrix.test.ts` tries them on what is Ada's.
 */
import type { Outcome, Who } from './access.ts';

export const members = ['notices', 'act'] as const;
export type Member = (typeof members)[number];

/** Whose column of the tables holds for them. */
export const like: Record<Member, Who> = { notices: 'other', act: 'owner' };

/** Nobody but the holder says who else comes to an account, and nobody but Ada is Ada. */
const ofHolder: Partial<Record<Member, Outcome>> = { act: 'none' };

export const otherwise: Record<string, Partial<Record<Member, Outcome>>> = {
  '/(open)/account/access/[account]/[member]': ofHolder,
  '/(open)/account/access/[account]/invite': ofHolder,
  '/(open)/account/access/[account]/uses': ofHolder,
  '/(open)/account/access/[account]/invite?default': ofHolder,
  '/(open)/account/access/[account]/[member]?change': ofHolder,
  '/(open)/account/access/[account]/[member]?end': ofHolder,
  '/(open)/account/data/[id]': ofHolder,
  // What is on its way is whose it is.
  uploadsPath: ofHolder
};
