/** Whether a reading can be believed: judged against the register, the one before, and what was used so far. Pure. */
import { plain } from '#lib/platform/cleaning.ts';

export type Source = 'customer' | 'utility' | 'estimate';
/** A doubted reading is kept apart until staff accept or reject it. */
export type ReadingState = 'accepted' | 'quarantined' | 'rejected';
/** Why a reading is doubted: lower than the one before, far more or less than usual, or not the newest. */
export type Doubt = 'lower' | 'too_high' | 'too_low' | 'same_day';
/** What one unit of a register is: hundred cubic feet, cubic metres, kilograms. */
export type MeterUnit = 'ccf' | 'm3' | 'kg';

export interface Known {
  /** `YYYY-MM-DD` */
  read_on: string;
  digits: string;
  source?: Source;
}

/** What is wrong with the digits themselves, before anything is compared. */
export type DigitProblem = 'not_digits' | 'too_long';

/** The digits of a register as typed, in any script: spaces go, and the zeros that people leave out in front come back. */
export function readDigits(typed: string, places: number): { digits: string } | { problem: DigitProblem } {
  const digits = plain(typed).replace(/[\s.,]/g, '');
  if (!/^\d{1,12}$/.test(digits)) return { problem: 'not_digits' };
  const bare = digits.replace(/^0{1,12}(?=\d)/, '');
  if (bare.length > places) return { problem: 'too_long' };
  return { digits: bare.padStart(places, '0') };
}

/**
 * What makes a reading doubtful, or null. `known` are accepted readings of the same register, oldest first. Usual use
 * a day is that of the last year; up to four times as much (and ten units a day) is believed, for a cold month is.
 */
export function doubtOf(reading: Known, known: readonly Known[]): Doubt | null {
  const before = withoutHighEstimates(reading, known);
  const last = before.at(-1);
  if (!last) return null;
  if (reading.read_on <= last.read_on) return reading.digits === last.digits ? null : 'same_day';

  const since = used(last, reading);
  const round = 10 ** reading.digits.length;
  const days = daysBetween(last.read_on, reading.read_on);
  const usual = usualPerDay(before);
  // A register that went past its end shows less than before, and is believed; else the number itself says what is odd.
  if (since > round / 2 || since / days > Math.max(10, 4 * (usual ?? 0)))
    return reading.digits < last.digits ? 'lower' : 'too_high';
  if (usual !== null && usual > 1 && days >= 20 && since / days < usual / 20) return 'too_low';
  return null;
}

/** What a reading would make of the register if it counted: since which one, how much, and in how many days. */
export interface Implied {
  last: Known;
  used: number;
  days: number;
  /** Nobody uses so much: a number below the last one, or over ten times the usual and fifty units a day. */
  absurd: boolean;
}

/** The same of readings accepted before its day, oldest first; null where there is none. */
export function impliedBy(reading: Known, known: readonly Known[]): Implied | null {
  const before = withoutHighEstimates(reading, known);
  const last = before.at(-1);
  if (!last) return null;
  const since = used(last, reading);
  const days = daysBetween(last.read_on, reading.read_on);
  const most = Math.max(50, 10 * (usualPerDay(before) ?? 0));
  const absurd = since / days > most || doubtOf(reading, before) === 'lower';
  return { last, used: since, days, absurd };
}

/** The other reading they may have meant: digits shifted by a place left or right that would be believed. */
export function likelyMeant(reading: Known, before: readonly Known[]): string | null {
  // One that is doubted only because a later one is there is likely as it stands.
  if (doubtOf(reading, before) === null) return null;
  const shifted = [`0${reading.digits.slice(0, -1)}`, `${reading.digits.slice(1)}0`];
  return (
    shifted.find((digits) => digits !== reading.digits && doubtOf({ ...reading, digits }, before) === null) ??
    null
  );
}

/** What was estimated too high is put right by the next reading, and says nothing about it. */
function withoutHighEstimates(reading: Known, before: readonly Known[]): readonly Known[] {
  const kept = before.findLastIndex((one) => !isHighEstimate(one, reading));
  return kept < 0 ? before : before.slice(0, kept + 1);
}

/** Whether an estimate says more than the register did on a later day. */
export const isHighEstimate = (one: Known, later: Known): boolean =>
  one.source === 'estimate' &&
  one.read_on < later.read_on &&
  used(one, later) > 10 ** later.digits.length / 2;

/** Units counted from one reading to a later one, past the register's end if need be. */
export function used(from: Known, to: Known): number {
  const round = 10 ** to.digits.length;
  return (Number(to.digits) - Number(from.digits) + round) % round;
}

export const daysBetween = (from: string, to: string) =>
  Math.max(1, Temporal.PlainDate.from(from).until(to, { largestUnit: 'day' }).days);

/** Mean use a day over the last year of readings; null without two readings that lie a week apart. */
function usualPerDay(readings: readonly Known[]): number | null {
  const last = readings.at(-1);
  if (!last) return null;
  const yearBefore = Temporal.PlainDate.from(last.read_on).subtract({ days: 370 }).toString();
  const first = readings.find(({ read_on }) => read_on >= yearBefore);
  if (!first || daysBetween(first.read_on, last.read_on) < 7) return null;
  return used(first, last) / daysBetween(first.read_on, last.read_on);
}
