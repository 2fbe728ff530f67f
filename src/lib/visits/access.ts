/** The visit of a request: who may book, move and call it off, and until when. Pure; the clock is handed in. */
import type { ServiceType } from '#lib/forms/definition.ts';
import { isStaff, type Actor } from '#lib/platform/actor.ts';
import { plain } from '#lib/platform/cleaning.ts';
import { isBefore, type SlotRules } from '#lib/slots/rules.ts';
import { canWorkOn, speaksFor, type Subject } from '#lib/requests/access.ts';
import { isOpen, type Status } from '#lib/requests/status.ts';

/** Whether somebody comes about it: as its kind has it, as the desk has said, or as it is booked. */
export const takesVisit = (
  request: { status: Status; needs_visit: boolean },
  { needs }: Pick<ServiceType, 'needs'>
) => (needs.appointment || request.needs_visit || request.status === 'scheduled') && isOpen(request.status);

/** Whether what is told of a request speaks of a visit that came to nothing: then somebody may owe something for it. */
export const cameToNothing = (events: readonly { kind: string; payload: { state?: unknown } }[]) =>
  events.some(
    ({ kind, payload }) => kind === 'visit' && ['missed', 'no_access'].includes(String(payload.state))
  );

/** A visit that is still to come, on the clock of its place. */
export interface ComingVisit {
  on_day: string;
  from_time: string;
  to_time: string;
  zone: string;
  state: string;
  /** The hour in which somebody who has set out is there. */
  expected_from: string | null;
  expected_to: string | null;
}

/** Whether this actor may book a visit now, where the kind of request has one. */
export const canBookVisit = (actor: Actor, request: Subject) =>
  isStaff(actor) ? canWorkOn(actor, request) : speaksFor(actor, request) && isOpen(request.status);

/** What a customer may do with a visit that is booked, by the rules of its slot; staff may until it is over. */
export function changesOf(actor: Actor, request: Subject, visit: ComingVisit, { rules, now }: ByRules) {
  if (!canBookVisit(actor, request)) return { move: false, callOff: false };
  const free = isStaff(actor) || visit.state === 'booked';
  const until = (cutOff: SlotRules['moveUntil']) => isStaff(actor) || isBefore(cutOff, visit, now);
  return { move: free && until(rules.moveUntil), callOff: free && until(rules.cancelUntil) };
}

interface ByRules {
  rules: SlotRules;
  now: Date;
}

/** Post codes as they are written in the lands that we know, in a text that holds an address. */
export const postcodesIn = (text: string): string[] =>
  plain(text)
    .toUpperCase()
    .match(/\b(?:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|\d{6}|\d{5}(?:-\d{4})?)\b/g) ?? [];
