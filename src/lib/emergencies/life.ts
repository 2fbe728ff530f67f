/** The life of an emergency: it only goes forward, and only a person of staff may end it. The database agrees. */

export const emergencyStatuses = [
  'received',
  'acknowledged',
  'dispatched',
  'attended',
  'made_safe',
  'stood_down'
] as const;
export type EmergencyStatus = (typeof emergencyStatuses)[number];

/** What its log can say: how it came in and where it went, and all that was shown, said and told on the way. */
export const entryKinds = [
  ...emergencyStatuses,
  'shown',
  'said_again',
  'said_safe',
  'contact_given',
  'escalated',
  'urged',
  'words_full',
  'network_full'
] as const;
export type EntryKind = (typeof entryKinds)[number];

/** What it is about; null where the screen could not tell. */
export type Hazard = 'gas' | 'co' | 'fire';

/** What a record is headed by: each danger that was heard, the first one first. */
export const heardOf = ({ hazard, hazards }: { hazard: Hazard | null; hazards: readonly Hazard[] }) =>
  hazards.length > 0 ? hazards : [hazard ?? ('unknown' as const)];

export const canGo = (from: EmergencyStatus, to: EmergencyStatus) => moves[from].some((step) => step === to);

export const isOver = (status: EmergencyStatus) => moves[status].length === 0;

/** Where an emergency can go; nothing becomes received again. */
export type NextStatus = Exclude<EmergencyStatus, 'received'>;

/** Where it may go from here, the usual step first. */
export const stepsFrom = (status: EmergencyStatus): readonly NextStatus[] => moves[status];

/** Why somebody may stand an emergency down. A closed list: the log is no place for free text. */
export const standDownReasons = ['said_safe', 'false_alarm', 'twice', 'drill'] as const;
export type StandDownReason = (typeof standDownReasons)[number];

/** A step may be left out, for the record is often written after the deed; it is never taken back. */
const moves: Record<EmergencyStatus, readonly NextStatus[]> = {
  received: ['acknowledged', 'dispatched', 'attended', 'made_safe', 'stood_down'],
  acknowledged: ['dispatched', 'attended', 'made_safe', 'stood_down'],
  dispatched: ['attended', 'made_safe', 'stood_down'],
  attended: ['made_safe', 'stood_down'],
  made_safe: [],
  stood_down: []
};
