/** A day's deliveries: how each stands at this moment, and the order in which a lorry drives. Pure. */
import { dayAt } from '#lib/requests/status-text.ts';
import { inOrder, standing } from '#lib/visits/day.ts';
import type { OrderStatus } from './status.ts';

interface Stop {
  status: OrderStatus;
  place_in_run: number | null;
  on_day: string;
  from_time: string;
  to_time: string;
  zone: string;
}

/** As visits stand: late is what is not there when its hours are over, at risk what nobody has packed shortly before. */
export const standingOf = ({ status, on_day, from_time, to_time, zone }: Stop, now: Date) =>
  standing(
    {
      ...{ on_day, from_time, to_time, zone, state: stateOf[status] },
      technician_id: status === 'placed' ? null : 'packed'
    },
    now
  );

const stateOf: Record<OrderStatus, string> = {
  preordered: 'booked',
  placed: 'booked',
  packed: 'booked',
  on_the_way: 'on_the_way',
  delivered: 'done',
  missed: 'missed',
  cancelled: 'missed'
};

/** Whether the day on which it is to be brought, on the clock of its place, is still to come. */
export const isBeforeDay = (slot: { on_day: string; zone: string } | null, now: Date) =>
  slot !== null && dayAt(now, slot.zone) < slot.on_day;

/** As it was set by hand, then by the hours, then street by street. */
export const inRun = <One extends Stop & { line: string }>(stops: readonly One[]): One[] =>
  inOrder(
    stops
      .toSorted((a, b) => street(a.line).localeCompare(street(b.line)))
      .map((stop) => ({ ...stop, place_in_day: stop.place_in_run }))
  );

/** “4 Mill Lane” stands with “11 Mill Lane”. */
const street = (line: string) => line.replace(/^[\d\s-]+[a-z]?\s/i, '');

/** The run with one stop a place earlier or later; null where there is none to change with. */
export function moved(references: readonly string[], which: string, by: 1 | -1): string[] | null {
  const at = references.indexOf(which);
  const other = references[at + by];
  if (at < 0 || other === undefined) return null;
  return references.map((one, index) => (index === at ? other : index === at + by ? which : one));
}
