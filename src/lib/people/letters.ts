/** What we write to people about how they sign in. Plain text; the link stands on a line of its own. */
import type { Words } from '#lib/platform/words.ts';

/** What somebody is told has happened to the way they sign in. */
export type PersonLetter =
  | 'details_changed'
  | 'email_change_asked'
  | 'email_change_for_you'
  | 'password_changed'
  | 'second_factor_on'
  | 'second_factor_off'
  | 'second_factor_replaced'
  | 'recovery_codes_made'
  | 'second_factor_reset'
  | 'second_factor_off_at_desk'
  | 'signed_out_at_desk'
  | 'texts_stopped'
  | 'texts_failed'
  | 'role_changed'
  | 'deactivated'
  | 'reactivated';

export interface Letter {
  subject: string;
  text: string;
}

/** A letter with a link that does something once. */
export type LinkLetter =
  'confirm_sign_up' | 'reset_password' | 'confirm_new_email' | 'email_was_changed' | 'invitation';

/** Letters to addresses that were confirmed before, or that an admin wrote down. */
const knownReaders = new Set<LinkLetter>(['reset_password', 'email_was_changed', 'invitation']);

export function linkLetter(
  t: Words,
  letter: LinkLetter,
  { name, link }: { name: string; link: string }
): Letter {
  // Whoever typed an address need not be who reads the mail there: such a letter holds no word of theirs.
  const known = knownReaders.has(letter);
  return {
    subject: t(`people.letter_${letter}_subject`),
    text: t(`people.letter_${letter}`, known ? { name, link } : { link })
  };
}

/** To somebody who signed up, or wants to be reached, with an address that already has an account. */
export function knownAddressLetter(t: Words, { name, link }: { name: string; link: string }): Letter {
  return { subject: t('people.letter_known_subject'), text: t('people.letter_known', { name, link }) };
}

/** That something has changed, so that an owner who did not change it can act. */
export function newsLetter(
  t: Words,
  letter: PersonLetter,
  { name, link }: { name: string; link: string }
): Letter {
  return {
    subject: t(`people.letter_${letter}_subject`),
    text: t(`people.letter_${letter}`, { name, link })
  };
}
