/** A registration says why and until when; what passes has an end, what stays is looked at again after two years. */
import { expect, test } from 'vitest';
import { readRegistration } from './priority.ts';

function form(fields: Record<string, string | string[]>) {
  const data = new FormData();
  for (const [name, values] of Object.entries(fields))
    for (const value of [values].flat()) data.append(name, value);
  return data;
}
const today = '2026-02-28';

test('what stays is good for two years, and consent is only what was ticked', () => {
  expect(readRegistration(form({ needs: ['age', 'opera'], wants: 'knock' }), today)).toEqual({
    ok: true,
    said: { needs: ['age'], wants: ['knock'], shared: false, until: '2028-02-28' }
  });
  expect(readRegistration(form({ needs: 'age', shared: 'yes' }), today)).toMatchObject({
    said: { shared: true }
  });
});

test.each([
  [{}, { needs: 'accounts.priority_needs_none' }],
  [{ needs: 'short_term' }, { until: 'accounts.priority_until_empty' }],
  [{ needs: 'age', until: '2026-02-28' }, { until: 'accounts.priority_until_wrong' }],
  [{ needs: 'age', until: '2028-02-29' }, { until: 'accounts.priority_until_wrong' }],
  [{ needs: 'age', until: '2027-02-31' }, { until: 'accounts.priority_until_wrong' }],
  [{ needs: 'age', until: '2027-13-01' }, { until: 'accounts.priority_until_wrong' }]
])('%j is asked about: %j', (fields, problems) => {
  expect(readRegistration(form(fields), today)).toMatchObject({ ok: false, problems });
});
