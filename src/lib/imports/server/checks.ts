/** What a kind of file says of itself: where its rows go, and what is looked for in them all at once. */

export interface Check {
  column: string;
  reason: string;
  /** After `from staged s`: joins, and which rows are refused. */
  where: string;
}

export interface Target {
  table: string;
  /** By what a row is known again, in the file and in the table. */
  fileKey: readonly string[];
  key: readonly string[];
  /** Column of the table, and where its value comes from. */
  values: Readonly<Record<string, string>>;
  joins: string;
  checks: readonly Check[];
}

export const check = (column: string, reason: string, where: string): Check => ({ column, reason, where });
export const staged = (...names: string[]) => Object.fromEntries(names.map((name) => [name, `s.${name}`]));

export const account = 'join account a on a.number = s.account';
export const ofAccount = check(
  'account',
  'There is no account with this number.',
  'where not exists (select 1 from account a where a.number = s.account)'
);
export const meterThere = (optional = '') =>
  check(
    'meter',
    'There is no meter with this serial number.',
    `where ${optional} not exists (select 1 from meter m where m.serial = s.meter)`
  );
