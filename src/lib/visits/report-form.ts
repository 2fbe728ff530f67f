/** What a technician's report accepts. */
import * as v from 'valibot';
import { clean, oneLine } from '#lib/platform/cleaning.ts';
import { bare } from '#lib/platform/spelled.ts';
import { outcomes } from './day.ts';

/** As long as the database takes. */
export const longestNote = 2000;

const text = (most: number) =>
  v.pipe(
    v.fallback(v.string(), ''),
    v.transform((typed) => clean(typed).trim().slice(0, most))
  );

export const ReportForm = v.object({
  key: v.pipe(v.string(), v.uuid()),
  outcome: v.picklist(outcomes),
  note: text(longestNote),
  met: v.pipe(text(100), v.transform(oneLine)),
  digits: text(20),
  /** That they are there before the hours that were agreed. */
  early: v.pipe(
    v.fallback(v.string(), ''),
    v.transform((typed) => typed === 'yes')
  ),
  /** What the customer said; what stands between its digits does not count. */
  code: v.pipe(text(40), v.transform(bare)),
  /** Drawn by hand, as a page gives it; the house of files judges it. */
  signature: v.pipe(v.fallback(v.string(), ''), v.maxLength(300_000)),
  /** Ids of photos. A telephone that was without a line sends them in one piece. */
  attachment: v.pipe(
    v.fallback(v.string(), ''),
    v.transform((ids) => ids.split(',').filter(Boolean).slice(0, 20))
  ),
  /** By the clock of the telephone it was written on; now where it says none. */
  happened_at: v.pipe(
    v.fallback(v.string(), ''),
    v.transform((typed) => {
      const at = new Date(typed);
      return Number.isNaN(at.getTime()) ? new Date() : at;
    })
  )
});
