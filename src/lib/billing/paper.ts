/** What stands on the paper of a bill and of a receipt, word by word; `paper/paper.typ` lays it out. Pure. */
import { writeDate } from '#lib/platform/dates.ts';
import type { Words } from '#lib/platform/words.ts';
import { formatMoney } from './money.ts';
import { tellQuantity } from './quantity.ts';
import type { BilledUnit, PaymentMethod } from './bill.ts';
import type { Plan } from './plan.ts';
import { type BillLine, type DifferenceFrom, lineDetail, lineName, whyDifferent } from './told.ts';

export interface Fact {
  label: string;
  text: string;
}

/** All of it is text already. Where a part has nothing to say, it is null. */
export interface Paper {
  title: string;
  lang: string;
  sheet: 'us-letter' | 'a4';
  utility: { name: string; phone: string };
  to: string[];
  facts: Fact[];
  owed: { label: string; amount: string; by: string };
  lines: {
    title: string;
    what: string;
    amount: string;
    rows: { what: string; detail: string; amount: string }[];
    total: string;
    sum: string;
  } | null;
  parts: Part[];
  footer: string;
  /** With `{page}` and `{pages}` in it, which only whoever lays it out knows. */
  page: string;
}

/** A heading with what stands below it; the link on a line of its own. */
export interface Part {
  title: string;
  sentences: string[];
  facts?: Fact[];
  link?: string;
}

/** Whose paper it is. */
export interface Issuer {
  origin: string;
  jurisdiction: string;
  utilityName: string;
  utilityPhone: string;
  emergencyPhone: string;
  bankDetails: readonly Fact[];
}

export interface Addressee {
  account_number: string;
  holder: string;
  line: string | null;
  town: string | null;
  postcode: string | null;
}

export interface PrintedBill {
  number: string;
  currency: string;
  issued_on: string;
  due_on: string;
  period_from: string;
  period_to: string;
  days: number;
  total: bigint;
  quantity: bigint | null;
  unit: BilledUnit | null;
  serial: string | null;
  opening: string | null;
  closing: string | null;
  estimated: boolean;
  lines: readonly BillLine[];
  /** From the bill before, and from the one a year before; where there are such. */
  differences: readonly DifferenceFrom[];
  /** The plan by which it was to be paid on the day of issue, with the part that came next; null where there was none. */
  plan: { kind: Plan; next: { amount: bigint; due_on: string } | null } | null;
}

/** A bill as it was issued. What was paid since stands online: the paper stays the same. */
export function billPaper(t: Words, bill: PrintedBill, to: Addressee, issuer: Issuer): Paper {
  const money = (amount: bigint) => formatMoney(amount, bill.currency, t.locale);
  const date = (day: string) => writeDate(day, t.locale);
  return {
    ...letterhead(t, t('billing.bill', { number: bill.number }), to, issuer),
    facts: [
      { label: t('billing.account_label'), text: to.account_number },
      { label: t('billing.issued'), text: date(bill.issued_on) },
      {
        label: t('paper.period'),
        text: t('billing.period', { from: date(bill.period_from), to: date(bill.period_to) })
      }
    ],
    owed: owed(t, bill),
    lines: {
      title: t('billing.lines'),
      what: t('billing.line'),
      amount: t('billing.amount'),
      rows: bill.lines.map((line) => ({
        what: lineName(line, t),
        detail: lineDetail(line, bill.currency, t),
        amount: money(line.amount)
      })),
      total: t('billing.total'),
      sum: money(bill.total)
    },
    parts: [
      ...meter(t, bill),
      ...why(t, bill, issuer),
      ...(bill.total > 0n ? [pay(t, bill, `${to.account_number}-${bill.number}`, issuer)] : []),
      help(t, t('paper.online'), `${issuer.origin}/bills/${bill.number}`, issuer)
    ]
  };
}

export interface PrintedPayment {
  reference: string;
  amount: bigint;
  currency: string;
  paid_on: string;
  method: PaymentMethod;
  /** The number of the bill, where it was paid for one. */
  bill: string | null;
}

