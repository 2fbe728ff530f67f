/** Who must have a second factor, and who may change whom. */
import { expect, test } from 'vitest';
import { roles, type PersonActor } from '#lib/platform/actor.ts';
import { mayChangeRole, mayCreatePerson, maySwitchOffSecondFactor, mustSetUpSecondFactor } from './access.ts';

const person = (role: PersonActor['role'], id = 'one'): PersonActor => ({
  kind: 'person',
  id,
  role,
  team: null
});

test('staff must have a second factor, except the people of the demonstration', () => {
  for (const role of roles) {
    const isStaff = role !== 'customer';
    expect(mustSetUpSecondFactor({ role, twoFactor: false, demo: false })).toBe(isStaff);
    expect(mustSetUpSecondFactor({ role, twoFactor: true, demo: false })).toBe(false);
    expect(mustSetUpSecondFactor({ role, twoFactor: false, demo: true })).toBe(false);
    expect(maySwitchOffSecondFactor({ role, demo: false })).toBe(!isStaff);
  }
});

test('only an admin changes roles, and only those of others', () => {
  for (const role of roles) expect(mayChangeRole(person(role), 'another')).toBe(role === 'admin');
  expect(mayChangeRole(person('admin'), 'one')).toBe(false);
  expect(mayChangeRole({ kind: 'system' }, 'another')).toBe(false);
});

test('people are made by an admin or at the first start', () => {
  expect(mayCreatePerson({ kind: 'system' })).toBe(true);
  for (const role of roles) expect(mayCreatePerson(person(role))).toBe(role === 'admin');
  expect(mayCreatePerson({ kind: 'visitor', visitor: null })).toBe(false);
});
