/** What needs a customer now, the most pressing first: an answer, money that is late, a reading, a visit, a bill. Pure. */
import type { Taking } from '#lib/billing/autopay/taking.ts';
import { formatMoney } from '#lib/billing/money.ts';
import type { ShownStatus } from '#lib/billing/programmes/effect.ts';
import { writeDate } from '#lib/platform/dates.ts';
import type { Words } from '#lib/platform/words.ts';
import type { IconName } from '#lib/ui/icons.ts';

export interface Need {
  href: string;
  icon: IconName;
  /** What to do, or what happens. */
  what: string;
  /** By when or about what. */
  more: string;
  late: boolean;
}

interface Facts {
  requests: readonly {
    href: string;
    title: string;
    next: string;
    needs_you: boolean;
    visit_on: string | null;
    scheduled: boolean;
  }[];
  bill: { number: string; currency: string; open: bigint; due_on: string; status: ShownStatus } | null;
  /** What a kept card does with the bill. */
  taken: Taking | null;
  meters: readonly { id: string; serial: string }[];
  account: string | null;
  today: string;
}

/** So many days ahead a visit is something to be ready for. */
const soon = 7;

export function needsOf({ requests, bill, taken, meters, account, today }: Facts, t: Words): Need[] {
  const lastDay = Temporal.PlainDate.from(today).add({ days: soon }).toString();
  const owed = bill && !paysItself(taken) ? billNeed(bill, t) : [];
  return [
    ...requests
      .filter(({ needs_you }) => needs_you)
      .map(({ href, title }) => need(href, 'message-circle', t('pages.needs_answer'), title)),
    ...owed.filter(({ late }) => late),
    ...meters.map(({ id, serial }) =>
      need(
        `/readings?account=${account ?? ''}#${id}`,
        'gauge',
        t('pages.needs_reading'),
        t('readings.meter', { serial })
      )
    ),
    ...requests
      .filter(({ scheduled, visit_on }) => scheduled && visit_on !== null && visit_on <= lastDay)
      .map(({ href, next, title }) => need(href, 'calendar-check', next, title)),
    ...owed.filter(({ late }) => !late)
  ];
}

/** Nobody is asked for what their card is about to pay; once it was refused they are. */
const paysItself = (taken: Taking | null) =>
  taken?.what === 'under_way' || (taken?.what === 'will' && taken.tries === 0);

function billNeed(bill: NonNullable<Facts['bill']>, t: Words): Need[] {
  const { number, currency, open, due_on, status } = bill;
  if (status !== 'due' && status !== 'overdue') return [];
  const late = status === 'overdue';
  const facts = { amount: formatMoney(open, currency, t.locale), date: writeDate(due_on, t.locale) };
  return [
    {
      ...need(
        `/bills/${number}#pay`,
        'receipt-text',
        t('pages.needs_pay', facts),
        late ? t('billing.was_due', facts) : t('billing.due_by', facts)
      ),
      late
    }
  ];
}

const need = (href: string, icon: IconName, what: string, more: string): Need => ({
  ...{ href, icon, what, more },
  late: false
});
