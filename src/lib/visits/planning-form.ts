/** What the forms of planning accept. */
import * as v from 'valibot';
import { slotKinds } from './rules.ts';

export const closedReasons = ['weather', 'staff', 'holiday', 'safety', 'other'] as const;

const time = v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/));
const count = (least: number) =>
  v.pipe(v.string(), v.transform(Number), v.integer(), v.minValue(least), v.maxValue(500));

export const PatternForm = v.pipe(
  v.object({
    kind: v.picklist(slotKinds),
    skill: v.pipe(v.string(), v.regex(/^[a-z][a-z_]{1,29}$/)),
    weekdays: v.pipe(
      v.array(v.pipe(v.string(), v.transform(Number), v.integer(), v.minValue(1), v.maxValue(7))),
      v.minLength(1)
    ),
    from_time: time,
    to_time: time,
    capacity: count(1),
    kept_first: v.fallback(count(0), 0)
  }),
  v.check(({ kept_first, capacity }) => kept_first <= capacity),
  v.check(({ from_time, to_time }) => from_time !== to_time)
);
export type NewPattern = v.InferOutput<typeof PatternForm>;

/** A name, and beginnings of post codes with anything between them. */
export function readArea(name: string, prefixes: string) {
  const written = prefixes
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

/** The Monday of the week in which a day lies. */
export const mondayOf = (day: string) => {
  const date = Temporal.PlainDate.from(day);
  return date.subtract({ days: date.dayOfWeek - 1 }).toString();
};
