/** What a form is filled in with beforehand, when somebody asks about a bill or a reading of theirs. Pure. */
import type { Source } from '#lib/accounts/reading.ts';
import { writeDate } from '#lib/platform/dates.ts';
import { formatMoney } from '#lib/billing/money.ts';
import type { ServiceType } from '#lib/forms/definition.ts';
import type { Words } from '#lib/platform/words.ts';

export interface BillAskedAbout {
  account_id: string;
  number: string;
  issued_on: string;
  total: bigint;
  currency: string;
}

/** The answers that the bill gives. A form that has no question for its number begins its description with it. */
export function answersFromBill(type: ServiceType, bill: BillAskedAbout, t: Words): Record<string, string> {
  const asks = (name: string) => type.fields.some((field) => field.name === name);
  return {
    ...(type.needs.account !== 'none' && { account: bill.account_id }),
    ...(asks('bill_date') && { bill_date: bill.issued_on }),
    ...(asks('bill_number') ? { bill_number: bill.number } : { description: begins(bill, t) })
  };
}

const begins = ({ number, total, currency }: BillAskedAbout, t: Words) =>
  `${t('requests.about_bill', { number, amount: formatMoney(total, currency, t.locale) })}\n`;

export interface ReadingAskedAbout {
  account_id: string;
  read_on: string;
  digits: string;
  serial: string;
  source: Source;
}

/** The same for a reading. */
export function answersFromReading(
  type: ServiceType,
  reading: ReadingAskedAbout,
  t: Words
): Record<string, string> {
  const { account_id, read_on, digits, serial, source } = reading;
  const given = {
    kind_of_reading: source,
    billed_reading: digits,
    meter_serial: serial,
    description: `${t('requests.about_reading', { digits, date: writeDate(read_on, t.locale) })}\n`
  };
  return {
    ...(type.needs.account !== 'none' && { account: account_id }),
    ...Object.fromEntries(
      Object.entries(given).filter(([name]) => type.fields.some((field) => field.name === name))
    )
  };
}
