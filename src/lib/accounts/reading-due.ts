/** When a meter is asked to be read: the rule of the reminder, and of the first page. Pure. */

/** When a meter was last read by anybody, and when its use was last only estimated; `YYYY-MM-DD`. */
export interface LastRead {
  read: string | null;
  estimated: string | null;
}

/** A meter read every month is not asked for; one that was not, after six weeks. */
const quietFor = 45;
/** A meter that nobody has read for so long is not read by its customers: its readings come from elsewhere, or from nobody. */
const forgottenAfter = 400;

/** Whether a reading is wanted now: the last bill was a guess, or the last reading is long ago. */
export function isReadingDue({ read, estimated }: LastRead, today: string): boolean {
  if (read === null) return false;
  const days = Temporal.PlainDate.from(read).until(today, { largestUnit: 'day' }).days;
  if (days > forgottenAfter) return false;
  return days >= quietFor || (estimated !== null && estimated > read);
}

/** The month in which a reminder counts: a meter has one in each, at most. */
export const monthOf = (today: string) => Temporal.PlainDate.from(today).with({ day: 1 }).toString();
