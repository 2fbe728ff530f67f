/** Who must have a second factor, and who may see and change whom. */
import { expect, test } from 'vitest';
import { roles, type PersonActor } from '#lib/platform/actor.ts';
import {
  mayChangeRole,
  mayChangeStaff,
  mayCreatePerson,
  mayDeactivate,
  mayManageStaff,
  mayReactivate,
  mayResetSecondFactor,
  maySeeColleague,
  maySeeStaff,
  maySwitchOffSecondFactor,
  mustSetUpSecondFactor
} from './access.ts';

const person = (
  role: PersonActor['role'],
  { id = 'one', team = null as string | null } = {}
): PersonActor => ({
  kind: 'person',
  id,
  role,
  team
});
const colleague = { id: 'another', team_id: 'bills', deactivated_at: null, two_factor_enabled: true };
const gone = { ...colleague, deactivated_at: new Date() };

test('staff must have a second factor, except the people of the demonstration', () => {
  for (const role of roles) {
    const isStaff = role !== 'customer';
    expect(mustSetUpSecondFactor({ role, twoFactor: false, demo: false })).toBe(isStaff);
    expect(mustSetUpSecondFactor({ role, twoFactor: true, demo: false })).toBe(false);
    expect(mustSetUpSecondFactor({ role, twoFactor: false, demo: true })).toBe(false);
    expect(maySwitchOffSecondFactor({ role, demo: false })).toBe(!isStaff);
  }
});

test('only an admin changes staff, and only others', () => {
  for (const role of roles) {
    for (const rule of [mayChangeRole, mayDeactivate, mayResetSecondFactor])
      expect(rule(person(role), colleague)).toBe(role === 'admin');
    expect(mayReactivate(person(role), gone)).toBe(role === 'admin');
    expect(mayManageStaff(person(role))).toBe(role === 'admin');
  }
  const self = { ...colleague, id: 'one' };
  for (const rule of [mayChangeRole, mayDeactivate, mayResetSecondFactor])
    expect(rule(person('admin'), self)).toBe(false);
  expect(mayReactivate(person('admin'), { ...gone, id: 'one' })).toBe(false);
  expect(mayChangeStaff({ kind: 'system' }, 'another')).toBe(false);
});

test('whoever is deactivated can only be let in again, and nothing is reset that is not there', () => {
  for (const rule of [mayChangeRole, mayDeactivate, mayResetSecondFactor])
    expect(rule(person('admin'), gone)).toBe(false);
  expect(mayReactivate(person('admin'), colleague)).toBe(false);
  expect(mayResetSecondFactor(person('admin'), { ...colleague, two_factor_enabled: false })).toBe(false);
});

test('admins see all staff, supervisors their team and themselves, others nobody', () => {
  const sees = (actor: PersonActor, id = 'another') => maySeeColleague(actor, { id, team_id: 'bills' });
  expect(sees(person('admin'))).toBe(true);
  expect(sees(person('supervisor', { team: 'bills' }))).toBe(true);
  expect(sees(person('supervisor', { team: 'meters' }))).toBe(false);
  expect(sees(person('supervisor'), 'one')).toBe(true);
  expect(maySeeColleague(person('supervisor'), { id: 'another', team_id: null })).toBe(false);
  expect(sees(person('agent', { team: 'bills' }))).toBe(false);
  expect(sees(person('customer', { team: 'bills' }))).toBe(false);
  for (const role of roles) expect(maySeeStaff(person(role))).toBe(role === 'supervisor' || role === 'admin');
});

test('people are made by an admin or at the first start', () => {
  expect(mayCreatePerson({ kind: 'system' })).toBe(true);
  for (const role of roles) expect(mayCreatePerson(person(role))).toBe(role === 'admin');
  expect(mayCreatePerson({ kind: 'visitor', visitor: null })).toBe(false);
});
