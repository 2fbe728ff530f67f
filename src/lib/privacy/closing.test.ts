/** Who closes an account: its owner, or a supervisor for them, and nobody else. */
import { expect, test } from 'vitest';
import type { Actor, Role } from '#lib/platform/actor.ts';
import { system } from '#lib/platform/actor.ts';
import { canAskToClose, canHoldClosing } from './closing.ts';

const person = (id: string, role: Role): Actor => ({ kind: 'person', id, role, team: null });

test('customers close and keep their own account, nobody else’s', () => {
  expect(canAskToClose(person('ada', 'customer'), 'ada')).toBe(true);
  expect(canAskToClose(person('eve', 'customer'), 'ada')).toBe(false);
  expect(canAskToClose({ kind: 'visitor', visitor: 'v' }, 'ada')).toBe(false);
  expect(canAskToClose(system, 'ada')).toBe(false);
});

test('at the desk it takes a supervisor, and a hold too', () => {
  expect(canAskToClose(person('grace', 'agent'), 'ada')).toBe(false);
  for (const role of ['supervisor', 'admin'] as const) {
    expect(canAskToClose(person('sam', role), 'ada')).toBe(true);
    expect(canHoldClosing(person('sam', role))).toBe(true);
  }
  expect(canHoldClosing(person('ada', 'customer'))).toBe(false);
  expect(canHoldClosing(person('grace', 'agent'))).toBe(false);
});
