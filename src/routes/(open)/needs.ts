/** What needs a customer now, the most pressing first: an answer, money that is late, a reading, a visit, a bill. Pure. */
import { paysItself, type Taking } from '#lib/billing/taking.ts';
import { formatMoney } from '#lib/billing/money.ts';
import type { ShownStatus } from '#lib/billing/shown-status.ts';
import type { StandingInstalment } from '#lib/billing/instalments.ts';
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
    /** What was agreed on fell away: they choose another time. */
    needs_time: boolean;
    visit_on: string | null;
    scheduled: boolean;
  }[];
  /** The newest first, each with what a kept card or a bank does with it. */
  bills: readonly {
    number: string;
    currency: string;
    open: bigint;
    due_on: string;
    status: ShownStatus;
    taken: { taking: Taking } | null;
  }[];
  /** What is paid in parts, and the part that comes next. */
  plan: { currency: string; next: StandingInstalment | null } | null;
  meters: readonly { id: string; serial: string }[];
  account: string | null;
  /** Whoever may only look is asked for no money: they could not pay. */
  mayPay: boolean;
  today: string;
}

/** So many days ahead a visit is something to be ready for, and a day of a plan as the day of a bill is. */
const soon = { visit: 7, plan: 21 };

export function needsOf({ requests, bills, plan, meters, account, mayPay, today }: Facts, t: Words): Need[] {
  const within = (days: number) => Temporal.PlainDate.from(today).add({ days }).toString();
  const lastDay = within(soon.visit);
  const owed = mayPay ? [...billsNeed(bills, t), ...planNeed(plan, account, within(soon.plan), t)] : [];
  return [
    ...requests
      .filter(({ needs_you }) => needs_you)
      .map(({ href, title }) => need(href, 'message-circle', t('pages.needs_answer'), title)),
    ...requests
      .filter(({ needs_time }) => needs_time)
      .map(({ href, title }) =>
        need(href.replace('#new', '#visit'), 'calendar-clock', t('pages.needs_time'), title)
      ),
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

/** All that is to be paid now, by the day of the oldest bill of it: its page offers to pay them all. */
function billsNeed(bills: Facts['bills'], t: Words): Need[] {
  const owed = bills.filter(
    ({ status, taken }) => (status === 'due' || status === 'overdue') && !paysItself(taken?.taking)
  );
  const oldest = owed.at(-1);
  if (!oldest) return [];
  const amount = owed.reduce((sum, { open }) => sum + open, 0n);
  return [
    payNeed(`/bills/${oldest.number}#pay`, { ...oldest, amount, late: oldest.status === 'overdue' }, t)
  ];
}

/** A part that is near its day, or past it. */
function planNeed(plan: Facts['plan'], account: string | null, lastDay: string, t: Words): Need[] {
  if (!plan?.next) return [];
  const { open: amount, due_on, state } = plan.next;
  const late = state === 'late' || state === 'missed';
  if (!late && due_on > lastDay) return [];
  return [payNeed(`/bills?account=${account ?? ''}`, { amount, due_on, late, currency: plan.currency }, t)];
}

interface ToPay {
  amount: bigint;
  currency: string;
  due_on: string;
  late: boolean;
}

function payNeed(href: string, { amount, currency, due_on, late }: ToPay, t: Words): Need {
  const facts = { amount: formatMoney(amount, currency, t.locale), date: writeDate(due_on, t.locale) };
  const more = late ? t('billing.was_due', facts) : t('billing.due_by', facts);
  return { ...need(href, 'receipt-text', t('pages.needs_pay', facts), more), late };
}

const need = (href: string, icon: IconName, what: string, more: string): Need => ({
  ...{ href, icon, what, more },
  late: false
});
