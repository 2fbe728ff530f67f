/** The log of emergencies as a table to be handed over: what was shown, told and done, when and by whom. */
import type { Cell } from '#lib/platform/csv.ts';

interface Entry {
  reference: string;
  hazard: string | null;
  channel: string;
  number: number;
  at: Date;
  kind: string;
  actor_role: string;
  actor_name: string | null;
  payload: Record<string, unknown>;
}

/** The headings are the names of our fields in every language, for programs read this table too. */
export const recordOf = (log: readonly Entry[]): Cell[][] => [
  ['reference', 'hazard', 'channel', 'entry', 'at', 'kind', 'role', 'name', 'detail'],
  ...log.map(({ reference, hazard, channel, number, at, kind, actor_role, actor_name, payload }) => [
    ...[reference, hazard, channel, number, at, kind, actor_role, actor_name],
    Object.keys(payload).length > 0 ? JSON.stringify(payload) : ''
  ])
];
