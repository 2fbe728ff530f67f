/** What can change about a customer, as it stands in their history. */

export const personalDeeds = [
  'details.changed',
  'priority.changed',
  'person.email_change_asked',
  'person.email_changed',
  'person.email_taken_back',
  'person.password_changed',
  'person.closing_asked',
  'person.closing_withdrawn',
  'person.data_taken'
] as const;
export type PersonalDeed = (typeof personalDeeds)[number];

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
  ...(['muted', 'quiet_from', 'quiet_until'] as const)
];

export interface PersonalChange {
  id: string;
  at: Date;
  action: PersonalDeed;
  /** Whether they did it themself, somebody of the staff, or Hearth, as when a link was opened. */
  by: 'self' | 'staff' | 'hearth';
  /** The name of whoever of the staff did it. */
  by_name: string | null;
  /** What of the details. */
  fields: string | null;
}
