/** When a slot may be picked, moved and called off: what a utility sets for itself. Pure; the clock is handed in. */

export const slotKinds = ['visit', 'delivery'] as const;
export type SlotKind = (typeof slotKinds)[number];

/** Why nobody comes on a day after all. */
export const closedReasons = ['weather', 'staff', 'holiday', 'safety', 'other'] as const;

/** A local moment before the slot's day: so many days before it, at this time. */
export interface CutOff {
  days: number;
  at: string;
}

export interface SlotRules {
  /** How many hours before it begins a slot is offered for the last time. */
  notice: number;
  /** How many days ahead slots are offered. */
  ahead: number;
  moveUntil: CutOff;
  cancelUntil: CutOff;
  /** What it costs where we came and were not let in, in minor units. */
  notLetIn: number;
  /** Whether somebody of age must be there. */
  adult: boolean;
}

export const slotRules: Record<SlotKind, SlotRules> = {
  visit: {
    notice: 18,
    ahead: 35,
    moveUntil: { days: 0, at: '00:00' },
    cancelUntil: { days: 0, at: '00:00' },
    notLetIn: 0,
    adult: true
  },
  delivery: {
    notice: 12,
    ahead: 28,
    moveUntil: { days: 1, at: '16:00' },
    cancelUntil: { days: 1, at: '16:00' },
    notLetIn: 0,
    adult: false
  }
};

/** The span in which a slot may begin that is offered now. */
export const offeredSpan = ({ notice, ahead }: SlotRules, now: Date) => ({
  after: new Date(now.getTime() + notice * 3_600_000),
  before: new Date(now.getTime() + ahead * 86_400_000)
});

/** Whether the cut-off of a slot's local day still lies ahead. */
export const isBefore = (cutOff: CutOff, slot: { on_day: string; zone: string }, now: Date): boolean =>
  now.getTime() < untilOf(cutOff, slot).getTime();

/** A cut-off for a sentence: at midnight, on the day itself, or so many days before, at an hour. */
export const cutOffWords = ({ days, at }: CutOff) => ({
  when: at === '00:00' && days === 0 ? ('midnight' as const) : ('hour' as const),
  days,
  at
});

/** The same for a refusal, which is put into words where its reader's language is known: an hour that any clock shows. */
export function cutOffValues({ days, at }: CutOff) {
  const [hour = 0, minute = 0] = at.split(':').map(Number);
  return { ...cutOffWords({ days, at }), at: new Date(2000, 0, 1, hour, minute) };
}

/** Of two cut-offs the one that comes first. */
export const stricter = (one: CutOff, other: CutOff) =>
  one.days > other.days || (one.days === other.days && one.at < other.at) ? one : other;

function untilOf({ days, at }: CutOff, slot: { on_day: string; zone: string }): Date {
  const day = Temporal.PlainDate.from(slot.on_day).subtract({ days });
  return new Date(day.toZonedDateTime({ timeZone: slot.zone, plainTime: at }).epochMilliseconds);
}
