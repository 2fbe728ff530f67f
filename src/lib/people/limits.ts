/** How often something may be tried, so that guessing is hopeless and mistakes are not punished. */

/** So many times within so many minutes. */
export interface Limit {
  times: number;
  minutes: number;
}

/**
 * Counted apart for each account, for each network address, and for the two together. The last is the strictest, so
 * that somebody who guesses at an account shuts out themself long before its owner, who calls from elsewhere.
 */
export interface Limits {
  account: Limit;
  address: Limit;
  together?: Limit;
}

const inAQuarter = (times: number): Limit => ({ times, minutes: 15 });
const inADay = (times: number): Limit => ({ times, minutes: 24 * 60 });
const inAnHour = (times: number): Limit => ({ times, minutes: 60 });
const guesses: Limits = { together: inAQuarter(10), account: inAQuarter(50), address: inAQuarter(100) };
/** Nobody's mailbox is flooded by us. */
const letters: Limits = { account: inAnHour(4), address: inAnHour(30) };

export const limits = {
  /** Wrong ones only: a right one gives its try back. */
  sign_in: guesses,
  confirm_password: guesses,
  open_link: guesses,
  /** Six digits are soon guessed, from wherever one tries. */
  second_factor: { account: inAQuarter(10), address: inAQuarter(100) },
  sign_up: letters,
  forgotten_password: letters,
  change_email: letters,
  /** By person, and by the account whose number is tried: a code has forty bits, and mistakes are typed again. */
  claim_account: { account: inAnHour(10), address: inAnHour(30) },
  /** Invitations to an account: by who invites, and by whose mailbox it is. */
  invite: { account: inADay(10), address: inADay(30) },
  be_invited: { account: inADay(3), address: inADay(30) },
  /** Texts with a code: by who asks, and by whose telephone rings. Each costs us, and may wake somebody. */
  text_code: { account: inADay(6), address: inADay(30) },
  be_texted: { account: inADay(4), address: inADay(60) },
  confirm_text: { account: inAnHour(15), address: inAnHour(100) },
  /** Replies that a gateway tells us of: wrong ones only, for a right one gives its try back. */
  text_reply: { account: inAQuarter(60), address: inAQuarter(60) },
  claim_number: { together: inAnHour(10), account: inAnHour(30), address: inAnHour(30) }
} satisfies Record<string, Limits>;

export type Limited = keyof typeof limits;
