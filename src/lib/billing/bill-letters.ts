/** Which letter about a bill goes on a day, and which never does: the rules. Pure. */

/** That a bill has come, that its day is near, that its day has passed. */
export const billLetters = ['new', 'due', 'overdue'] as const;
export type BillLetter = (typeof billLetters)[number];

export interface BillToTell {
  /** `YYYY-MM-DD` */
  issued_on: string;
  due_on: string;
  /** Minor units; a credit note is negative. */
  total: bigint;
  open: bigint;
  /** Money for it is on its way. */
  paying: boolean;
  /** An open request asks about it: nobody is pressed to pay it. */
  disputed: boolean;
  /** It is paid as was agreed: the days of the plan have letters of their own. */
  planned: boolean;
  /** Their bank pays it by itself. */
  bank: boolean;
  /** No paper comes: this letter is all there is. */
  paperless: boolean;
  /** So many days before it is due its reader wants to hear; null where nobody said. */
  remind: number | null;
}

/** Days of bills, both ends included. */
export interface Days {
  from: string;
  to: string;
}

/** A bill that was issued longer ago was brought in from another system: its customer has had it on paper. */
const newFor = 14;
/** So many days before its day a bill is called to mind; not in the first days, when its letter has only just come. */
const dueWithin = 5;
const dueAtMost = 21;
const restAfterNew = 3;
/** A bank may take two days over a payment; after two weeks it is for those who collect money to write. */
const overdueAfter = 2;
const overdueFor = 14;

/** The bills among which those to tell of are found: by the day of issue for new ones, else by the day they are due. */
export function daysOf(letter: BillLetter, today: string): Days {
  if (letter === 'new') return { from: plus(today, -newFor), to: today };
  if (letter === 'due') return { from: today, to: plus(today, dueAtMost) };
  return { from: plus(today, -overdueFor), to: plus(today, -overdueAfter) };
}

/** Whether a letter about a bill goes on this day. */
export function isTold(letter: BillLetter, bill: BillToTell, today: string): boolean {
  const { from, to } = daysOf(letter, today);
  const day = letter === 'new' ? bill.issued_on : bill.due_on;
  if (day < from || day > to) return false;
  if (letter === 'new') return bill.total !== 0n;
  if (bill.open <= 0n || bill.paying || bill.disputed || bill.planned || bill.bank) return false;
  if (letter === 'due' && day > plus(today, bill.remind ?? dueWithin)) return false;
  return letter === 'overdue' || bill.issued_on <= plus(today, -restAfterNew);
}

/**
 * Whether a letter goes even where letters about bills are turned off: we promised it to who gets no paper, and to who
 * asked to be reminded. Whoever may act on the account can end that promise.
 */
export const isPromised = (
  letter: BillLetter,
  { paperless, remind }: Pick<BillToTell, 'paperless' | 'remind'>,
  scope: string
): boolean => scope === 'act' && (letter === 'new' ? paperless : letter === 'due' && remind !== null);

const plus = (day: string, days: number) => Temporal.PlainDate.from(day).add({ days }).toString();
