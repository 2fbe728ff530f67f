/** What somebody may do, and until when: a last day is whole, on the clock of the place. */
import { expect, test } from 'vitest';
import { endOf, lastDayBefore, readAccess } from './access-form.ts';

const today = '2026-11-29';
function form(fields: Record<string, string>) {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  return data;
}

test('a scope is enough, and a last day may be today', () => {
  expect(readAccess(form({ scope: 'view' }), today)).toEqual({
    ok: true,
    said: { scope: 'view', until: null }
  });
  expect(readAccess(form({ scope: 'act', until: today }), today)).toMatchObject({ said: { until: today } });
});

test.each([
  [{}, { scope: 'access.scope_none' }],
  [{ scope: 'holder' }, { scope: 'access.scope_none' }],
  [{ scope: 'view', until: '2026-11-28' }, { until: 'access.until_wrong' }],
  [{ scope: 'view', until: '2027-02-31' }, { until: 'access.until_wrong' }],
  [{ scope: 'view', until: '2036-11-30' }, { until: 'access.until_wrong' }],
  [{ scope: 'view', until: 'soon' }, { until: 'access.until_wrong' }]
])('%j is asked about: %j', (fields, problems) => {
  expect(readAccess(form(fields as Record<string, string>), today)).toMatchObject({ ok: false, problems });
});

test('the last day ends when the next begins there, also when the clock changes', () => {
  expect(endOf('2026-10-31', 'America/New_York').toISOString()).toBe('2026-11-01T04:00:00.000Z');
  expect(endOf('2026-11-01', 'America/New_York').toISOString()).toBe('2026-11-02T05:00:00.000Z');
  expect(lastDayBefore(endOf('2026-11-01', 'America/New_York'), 'America/New_York')).toBe('2026-11-01');
});
