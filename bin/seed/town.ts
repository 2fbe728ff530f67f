/** The town: its teams, its staff, its customers with their accounts, homes and meters. */
import { randomUUIDv7 } from 'node:crypto';
import { demoPeople } from '#lib/people/demo.ts';
import type { Locale } from '#lib/platform/language.ts';
import type { Chance } from './chance.ts';
import type { Agent, Customer } from './life.ts';
import { colleagues, firstNames, lastNames, streets, teamOfGroup, teams, towns } from './names.ts';

export const customersOfTown = 300;

export function makeTown(now: Date, passwordHash: string, luck: Chance) {
  const teamRows = teams.map(([code, name]) => ({ id: randomUUIDv7(), code, name }));
  const teamId = (code: string | null) => teamRows.find((team) => team.code === code)?.id ?? null;
  const since = (days: number) => new Date(now.getTime() - days * 24 * 3_600_000);

  const person = (
    email: string,
    name: string,
    role: string,
    team: string | null,
    locale: Locale,
    days: number
  ) => ({
    id: randomUUIDv7(),
    email,
    email_verified: true,
    name,
    role,
    team_id: teamId(team),
    locale,
    two_factor_enabled: false,
    seen_at: null as Date | null,
    demo: true,
    created_at: since(days),
    updated_at: since(days)
  });

  const signingIn = demoPeople.map(([email, name, role, team]) => person(email, name, role, team, 'en', 560));
  const others = colleagues.map(([name, team], index) => ({
    ...person(`agent${index + 1}@staff.example`, name, 'agent', team, 'en', 560),
    seen_at: since(index / 7)
  }));
  const neighbours = Array.from({ length: customersOfTown - 2 }, (_, index) =>
    person(
      `customer${index + 1}@town.example`,
      `${luck.one(firstNames)} ${luck.one(lastNames)}`,
      'customer',
      null,
      luck.falls(0.2) ? 'es' : 'en',
      luck.whole(20, 560)
    )
  );

  const people = [...signingIn, ...others, ...neighbours];
  const residents = people.filter(({ role }) => role === 'customer');
  const homes = residents.map((resident, index) => homeOf(resident, index, luck));
  const methods = signingIn.map(({ id }) => ({
    id: randomUUIDv7(),
    person_id: id,
    provider_id: 'credential',
    account_id: id,
    password: passwordHash
  }));

  const customers: Customer[] = residents.map(({ id, locale }, index) => ({
    id,
    locale,
    account: homes[index]?.account.id ?? null,
    premises: homes[index]?.premises.id ?? null
  }));
  const agents: Agent[] = people.flatMap(({ id, role, team_id }) =>
    role === 'agent' && team_id ? [{ id, team: team_id }] : []
  );

  return {
    teams: teamRows,
    people,
    methods,
    homes,
    customers,
    agents,
    teamOf: (group: string) => teamId(teamOfGroup[group] ?? 'care') ?? ''
  };
}

export type Home = ReturnType<typeof homeOf>;

export function homeOf(
  resident: { id: string; name: string; created_at: Date },
  index: number,
  luck: Chance
) {
  const account = { id: randomUUIDv7(), number: String(40_120_000 + index * 37), holder: resident.name };
  const [town, postcode] = luck.one(towns);
  const premises = {
    id: randomUUIDv7(),
    account_id: account.id,
    line: `${luck.whole(1, 140)} ${luck.one(streets)}`,
    town,
    postcode
  };
  return {
    account,
    premises,
    member: {
      ...{ account_id: account.id, person_id: resident.id, kind: 'holder', scope: 'act' },
      created_at: resident.created_at
    },
    meter: {
      id: randomUUIDv7(),
      premises_id: premises.id,
      serial: `G4-${String(810_000 + index * 13)}`,
      digits: 5,
      installed_on: `${luck.whole(2009, 2024)}-0${luck.whole(1, 9)}-1${luck.whole(0, 9)}`
    }
  };
}
