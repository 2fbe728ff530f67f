/** How much somebody chose to pay, or what is wrong with it in words. */
import { formatMoney } from '#lib/billing/money.ts';
import { leastOf, readAmount } from '#lib/billing/typed-amount.ts';
import { typedAmount } from '#lib/billing/typed-amount.ts';
import type { Words } from '#lib/platform/words.ts';

type Chosen = { ok: true; amount: bigint } | { ok: false; problems: Record<string, string> };

interface ToPay {
  open: bigint;
  balance: bigint;
  currency: string;
  /** What a plan asks for next; null where none is in force. */
  next: bigint | null;
}

/** An amount typed beside another choice is asked about: which of the two is meant is not ours to guess. */
export function chosenAmount(
  t: Words,
  { how, amount: typed }: { how: string; amount: string },
  owed: ToPay
): Chosen {
  if (owed.balance <= 0n) return { ok: false, problems: { '': t('paying.pay_nothing') } };
  if (how === 'part') return typedPart(t, typed, owed);
  const amount = amountOf(how, owed);
  if (amount === null) return { ok: false, problems: { how: t('paying.pay_choose') } };
  if (typed.trim() === '' || typedAmount(typed, owed.currency) === amount) return { ok: true, amount };
  const chosen = formatMoney(amount, owed.currency, t.locale);
  return { ok: false, problems: { amount: t('paying.pay_both', { chosen }) } };
}

/** What a choice comes to, and never more than is owed; null where there is no such choice. */
function amountOf(how: string, { open, balance, next }: ToPay): bigint | null {
  if (how === 'all') return balance;
  if (how === 'bill' && open > 0n) return open < balance ? open : balance;
  if (how === 'next' && next) return next < balance ? next : balance;
  return null;
}

function typedPart(t: Words, typed: string, { currency, balance }: ToPay): Chosen {
  const read = readAmount(typed, currency, balance);
  if (read.ok) return read;
  const money = (minor: bigint) => formatMoney(minor, currency, t.locale);
  const values = { most: money(balance), least: money(leastOf(currency)) };
  return { ok: false, problems: { amount: t(`paying.${read.problem}`, values) } };
}
