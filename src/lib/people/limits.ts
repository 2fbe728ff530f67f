/** How often something may be tried, so that guessing is hopeless and mistakes are not punished. */

/** `times` within `minutes`, counted apart for each account and each network address. */
export interface Limit {
  times: number;
  minutes: number;
}

export const limits = {
  /** Wrong passwords only: a right one gives its try back. */
  sign_in: { account: { times: 10, minutes: 15 }, address: { times: 100, minutes: 15 } },
  second_factor: { account: { times: 10, minutes: 15 }, address: { times: 100, minutes: 15 } },
  /** Letters: nobody's mailbox is flooded by us. */
  sign_up: { account: { times: 4, minutes: 60 }, address: { times: 30, minutes: 60 } },
  forgotten_password: { account: { times: 4, minutes: 60 }, address: { times: 30, minutes: 60 } },
  change_email: { account: { times: 4, minutes: 60 }, address: { times: 30, minutes: 60 } },
  /** A link from a letter, and the password that goes with it. */
  open_link: { account: { times: 10, minutes: 15 }, address: { times: 60, minutes: 15 } },
  /** Asking for the password again before something that matters. */
  confirm_password: { account: { times: 10, minutes: 15 }, address: { times: 100, minutes: 15 } }
} as const satisfies Record<string, { account: Limit; address: Limit }>;

export type Limited = keyof typeof limits;
