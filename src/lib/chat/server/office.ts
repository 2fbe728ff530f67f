/** Whether our people are at work, by the utility's calendar. */
import { config } from '#lib/platform/server/config.ts';
import { workingMinutesBetween } from '#lib/sla/calendar.ts';
import { calendarsOf } from '#lib/sla/hours.ts';

const { working } = calendarsOf(config);

export const isAtWork = (now: Date): boolean =>
  workingMinutesBetween(working, now, new Date(now.getTime() + 60_000)) > 0;
