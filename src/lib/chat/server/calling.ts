/** The windows in which our people can ring somebody up, and a window in words. */
import { sql } from 'kysely';
import type { Db } from '#lib/platform/server/db.ts';
import type { Words } from '#lib/platform/words.ts';
import { config } from '#lib/platform/server/config.ts';
import { writeMoment } from '#lib/ui/moment.ts';
import { dayAt, sayDay } from '#lib/requests/status-text.ts';
import { calendarsOf } from '#lib/sla/hours.ts';
import { windowsFrom, type Window } from '../call-back.ts';

const { working } = calendarsOf(config);

export const windowsNow = (now: Date): Window[] => windowsFrom(working, now);

/** Those in which another call can be promised. */
export async function windowsFree(db: Db, now: Date): Promise<Window[]> {
  const { rows } = await sql<{ at: Date }>`
    select at from call_windows_full(${config.callsPerWindow}) as at`.execute(db);
  const full = new Set(rows.map(({ at }) => at.getTime()));
  return windowsFrom(working, now, ({ from }) => full.has(from.getTime()));
}

/** "tomorrow, 8 AM – 10 AM", as the utility's clock has it. */
export function sayWindow({ from, to }: Pick<Window, 'from' | 'to'>, t: Words, now: Date): string {
  const hour = (at: Date) => writeMoment(at, 'time', t.locale, config.timeZone);
  const day = sayDay(dayAt(from, config.timeZone), t, dayAt(now, config.timeZone));
  return t('calls.window', { day, from: hour(from), to: hour(to) });
}

/** What forms offer: each window by its name, and in words. */
export const windowChoices = (t: Words, now: Date, windows = windowsNow(now)) =>
  windows.map((window) => ({ value: window.id, label: sayWindow(window, t, now) }));
