/** What we accept of whoever says what somebody may do with their account, and until when. */
import { textIn } from '#lib/platform/posted.ts';
import type { WordKey } from '#lib/platform/words.ts';
import { scopes, type Scope } from './access.ts';

export interface Access {
  scope: Scope;
  /** The last day, or null where there is none. */
  until: string | null;
}
export type AccessProblems = Partial<Record<keyof Access, WordKey>>;

/** Longer than this is meant to be for good. */
const longestYears = 10;

/** Reads scope and last day. */
export function readAccess(form: FormData, today: string) {
  const scope = scopes.find((each) => each === textIn(form, 'scope')) ?? null;
  const until = textIn(form, 'until').trim().slice(0, 10);
  const problems: AccessProblems = {
    ...(!scope && { scope: 'access.scope_none' }),
    ...(until && !isInTime(until, today) && { until: 'access.until_wrong' })
  };
  if (scope && Object.keys(problems).length === 0)
    return { ok: true as const, said: { scope, until: until || null } };
  return { ok: false as const, typed: { scope: scope ?? '', until }, problems };
}

function isInTime(day: string, today: string) {
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(Date.parse(day))) return false;
  return day >= today && day <= Temporal.PlainDate.from(today).add({ years: longestYears }).toString();
}

/** The moment after a last day, on the clock of a place. */
export const endOf = (day: string, zone: string) =>
  new Date(Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds);

/** The last day before a moment. */
export const lastDayBefore = (end: Date, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(end.getTime() - 1)
    .toZonedDateTimeISO(zone)
    .toPlainDate()
    .toString();
