/** What programmes there are, how each may go on, and by whom: the closed lists that the database holds too. */

import type { Actor } from '#lib/platform/actor.ts';

export const programmeKinds = [
  'arrangement',
  'extension',
  'budget',
  'autopay',
  'paperless',
  'reminders'
] as const;
export type ProgrammeKind = (typeof programmeKinds)[number];
export type ProgrammeState = 'asked' | 'active' | 'kept' | 'broken' | 'left';
export type AutopayMethod = 'card' | 'bank';
export type ProgrammeDeed =
  'asked' | 'began' | 'kept' | 'broken' | 'left' | 'reviewed' | 'charged' | 'declined';
export type ByWhom = 'customer' | 'staff' | 'system';

/** From, to, by whom. Nobody but the clock says that an agreement was kept or broken: days and payments do. */
export const programmeMoves: readonly (readonly [ProgrammeState, ProgrammeState, ByWhom])[] = [
  ['asked', 'active', 'staff'],
  ['asked', 'left', 'customer'],
  ['asked', 'left', 'staff'],
  ['active', 'left', 'customer'],
  ['active', 'left', 'staff'],
  ['active', 'kept', 'system'],
  ['active', 'broken', 'system']
];

/** Whoever answers for it says that a bank has agreed: from then on nobody reminds of what the bank pays. */
export const canBegin = (actor: Actor): boolean =>
  actor.kind === 'person' && (actor.role === 'supervisor' || actor.role === 'admin');

export const isInForce = (state: ProgrammeState) => state === 'asked' || state === 'active';
