/** What was changed about the staff of the town: somebody came, somebody changed teams, somebody left, one is invited. */
import { randomUUIDv7 } from 'node:crypto';
import type { StaffDeed } from '#lib/people/staffing.ts';
import { keyAt } from './life.ts';
import type { makeTown } from './town.ts';

export function makeStaffChanges({ people, teams }: ReturnType<typeof makeTown>, now: Date) {
  /** In the hours of an office, and never twice the same. */
  const since = (days: number) => {
    const at = new Date(now.getTime() - days * 24 * 3_600_000);
    at.setUTCHours(14 + (days % 6), (days * 7) % 60);
    return at;
  };
  const team = (code: string) => teams.find((one) => one.code === code)?.id ?? null;
  const idOf = (name: string) => people.find((one) => one.name === name)?.id ?? null;
  const admin = people.find(({ role }) => role === 'admin')?.id ?? null;

  const [came, left] = [randomUUIDv7(), randomUUIDv7()];
  const colleague = (id: string, name: string, email: string, teamCode: string) => ({
    ...{ id, name, email, email_verified: true, role: 'agent', team_id: team(teamCode), demo: true }
  });
  const invited = {
    id: randomUUIDv7(),
    ...{ name: 'Felix Brandt', email: 'felix.brandt@staff.example', role: 'agent', team_id: team('field') },
    ...{ invited_by: admin, sent_at: since(2), expires_at: since(-5) }
  };

  const deeds: Deed[] = [
    [231, 'team.renamed', 'team', team('care'), { from: 'Customer service', to: 'Customer care' }],
    [230, 'team.given_group', 'team', team('care'), { group: 'moving' }],
    [204, 'invitation.sent', 'person', came, { role: 'agent', team: team('care') }],
    [202, 'invitation.accepted', 'person', came, { role: 'agent', team: team('care') }],
    [118, 'person.team_changed', 'person', idOf('Tomasz Nowak'), { from: team('meters'), to: team('field') }],
    [61, 'person.second_factor_reset', 'person', idOf('Imani Cole'), {}],
    [34, 'person.deactivated', 'person', left, {}],
    [9, 'invitation.sent', 'person', invited.id, { role: 'agent', team: team('field') }],
    [2, 'invitation.sent_again', 'person', invited.id, {}]
  ];

  return {
    people: [
      { ...colleague(came, 'Nora Whitlock', 'nora.whitlock@staff.example', 'care'), created_at: since(202) },
      { ...colleague(left, 'Leon Fischer', 'leon.fischer@staff.example', 'billing'), created_at: since(560) }
    ].map((one) => ({
      ...one,
      locale: 'en',
      two_factor_enabled: true,
      updated_at: one.created_at,
      deactivated_at: one.id === left ? since(34) : null,
      seen_at: since(one.id === left ? 34 : 1)
    })),
    invitations: [{ ...invited, link: crypto.randomUUID(), locale: 'en' }],
    entries: deeds.map(([days, action, subject_kind, subject_id, detail]) => ({
      ...{ id: keyAt(since(days)), at: since(days), action, subject_kind, subject_id, detail },
      // Whoever accepts an invitation does so themself.
      ...(action === 'invitation.accepted'
        ? { actor_id: subject_id, actor_role: 'agent' }
        : { actor_id: admin, actor_role: 'admin' })
    }))
  };
}

/** How many days ago, what, about what and whom, and what the log keeps of it. */
type Deed = [number, StaffDeed, 'team' | 'person', string | null, Record<string, string | null>];
