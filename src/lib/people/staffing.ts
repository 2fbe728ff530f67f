/** What pages and commands about staff agree on: views, forms, how long an invitation stands, the deeds told of. */
import { staffRoles, type StaffRole } from '#lib/platform/actor.ts';
import { isId } from '#lib/platform/id.ts';
import { pageIn } from '#lib/platform/page-number.ts';

export const isStaffRole = (role: string): role is StaffRole => staffRoles.some((one) => one === role);

/** The role that a form has named. Its fields are judged before. */
export const staffRoleOf = (role: string): StaffRole => (isStaffRole(role) ? role : 'agent');

/** What the list of staff shows. */
export interface StaffView {
  search: string;
  show: 'active' | 'deactivated';
  /** From 1. */
  page: number;
}

/** Reads an address. What it does not say, or says wrongly, is as usual. */
export function readStaffView(params: URLSearchParams): StaffView {
  return {
    search: (params.get('search') ?? '').trim().slice(0, 100),
    show: params.get('show') === 'deactivated' ? 'deactivated' : 'active',
    page: pageIn(params)
  };
}

/** The same as a query, with nothing in it that is as usual. */
export function writeStaffView({ search, show, page }: StaffView): string {
  const params = new URLSearchParams({
    ...(search && { search }),
    ...(show !== 'active' && { show }),
    ...(page > 1 && { page: String(page) })
  });
  return params.size > 0 ? `?${params}` : '';
}

/** Who gets what somebody had in hand: a colleague, a team, or, when neither is named, each request's own team. */
export interface Heir {
  agent: string | null;
  team: string | null;
}

/** `agent:` or `team:` and an id, or nothing. Null when it is none of these. */
export function readHeir(text: string): Heir | null {
  if (text === '') return { agent: null, team: null };
  const [kind, id = ''] = text.split(':');
  if (!isId(id) || (kind !== 'agent' && kind !== 'team')) return null;
  return { agent: kind === 'agent' ? id : null, team: kind === 'team' ? id : null };
}

/** The letter says so too. */
export const invitationDays = 7;

/** Everything about staff and teams that the audit log tells, as it is named there. */
export const staffDeeds = [
  'invitation.sent',
  'invitation.sent_again',
  'invitation.withdrawn',
  'invitation.accepted',
  'person.created',
  'person.role_changed',
  'person.team_changed',
  'person.deactivated',
  'person.reactivated',
  'person.second_factor_reset',
  'team.made',
  'team.renamed',
  'team.retired',
  'team.given_group'
] as const;
export type StaffDeed = (typeof staffDeeds)[number];
