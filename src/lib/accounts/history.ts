/** What a line of somebody's history is, and how the lines of many sources become one list. */

export const historyKinds = ['request', 'visit', 'order', 'bill', 'payment', 'reading', 'change'] as const;
export type HistoryKind = (typeof historyKinds)[number];

/** `at` is an instant as the database writes it; `key` orders what happened at the same one. */
export interface HistoryLine {
  kind: HistoryKind;
  at: string;
  key: string;
  text: string;
  href: string | null;
  /** Known to the day only. */
  day: boolean;
  /** The number of the account it belongs to: said where somebody sees several. */
  account?: string;
}

/** Where a page ends. */
export type Mark = Pick<HistoryLine, 'at' | 'key'>;

/** Only lines before the mark, and at most so many. */
export interface Window {
  before: Mark | null;
  most: number;
  /** Only what is about something of this name: a title, a reference, the number of a bill or of a meter. */
  search?: string;
}

/** Merges what each source gave for the same window: newest first, at most so many, and whether there is more. */
export function mergeHistory<Line extends Mark>(sources: readonly Line[][], most: number) {
  const all = sources.flat().toSorted(newestFirst);
  const lines = all.slice(0, most);
  return { lines, next: all.length > most ? (lines.at(-1) ?? null) : null };
}

const newestFirst = (a: Mark, b: Mark) => compare(b.at, a.at) || compare(b.key, a.key);

/** The database writes all of them in one zone, with as many places as are needed: their order is that of the letters. */
const compare = (a: string, b: string) => (a === b ? 0 : a < b ? -1 : 1);

/** The instant of a mark, for reading. */
export const instantOf = ({ at }: Pick<Mark, 'at'>) => new Date(at.replace(' ', 'T').replace('+00', 'Z'));

/** A mark as it stands in an address. Anything else is none. */
export const writeMark = ({ at, key }: Mark) => `${at}~${key}`;

export function readMark(text: string | null): Mark | null {
  const [, at, key] =
    /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?\+00)~([\w-]{1,60})$/.exec(text ?? '') ?? [];
  return at && key && !Number.isNaN(instantOf({ at }).getTime()) ? { at, key } : null;
}
