/** Money in letters about visits: what we owe for one, and what one costs. */
import { formatMoney } from '#lib/billing/money.ts';
import { writeDay } from '#lib/forms/day.ts';
import type { Words } from '#lib/platform/words.ts';
import type { LetterFacts, Owed } from './letters.ts';

/** That a visit costs something because nobody let us in, or nothing. */
export const writeCharge = (charge: LetterFacts['charge'], t: Words) => {
  if (!charge) return [];
  const amount = formatMoney(BigInt(charge.amount), charge.currency, t.locale);
  return [t('letters.visit_charge', { free: charge.amount === 0 ? 'yes' : 'no', amount })];
};

/** What we owe for a visit that did not take place, and by when. */
export const writeOwed = ({ amount, currency, due_on }: Owed, { locale }: Words) => ({
  amount: formatMoney(BigInt(amount), currency, locale),
  due: writeDay(due_on, locale)
});
