/** Everything that is done later, by name, and what each job is told. Ids only: a job looks again before it acts. */

export interface Jobs {
  /**
   * Writes to somebody about how they sign in. What a link opens waits sealed under its id; a change is written about
   * once for each entry of the audit log.
   */
  'people.send_letter':
    | { letter: 'confirm_sign_up' | 'reset_password' | 'confirm_new_email' | 'invitation'; link: string }
    | { letter: PersonLetter; person: string; entry: string };
  /** Throws away sessions, links and counts that are over. */
  'people.forget_expired': Nothing;

  /** Has the code with this id sent by post to the address of its account. */
  'accounts.send_code': { codeId: string };
  /** Tells whoever holds an account that somebody has connected with it; `entry` is that of the audit log. */
  'accounts.tell_holder': { account: string; person: string; entry: string };

  /** Writes to the customer about one event of their request, if there is still something to write. */
  'requests.tell_customer': { requestId: string; number: number; kind: Occasion };
  /** Marks the promises that are past due as missed, and says so on the timeline. */
  'requests.miss_promises': Nothing;
  /** Closes what was resolved two weeks ago and never reopened. */
  'requests.close_resolved': Nothing;
  /** Gathers the words of new open requests for the desk's search, and lets go of those that have ended. */
  'requests.gather_words': Nothing;
  /** Throws away old drafts, and the keys of forms that were sent long ago. */
  'requests.forget_drafts': Nothing;

  /** Looks a file through for harm, finds out what it gives away, and makes the pictures that are shown of it. */
  'attachments.process': { attachmentId: string };
  /** Throws away files that were never sent, and what a crash has left behind. */
  'attachments.sweep': Nothing;

  /** Makes the open desks look at an emergency that has just come in. */
  'emergencies.raise_alarm': { emergencyId: string };
  /** Tells the people on call about an emergency that nobody has acknowledged; `step` counts how often. */
  'emergencies.escalate': { emergencyId: string; step?: number };
  /** Urges where somebody should have been sent, or should be there by now. */
  'emergencies.watch': Nothing;
}

export type JobName = keyof Jobs;

/** What somebody is told has happened to the way they sign in. */
export type PersonLetter =
  | 'email_change_asked'
  | 'password_changed'
  | 'second_factor_on'
  | 'second_factor_off'
  | 'second_factor_replaced'
  | 'recovery_codes_made'
  | 'second_factor_reset'
  | 'role_changed'
  | 'deactivated'
  | 'reactivated';

/** What a customer is written to about. */
export type Occasion =
  'received' | 'answered' | 'asked_back' | 'booked' | 'resolved' | 'cancelled' | 'merged' | 'reopened';

/** A job that needs to know nothing: the clock starts it. */
type Nothing = Record<string, never>;
