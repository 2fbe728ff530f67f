/** What a request is about: a bill or a reading; and what that holds up. Pure. */
import { isOpen, type Status } from './status.ts';

export type About =
  | { kind: 'bill'; number: string; total: bigint; currency: string; due_on: string }
  | { kind: 'reading'; id: string; digits: string; read_on: string; serial: string };

/**
 * Whether a bill is disputed by a request of this status: until it is answered nobody presses for the money. The database
 * holds the same (`bill_disputed`), where letters and whoever collects money ask it.
 */
export const isDisputing = (status: Status): boolean => isOpen(status);
