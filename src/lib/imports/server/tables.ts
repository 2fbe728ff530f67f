/**
 * For each kind of file: what is looked for in the staged rows all at once, and the table they are written to. Tables of
 * the accounts are among them: what comes together is kept or refused together, in one transaction.
 */
import type { Kind } from '../kinds.ts';
import { billTargets } from './bill-tables.ts';
import { account, check, meterThere, ofAccount, staged, type Target } from './checks.ts';

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
  ...billTargets
};
