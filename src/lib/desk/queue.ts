/** The desk's queues, and how an address says which part of one is shown. */

export const queues = ['mine', 'unassigned', 'team', 'all', 'waiting', 'overdue'] as const;
export type Queue = (typeof queues)[number];

/** Counts stop here: "200+" says as much to a person, and costs the same with a million rows. */
export const mostCounted = 200;

/** Where a page of a queue ends and the next begins: the band, the promise and the id of its last row. */
export interface After {
  rank: number;
  due: string;
  id: string;
}

/** What the list shows. */
export interface View {
  queue: Queue;
  search: string;
  after: After | null;
}

/** Reads an address. What it does not say, or says wrongly, is as `usual`. */
export function readView(params: URLSearchParams, usual: Queue): View {
  const queue = params.get('queue');
  return {
    queue: isQueue(queue) ? queue : usual,
    search: (params.get('search') ?? '')
      .replace(/\p{Cc}/gu, ' ')
      .trim()
      .slice(0, 100),
    after: readAfter(params.get('after'))
  };
}

/** The same as a query, `?queue=mine&search=boiler`. */
export function writeView({ queue, search = '', after = null }: Partial<View> & { queue: Queue }): string {
  const params = new URLSearchParams({ queue });
  if (search) params.set('search', search);
  if (after) params.set('after', writeAfter(after));
  return `?${params}`;
}

/** Agents begin with what their team has to do; who has no team begins with everything. */
export const usualQueue = (team: string | null): Queue => (team ? 'team' : 'all');

const isQueue = (value: string | null): value is Queue => queues.some((queue) => queue === value);

const writeAfter = ({ rank, due, id }: After) => `${rank}~${due}~${id}`;

/** Only a real band, moment and id reach the database, whatever is written in the address. */
function readAfter(text: string | null): After | null {
  const [rank = '', due = '', id = ''] = (text ?? '').split('~');
  const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);
  const isWhole = /^\d\d?$/.test(rank) && isId && (due === 'infinity' || isMoment(due));
  return isWhole ? { rank: Number(rank), due, id } : null;
}

/** `2027-03-09T08:00:00.123456Z`, to the microsecond as the database counts. */
function isMoment(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/.test(text)) return false;
  const moment = new Date(text);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().slice(0, 19) === text.slice(0, 19);
}
