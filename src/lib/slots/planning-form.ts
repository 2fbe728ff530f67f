/** What the forms of planning accept. */
import * as v from 'valibot';
import { minorDigits } from '#lib/billing/money.ts';
import { amountOrNothing } from '#lib/billing/typed-amount.ts';
import { wholeField } from '#lib/forms/whole.ts';
import { plain } from '#lib/platform/cleaning.ts';
import { isDay } from '#lib/platform/dates.ts';
import { slotKinds } from './rules.ts';

const time = v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/));
/** Ten thousand of what is paid with, in minor units. */
const mostCharged = (currency: string) => 10_000n * 10n ** BigInt(minorDigits(currency));
const count = (least: number) => wholeField(least, 500);

/** What a window is, on whichever days. */
const windowFields = (currency: string) => ({
  kind: v.picklist(slotKinds),
  skill: v.pipe(v.string(), v.regex(/^[a-z][a-z_]{1,29}$/)),
  from_time: time,
  to_time: time,
  capacity: count(1),
  kept_first: v.optional(
    v.pipe(
      v.string(),
      v.transform((typed) => typed.trim() || '0'),
      count(0)
    ),
    '0'
  ),
  /** What this time costs, in minor units. */
  charge: amountOrNothing(currency, mostCharged(currency))
});
interface Window {
  kept_first: number;
  capacity: number;
  from_time: string;
  to_time: string;
}
const fits = ({ kept_first, capacity, from_time, to_time }: Window) =>
  kept_first <= capacity && from_time !== to_time;

export const patternForm = (currency: string) =>
  v.pipe(
    v.object({
      ...windowFields(currency),
      weekdays: v.pipe(
        v.array(v.pipe(v.string(), v.transform(Number), v.integer(), v.minValue(1), v.maxValue(7))),
        v.minLength(1)
      )
    }),
    v.check((typed) => fits(typed))
  );
export type NewPattern = v.InferOutput<ReturnType<typeof patternForm>>;

/** A window on one day, beside the pattern. */
export const extraForm = (currency: string) =>
  v.pipe(
    v.object({ ...windowFields(currency), on_day: v.pipe(v.string(), v.check(isDay)) }),
    v.check((typed) => fits(typed))
  );
export type ExtraWindow = v.InferOutput<ReturnType<typeof extraForm>>;

const whole = (most: number) => wholeField(0, most);

/** Hours of notice, days ahead, and until when before its day something may be moved and called off. */
export const rulesForm = (currency: string) =>
  v.pipe(
    v.object({
      notice: whole(336),
      ahead: whole(90),
      move_days: whole(14),
      move_at: time,
      cancel_days: whole(14),
      cancel_at: time,
      /** What it costs when nobody lets us in, in minor units; deliveries are not asked. */
      no_access_fee: v.pipe(amountOrNothing(currency, mostCharged(currency)), v.transform(Number))
    }),
    v.check(({ ahead }) => ahead >= 1)
  );
export type NewRules = v.InferOutput<ReturnType<typeof rulesForm>>;

/** A name, and beginnings of post codes with anything between them. */
export function readArea(name: string, prefixes: string) {
  const written = plain(prefixes)
    .toUpperCase()
    .split(/[^0-9A-Z]+/)
    .filter(Boolean);
  return name.trim().length >= 2 &&
    name.length <= 60 &&
    written.length > 0 &&
    written.every((one) => one.length <= 10)
    ? { name: name.trim(), prefixes: [...new Set(written)] }
    : null;
}

/** “St. Élan's Hill” is `st-elan-s-hill`: a code that stays, whatever the name becomes. */
export const codeFrom = (name: string) =>
  (
    name
      .toLowerCase()
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .match(/[a-z0-9]+/g) ?? []
  )
    .join('-')
    .slice(0, 30);

/** The Monday of the week in which a day lies. */
export const mondayOf = (day: string) => {
  const date = Temporal.PlainDate.from(day);
  return date.subtract({ days: date.dayOfWeek - 1 }).toString();
};
