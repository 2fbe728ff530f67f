/** Where bills, their lines and payments go. */
import { account, check, meterThere, ofAccount, staged, type Target } from './checks.ts';

const otherAccount = (table: string, key: string) =>
  check(
    'account',
    'It belongs to another account already.',
    `join ${table} t on t.${key} = s.${key} join account a on a.id = t.account_id where a.number <> s.account`
  );

/** Amounts of two currencies on one account would be added up as one: what stands there, or in an earlier row, says which. */
const oneCurrency = (table: 'bill' | 'payment') =>
  check(
    'currency',
    'Is not the currency of this account: its other bills and payments are in another.',
    `join account a on a.number = s.account
     join (select t.account, (array_agg(t.currency order by t.row))[1] as first
           from staged_${table}s t group by t.account) f on f.account = s.account
     where f.first <> s.currency
        or exists (select 1 from bill b where b.account_id = a.id and b.currency <> s.currency
                     ${table === 'bill' ? 'and b.number <> s.number' : ''})
        or exists (select 1 from payment p where p.account_id = a.id and p.currency <> s.currency
                     ${table === 'payment' ? 'and p.reference <> s.reference' : ''})`
  );

export const billTargets = {
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
      oneCurrency('bill'),
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
      oneCurrency('payment'),
      check('amount', 'Must not be zero.', 'where s.amount = 0'),
      check(
        'bill',
        'This account has no bill with this number.',
        `where s.bill is not null and not exists
           (select 1 from bill b join account a on a.id = b.account_id
            where b.number = s.bill and a.number = s.account)`
      )
    ]
  },
  weather: {
    table: 'weather_day',
    fileKey: ['day'],
    key: ['day'],
    values: staged('day', 'temperature'),
    joins: '',
    checks: []
  }
} satisfies Record<string, Target>;
