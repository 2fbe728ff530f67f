/** What we write when somebody comes to an account, may do more or less there, or comes no more. */
import type { AccessDeed } from '#lib/people/personal-changes.ts';
import type { Words } from '#lib/platform/words.ts';
import type { Scope } from './access.ts';
import type { Letterhead } from './letters.ts';

export interface AccessFacts {
  deed: Exclude<AccessDeed, 'account.claimed'>;
  /** Who reads the letter. */
  name: string;
  number: string;
  /** Whom it is about, by the address they sign in with or were invited by: a stranger's name stands in no letter. */
  email: string;
  scope: Scope;
  /** The last day in words, or null where there is none. */
  until: string | null;
}

/** To those who hold the account. */
export function heldLetter(t: Words, { deed, name, ...facts }: AccessFacts, head: Letterhead) {
  const values = { ...facts, until: facts.until ?? 'none' };
  return {
    subject: t(`access.letter_${shortOf(deed)}_subject`, values),
    text: [
      t('letters.greeting', { name }),
      t(`access.letter_${shortOf(deed)}`, values),
      t('access.letter_see', { link: `${head.origin}/account/access` }),
      t('access.letter_not_you', { phone: head.utilityPhone })
    ].join('\n\n')
  };
}

/** What is told to whoever it is about. */
const ownDeeds = ['accepted', 'changed', 'ended', 'left', 'expired'] as const;

/** To whoever comes to it, or came; nothing where nothing of theirs has changed. */
export function ownLetter(t: Words, { deed, name, ...facts }: AccessFacts, head: Letterhead) {
  const own = ownDeeds.find((each) => each === shortOf(deed));
  if (!own) return null;
  const values = { ...facts, until: facts.until ?? 'none' };
  return {
    subject: t(`access.letter_own_${own}_subject`, values),
    text: [
      t('letters.greeting', { name }),
      t(`access.letter_own_${own}`, values),
      t('access.letter_see', { link: `${head.origin}/account/access` }),
      t('access.letter_questions', { phone: head.utilityPhone })
    ].join('\n\n')
  };
}

/** To whoever is invited, who may be a stranger: no name and no whole number stand in it. */
export function invitationLetter(
  t: Words,
  {
    link,
    day,
    ...facts
  }: { number: string; inviter: string; scope: Scope; until: string | null; link: string; day: string },
  head: Letterhead
) {
  return {
    subject: t('access.letter_invitation_subject', { utility: head.utilityName }),
    text: [
      t('access.letter_invitation', { ...facts, until: facts.until ?? 'none', utility: head.utilityName }),
      t('access.letter_invitation_link', { link, day }),
      t('access.letter_invitation_ignore', { phone: head.utilityPhone })
    ].join('\n\n')
  };
}

type Short<Deed> = Deed extends `access.${infer Name}` ? Name : never;

// The type above says the same of the text.
const shortOf = (deed: AccessFacts['deed']) => deed.slice('access.'.length) as Short<AccessFacts['deed']>;
