/** What was used last, and how that is to the year before, in a sentence. Pure. */
import type { BilledUnit } from '#lib/billing/bill.ts';
import { degreesApart } from '#lib/billing/degrees.ts';
import { tellQuantity } from '#lib/billing/quantity.ts';
import { writeDate } from '#lib/platform/dates.ts';
import type { Words } from '#lib/platform/words.ts';
import type { Compared } from './usage.ts';

export function tellUsage(latest: Compared, unit: BilledUnit, t: Words): string {
  const facts = {
    quantity: tellQuantity(t, unit, latest.quantity, 0),
    date: writeDate(latest.to, t.locale)
  };
  const before = latest.yearBefore?.quantity ?? 0n;
  if (before === 0n) return t('usage.latest', facts);
  const change = Number(((latest.quantity - before) * 100n) / before);
  const more = change > 0 ? 'yes' : change < 0 ? 'no' : 'same';
  return t('usage.compared', { ...facts, more, percent: Math.abs(change) });
}

/** How much colder or warmer it was than the year before, where both are known and it is worth a word. */
export function tellWeather({ temperature, yearBefore }: Compared, t: Words, jurisdiction: string): string {
  if (temperature === null || !yearBefore || yearBefore.temperature === null) return '';
  const warmer = temperature - yearBefore.temperature;
  const degrees = degreesApart(warmer, jurisdiction);
  if (degrees === 0) return t('usage.weather_same');
  return t(warmer < 0 ? 'usage.colder' : 'usage.warmer', { degrees });
}
