/** What we accept of whoever says what somebody may do with their account, and until when. */
import { isDay } from '#lib/platform/dates.ts';
import { isEmail } from '#lib/platform/email.ts';
import { textIn } from '#lib/platform/posted.ts';
import type { WordKey } from '#lib/platform/words.ts';
import { type Problem, tidyEmail } from '#lib/people/form.ts';
import { invitedKinds, scopes, type Scope } from './access.ts';

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

/** Reads who is invited, as what, to what. */
export function readInvitation(form: FormData, today: string) {
  const email = tidyEmail(textIn(form, 'email')).slice(0, 260);
  const kind = invitedKinds.find((each) => each === textIn(form, 'kind')) ?? null;
  const access = readAccess(form, today);
  const problems: Record<string, Problem> = {
    ...(!isEmail(email) && { email: { words: email ? 'form.email' : 'form.email_empty' } as const }),
    ...(!kind && { kind: { words: 'access.kind_none' } as const }),
    ...(!access.ok &&
      Object.fromEntries(Object.entries(access.problems).map(([field, words]) => [field, { words }])))
  };
  if (kind && access.ok && Object.keys(problems).length === 0)
    return { ok: true as const, said: { email, kind, ...access.said } };
  const { scope, until } = access.ok ? access.said : access.typed;
  return { ok: false as const, typed: { email, kind: kind ?? '', scope, until: until ?? '' }, problems };
}

function isInTime(day: string, today: string) {
  if (!isDay(day)) return false;
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
