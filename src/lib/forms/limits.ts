/** The least and the most that a field accepts, worked out for today. */
import { dayFromToday } from './day.ts';
import type { Today } from './day.ts';
import type { DateField, NumberField } from './definition.ts';

/** Also the limits of the browser's own calendar. */
export const dayLimits = ({ min, max }: DateField, context: Today) => ({
  min: min && dayFromToday(min, context),
  max: max && dayFromToday(max, context)
});

/** A number without limits still is one that a computer counts exactly. */
export const numberLimits = ({ min, max, step }: NumberField) => ({
  min: min ?? -Number.MAX_SAFE_INTEGER,
  max: max ?? Number.MAX_SAFE_INTEGER,
  step
});
