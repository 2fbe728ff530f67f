/** The files that are taken, by name, and their columns. They go in and come out in this order: parents first. */
import {
  currencyCode,
  date,
  decimal,
  like,
  money,
  oneOf,
  rate,
  type Reader,
  words,
  yesOrNo
} from './cells.ts';

export interface Column {
  name: string;
  /** What it is in the database. */
  type: 'text' | 'date' | 'smallint' | 'bigint' | 'numeric' | 'boolean';
  read: Reader;
  /** Whether the cell may be empty. */
  optional: boolean;
  /** Whether the whole column may be missing: then all its cells are empty. */
  absent?: boolean;
}

const column = (name: string, read: Reader, type: Column['type'] = 'text'): Column => ({
  name,
  type,
  read,
  optional: false
});
const optional = (...of: Parameters<typeof column>): Column => ({ ...column(...of), optional: true });

const account = column('account', like(/^[0-9]{8,12}$/, 'an account number of 8 to 12 digits'));
const paper = like(
  /^[A-Za-z0-9][A-Za-z0-9._ -]{0,99}\.pdf$/i,
  'the name of a PDF in the folder “bills”, such as B-2601.pdf'
);
const billNumber = like(/^[0-9A-Z-]{4,20}$/, '4 to 20 digits, capitals and dashes');
const serial = words(40);
const dial = like(/^[0-9]{4,8}$/, 'the 4 to 8 digits of the register, zeros in front too');

export const kinds = {
  accounts: [{ ...account, name: 'number' }, column('holder', words(200))],
  customers: [
    account,
    optional('email', like(/^[^\s@=+\-|][^\s@]{0,63}@[^\s@]{1,189}\.[^\s@.]{2,63}$/, 'an e-mail address')),
    optional('phone', like(/^\+?[0-9 ()./-]{5,30}$/, 'a telephone number')),
    optional('language', like(/^[a-z]{2}$/, 'the code of a language, such as en'))
  ],
  premises: [
    column('reference', words(40)),
    account,
    column('line', words(200)),
    column('town', words(100)),
    column('postcode', words(20))
  ],
  meters: [
    column('serial', serial),
    column('premises', words(40)),
    column('digits', like(/^[4-8]$/, 'a number from 4 to 8'), 'smallint'),
    column('unit', oneOf('ccf', 'm3', 'kg')),
    column('installed_on', date, 'date'),
    optional('removed_on', date, 'date')
  ],
  readings: [
    column('meter', serial),
    column('read_on', date, 'date'),
    column('digits', dial),
    column('source', oneOf('customer', 'utility', 'estimate'))
  ],
  bills: [
    column('number', billNumber),
    account,
    column('currency', currencyCode),
    column('issued_on', date, 'date'),
    column('due_on', date, 'date'),
    column('period_from', date, 'date'),
    column('period_to', date, 'date'),
    column('total', money, 'bigint'),
    optional('quantity', decimal(9, 3), 'numeric'),
    optional('unit', oneOf('therm', 'kwh', 'kg')),
    optional('meter', serial),
    optional('opening', dial),
    optional('closing', dial),
    column('estimated', yesOrNo, 'boolean'),
    optional('temperature', decimal(3, 1), 'numeric'),
    { ...optional('pdf', paper), absent: true }
  ],
  'bill-lines': [
    column('bill', billNumber),
    column('number', like(/^[1-9][0-9]{0,3}$/, 'a number from 1'), 'smallint'),
    column(
      'code',
      oneOf('standing', 'gas', 'delivery', 'surcharge', 'tax', 'adjustment', 'late_fee', 'other')
    ),
    optional('label', words(120)),
    column('currency', currencyCode),
    optional('quantity', decimal(11, 3), 'numeric'),
    optional('unit', oneOf('therm', 'kwh', 'kg', 'day', 'percent')),
    optional('rate', rate, 'numeric'),
    column('amount', money, 'bigint')
  ],
  payments: [
    column('reference', words(80)),
    account,
    column('amount', money, 'bigint'),
    column('currency', currencyCode),
    column('method', oneOf('bank', 'card', 'cash', 'direct_debit', 'cheque', 'other')),
    column('state', oneOf('pending', 'settled', 'failed', 'refunded')),
    column('paid_on', date, 'date'),
    optional('bill', billNumber)
  ],
  weather: [column('day', date, 'date'), column('temperature', decimal(3, 1), 'numeric')]
} satisfies Record<string, Column[]>;

export type Kind = keyof typeof kinds;

export const inOrder = Object.keys(kinds) as Kind[];

/** The kind of a file by its name: `2026-11/bill-lines.csv` holds bill lines. */
export function kindOf(path: string): Kind | null {
  const name = path.split(/[/\\]/).at(-1)?.toLowerCase() ?? '';
  return inOrder.find((kind) => name === `${kind}.csv`) ?? null;
}
