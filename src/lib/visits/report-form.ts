/** What a technician's report accepts. */
import * as v from 'valibot';
import { clean } from '#lib/platform/cleaning.ts';
import { outcomes } from './day.ts';

const text = (most: number) =>
  v.pipe(
    v.fallback(v.string(), ''),
    v.transform((typed) => clean(typed).trim().slice(0, most))
  );

export const ReportForm = v.object({
  key: v.pipe(v.string(), v.uuid()),
  outcome: v.picklist(outcomes),
  note: text(2000),
  met: text(100),
  digits: text(20),
  /** By the clock of the telephone it was written on; now where it says none. */
  happened_at: v.pipe(
    v.fallback(v.string(), ''),
    v.transform((typed) => {
      const at = new Date(typed);
      return Number.isNaN(at.getTime()) ? new Date() : at;
    })
  )
});
