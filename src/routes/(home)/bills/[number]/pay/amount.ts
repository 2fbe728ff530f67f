/** How much somebody chose to pay, or what is wrong with it in words. */
import { formatMoney } from '#lib/billing/money.ts';
import { leastOf, readAmount } from '#lib/billing/paying.ts';
import type { Words } from '#lib/platform/words.ts';

type Chosen = { ok: true; amount: bigint } | { ok: false; problems: Record<string, string> };

interface ToPay {
  open: bigint;
  balance: bigint;
  currency: string;
  /** What a plan asks for next; null where none is in force. */
  next: bigint | null;
}

export function chosenAmount(
  t: Words,
  { how, amount: typed }: { how: string; amount: string },
  { open, balance, currency, next }: ToPay
): Chosen {
  if (balance <= 0n) return { ok: false, problems: { '': t('paying.pay_nothing') } };
  if (how === 'all') return { ok: true, amount: balance };
  if (how === 'bill' && open > 0n) return { ok: true, amount: open < balance ? open : balance };
  if (how === 'next' && next) return { ok: true, amount: next < balance ? next : balance };
  if (how !== 'part') return { ok: false, problems: { how: t('paying.pay_choose') } };

  const read = readAmount(typed, currency, balance);
  if (read.ok) return read;
  const money = (minor: bigint) => formatMoney(minor, currency, t.locale);
  const values = { most: money(balance), least: money(leastOf(currency)) };
  return { ok: false, problems: { amount: t(`paying.${read.problem}`, values) } };
}
