/**
 * For each kind of file: what is looked for in the staged rows all at once, and the table they are written to. Tables of
 * the accounts are among them: what comes together is kept or refused together, in one transaction.
 */
import type { Kind } from '../../import/kinds.ts';

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

const check = (column: string, reason: string, where: string): Check => ({ column, reason, where });
const staged = (...names: string[]) => Object.fromEntries(names.map((name) => [name, `s.${name}`]));

const account = 'join account a on a.number = s.account';
const ofAccount = check(
  'account',
  'There is no account with this number.',
  'where not exists (select 1 from account a where a.number = s.account)'
);
const meterThere = (optional = '') =>
  check(
    'meter',
    'There is no meter with this serial number.',
    `where ${optional} not exists (select 1 from meter m where m.serial = s.meter)`
  );
const otherAccount = (table: string, key: string) =>
  check(
    'account',
    'It belongs to another account already.',
    `join ${table} t on t.${key} = s.${key} join account a on a.id = t.account_id where a.number <> s.account`
  );

export const targets: Readonly<Record<Kind, Target>> = {
  accounts: {
    table: 'account',
    fileKey: ['number'],
    key: ['number'],
    values: staged('number', 'holder'),
    joins: '',
    checks: []
  },
  customers: {
    table: 'account_contact',
    fileKey: ['account'],
    key: ['account_id'],
    values: { account_id: 'a.id', ...staged('email', 'phone', 'language') },
    joins: account,
    checks: [ofAccount]
  },
  premises: {
    table: 'premises',
    fileKey: ['reference'],
    key: ['reference'],
    values: { account_id: 'a.id', ...staged('reference', 'line', 'town', 'postcode') },
    joins: account,
    checks: [ofAccount]
  },
  meters: {
    table: 'meter',
    fileKey: ['serial'],
    key: ['serial'],
    values: { premises_id: 'p.id', ...staged('serial', 'digits', 'unit', 'installed_on', 'removed_on') },
    joins: 'join premises p on p.reference = s.premises',
    checks: [
      check(
        'premises',
        'There are no premises with this reference.',
        'where not exists (select 1 from premises p where p.reference = s.premises)'
      ),
      check('removed_on', 'Lies before the day of installation.', 'where s.removed_on < s.installed_on')
    ]
  },
  readings: {
    table: 'reading',
    fileKey: ['meter', 'read_on', 'source'],
    key: ['meter_id', 'read_on', 'source'],
    values: {
      meter_id: 'm.id',
      ...staged('read_on', 'digits', 'source'),
      state: `'accepted'`,
      why: 'null::text'
    },
    joins: 'join meter m on m.serial = s.meter',
    checks: [
      meterThere(),
      check(
        'digits',
        'Must have as many digits as the register of the meter.',
        'join meter m on m.serial = s.meter where length(s.digits) <> m.digits'
      ),
      check(
        'read_on',
        'The meter was not there on that day.',
        `join meter m on m.serial = s.meter where s.read_on < m.installed_on or s.read_on > m.removed_on`
      ),
      check(
        'read_on',
        'Lies in the future.',
        `where s.read_on > (now() at time zone 'UTC' + interval '14 hours')::date`
      )
    ]
  },
  bills: {
    table: 'bill',
    fileKey: ['number'],
    key: ['number'],
    values: {
      account_id: 'a.id',
      ...staged('number', 'currency', 'issued_on', 'due_on', 'period_from', 'period_to', 'total'),
      ...staged('quantity', 'unit', 'opening', 'closing', 'estimated', 'temperature'),
      meter_id: 'm.id'
    },
    joins: `${account} left join meter m on m.serial = s.meter`,
    checks: [
      ofAccount,
      otherAccount('bill', 'number'),
      meterThere('s.meter is not null and'),
      check('due_on', 'Lies before the day of issue.', 'where s.due_on < s.issued_on'),
      check('period_to', 'Lies before the first day of the period.', 'where s.period_to < s.period_from'),
      check('quantity', 'Must not be negative.', 'where s.quantity < 0'),
      check(
        'unit',
        'Quantity and unit go together: give both or neither.',
        'where (s.quantity is null) <> (s.unit is null)'
      )
    ]
  },
  'bill-lines': {
    table: 'bill_line',
    fileKey: ['bill', 'number'],
    key: ['bill_id', 'number'],
    values: {
      bill_id: 'b.id',
      ...staged('number', 'code', 'label', 'quantity', 'unit', 'rate', 'amount')
    },
    joins: 'join bill b on b.number = s.bill',
    checks: [
      check(
        'bill',
        'There is no bill with this number.',
        'where not exists (select 1 from bill b where b.number = s.bill)'
      ),
      check(
        'currency',
        'Is not the currency of the bill.',
        'join bill b on b.number = s.bill where b.currency <> s.currency'
      )
    ]
  },
  payments: {
    table: 'payment',
    fileKey: ['reference'],
    key: ['reference'],
    values: {
      account_id: 'a.id',
      ...staged('reference', 'amount', 'currency', 'method', 'state', 'paid_on'),
      bill_id: 'b.id'
    },
    joins: `${account} left join bill b on b.number = s.bill`,
    checks: [
      ofAccount,
      otherAccount('payment', 'reference'),
      check('amount', 'Must not be zero.', 'where s.amount = 0'),
      check(
        'bill',
        'This account has no bill with this number.',
        `where s.bill is not null and not exists
           (select 1 from bill b join account a on a.id = b.account_id
            where b.number = s.bill and a.number = s.account)`
      )
    ]
  }
};