/** That a payment has arrived. */
export function receiptPaper(t: Words, payment: PrintedPayment, to: Addressee, issuer: Issuer): Paper {
  const amount = formatMoney(payment.amount, payment.currency, t.locale);
  return {
    ...letterhead(t, t('paying.receipt_of', { reference: payment.reference }), to, issuer),
    facts: [
      { label: t('paying.receipt_for_account'), text: to.account_number },
      ...(payment.bill ? [{ label: t('paying.receipt_for_bill'), text: payment.bill }] : []),
      { label: t('billing.how'), text: t(`billing.method_${payment.method}`, { currency: payment.currency }) }
    ],
    owed: {
      label: t('billing.status_paid'),
      amount,
      by: `${t('billing.paid_on')}: ${writeDate(payment.paid_on, t.locale)}`
    },
    lines: null,
    parts: [help(t, t('paper.receipt_online'), `${issuer.origin}/payments/${payment.reference}`, issuer)]
  };
}

const letterhead = (t: Words, title: string, to: Addressee, issuer: Issuer) => ({
  title,
  lang: t.locale,
  sheet: issuer.jurisdiction === 'US' ? ('us-letter' as const) : ('a4' as const),
  utility: { name: issuer.utilityName, phone: issuer.utilityPhone },
  to: [to.holder, to.line, [to.town, to.postcode].filter(Boolean).join(' ')].filter((line) => line !== null),
  footer: `${issuer.utilityName} · ${title}`,
  page: t('paper.page', { page: '{page}', pages: '{pages}' })
});

function meter(t: Words, bill: PrintedBill): Part[] {
  if (!bill.opening || !bill.closing) return [];
  const used = bill.quantity !== null && bill.unit ? tellQuantity(t, bill.unit, bill.quantity) : null;
  const facts = [
    ...(bill.serial ? [{ label: t('paper.meter'), text: bill.serial }] : []),
    { label: t('paper.opening'), text: bill.opening },
    { label: t('paper.closing'), text: bill.closing },
    ...(used ? [{ label: t('paper.used'), text: used }] : []),
    { label: t('paper.days'), text: String(bill.days) }
  ];
  const sentence = t(bill.estimated ? 'billing.was_estimated' : 'billing.was_read');
  return [{ title: t('paper.readings'), sentences: [sentence], facts }];
}

function why(t: Words, { differences, currency, estimated }: PrintedBill, { jurisdiction }: Issuer): Part[] {
  const sentences = [
    ...differences.map((from) => whyDifferent(from, currency, t, jurisdiction)),
    ...(estimated ? [t('billing.why_estimated')] : [])
  ];
  return sentences.length > 0 ? [{ title: t('billing.why'), sentences }] : [];
}

/** What is to be paid, and by when: by a plan it is the next part of that, and never the total. */
function owed(t: Words, bill: PrintedBill): Paper['owed'] {
  const money = (amount: bigint) => formatMoney(amount, bill.currency, t.locale);
  const by = (day: string) => t('billing.due_by', { date: writeDate(day, t.locale) });
  if (bill.total <= 0n)
    return { label: t('billing.status_credit'), amount: money(-bill.total), by: t('paper.credit') };
  if (!bill.plan) return { label: t('billing.status_due'), amount: money(bill.total), by: by(bill.due_on) };
  const { kind, next } = bill.plan;
  return next
    ? { label: t(`paper.part_${kind}`), amount: money(next.amount), by: by(next.due_on) }
    : { label: t('billing.total'), amount: money(bill.total), by: t('paper.planned') };
}

const pay = (t: Words, { plan, total, currency }: PrintedBill, reference: string, issuer: Issuer) => ({
  title: t('paying.how_to_pay'),
  sentences: [
    ...(plan ? [t(`programmes.covered_${plan.kind}`)] : []),
    t('billing.by_transfer', { utility: issuer.utilityName }),
    ...(issuer.bankDetails.length === 0 ? [t('paying.bank_call', { phone: issuer.utilityPhone })] : [])
  ],
  facts: [
    ...(plan && !plan.next
      ? []
      : [
          {
            label: t('billing.amount'),
            text: formatMoney(plan?.next?.amount ?? total, currency, t.locale)
          }
        ]),
    { label: t('billing.reference'), text: reference },
    ...issuer.bankDetails
  ]
});

const help = (t: Words, online: string, link: string, { utilityPhone, emergencyPhone }: Issuer): Part => ({
  title: t('paper.help'),
  sentences: [t('paper.smell', { phone: emergencyPhone }), t('paper.call', { phone: utilityPhone }), online],
  link
});
