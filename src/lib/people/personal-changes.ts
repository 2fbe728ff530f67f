/** What can change about a customer, as it stands in their history. */

export const personalDeeds = [
  'details.changed',
  'priority.changed',
  'person.email_change_asked',
  'person.email_changed',
  'person.email_taken_back',
  'person.password_changed',
  'person.signed_out_at_desk',
  'person.second_factor_off_at_desk',
  'person.closing_asked',
  'person.closing_withdrawn',
  'person.closing_done',
  'person.data_asked',
  'person.data_taken',
  'person.phone_verified',
  'person.texts_stopped',
  'person.texts_resumed',
  'person.texts_failed'
] as const;
export type PersonalDeed = (typeof personalDeeds)[number];

/** What can change about who comes to an account: in its history, and in that of whoever it is about. */
export const accessDeeds = [
  'account.claimed',
  'access.invited',
  'access.withdrawn',
  'access.accepted',
  'access.declined',
  'access.changed',
  'access.ended',
  'access.left',
  'access.expired'
] as const;
export type AccessDeed = (typeof accessDeeds)[number];

/** The parts of their details that a change can name. */
export const detailNames = [
  ...([
    'name',
    'phone',
    'locale',
    'second_phone',
    'street',
    'town',
    'postcode',
    'channel',
    'formats'
  ] as const),
  ...(['muted', 'texted', 'quiet_from', 'quiet_until'] as const)
];

export interface PersonalChange {
  id: string;
  at: Date;
  action: PersonalDeed | AccessDeed;
  /** They themself, somebody of the staff, another customer, or Hearth, as when a link was opened or time ran out. */
  by: 'self' | 'staff' | 'customer' | 'hearth';
  /** The name of whoever of the staff did it; of another customer only where the account is theirs. */
  by_name: string | null;
  /** What of the details. */
  fields: string | null;
  /** Whose access it is about: null where it is their own. */
  about: string | null;
  /** Their own access, or that of others to an account they hold. */
  own: boolean;
  /** The account that access was to, if they still come to it. */
  number: string | null;
}
