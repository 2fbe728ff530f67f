/** What somebody asks about: a bill or a reading of theirs, named by the address of the form and kept with what is typed. */
import { accountsToActOn } from '#lib/accounts/server/queries.ts';
import { findReading } from '#lib/accounts/server/readings.ts';
import { getBill } from '#lib/billing/server/queries.ts';
import type { ServiceType } from '#lib/forms/definition.ts';
import type { DraftTyped } from '#lib/forms/server/drafts.ts';
import { holdingsOf } from '#lib/orders/server/returns.ts';
import { isCustomer } from '#lib/platform/actor.ts';
import { isKey, textIn } from '#lib/platform/posted.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import type { About } from '#lib/requests/about.ts';
import { answersFromBill, answersFromReading } from '#lib/requests/about-bill.ts';
import type { Attached } from '#lib/requests/server/about.ts';
import type { Event } from './form-page.ts';

/** The hidden fields in which a form carries it on. */
export const subjectFields = ['about_bill', 'about_reading'] as const;

export const subjectIn = (form: FormData): DraftTyped =>
  Object.fromEntries(
    subjectFields.map((name) => [name, textIn(form, name)] as const).filter(([, text]) => text !== '')
  );

/** What a form begins with where its address names one. One that they may not see is as good as none. */
export async function subjectAnswers(event: Event, type: ServiceType, url: URL): Promise<DraftTyped> {
  const bill = url.searchParams.get('bill');
  const reading = url.searchParams.get('reading');
  const found = await find(event, { ...(bill && { bill }), ...(reading && { reading }) });
  const { t } = event.locals;
  if (found?.bill) return { ...answersFromBill(type, found.bill, t), about_bill: found.bill.number };
  if (found?.reading)
    return { ...answersFromReading(type, found.reading, t), about_reading: found.reading.id };
  return cylindersOf(event, type, url.searchParams.get('account'));
}

/** Where cylinders are handed back: of the account that was named, all that it has of ours. */
async function cylindersOf(
  { locals: { db, actor, locale } }: Event,
  type: ServiceType,
  number: string | null
): Promise<DraftTyped> {
  if (number === null || !isCustomer(actor)) return {};
  const account = (await accountsToActOn(db, actor)).find((one) => one.number === number);
  if (!account) return {};
  const held = (await holdingsOf(db, account.id, locale)).reduce((sum, one) => sum + one.held, 0);
  const asked = type.fields.some(({ name }) => name === 'cylinders');
  return { account: account.id, ...(asked && held > 0 && { cylinders: String(held) }) };
}

/** What a form is about, to be shown and attached; null where it names nothing of theirs. */
export async function subjectOf(event: Event, typed: DraftTyped): Promise<Subject | null> {
  const { about_bill: bill, about_reading: reading } = typed;
  const found = await find(event, {
    ...(typeof bill === 'string' && { bill }),
    ...(typeof reading === 'string' && { reading })
  });
  if (found?.bill) {
    const { id, account_id, number, total, currency, due_on } = found.bill;
    return {
      account_id,
      about: { kind: 'bill', number, total, currency, due_on },
      attached: { bill_id: id }
    };
  }
  if (!found?.reading) return null;
  const { id, account_id, digits, read_on, serial } = found.reading;
  return {
    account_id,
    about: { kind: 'reading', id, digits, read_on, serial },
    attached: { reading_id: id }
  };
}

interface Subject {
  account_id: string;
  about: About;
  attached: Attached;
}

/** Attached only where the request is about the same account, or about none: its other members may see it. */
export const attachedTo = (subject: Subject | null, account: { id: string } | null): Attached | null =>
  subject && (account === null || account.id === subject.account_id) ? subject.attached : null;

async function find(
  { locals: { db, actor } }: Event,
  { bill, reading }: { bill?: string; reading?: string }
) {
  if (!isCustomer(actor)) return null;
  if (bill !== undefined && /^[\w-]{1,40}$/.test(bill)) return { bill: await billOrNone(db, bill) };
  return isKey(reading) ? { reading: await findReading(db, reading) } : null;
}

const billOrNone = (db: App.Locals['db'], number: string) =>
  getBill(db, number).catch((refusal: unknown) => {
    if (refusal instanceof Refusal) return null;
    throw refusal;
  });
