/** When the office is open, as it is set or as its country has it. */
import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

test('the office has the hours and the holidays that are set, or those of its country', () => {
  expect(readConfig({ JURISDICTION: 'UK' })).toMatchObject({
    officeHours: { 0: [{ from: '08:00', to: '18:00' }], 5: [{ from: '09:00', to: '13:00' }], 6: [] },
    closedDays: { region: 'GB-ENG', also: [], not: [] }
  });
  const set = { OFFICE_HOURS: 'Sun-Sun 10:00-12:00, Mon-Sat 08:00-12:00, Mon-Sat 13:00-24:00' };
  expect(readConfig({ ...set, HOLIDAYS: 'IN-MH', CLOSED_DAYS: '12-24, 2026-11-08' })).toMatchObject({
    officeHours: {
      2: [
        { from: '08:00', to: '12:00' },
        { from: '13:00', to: '24:00' }
      ],
      6: [{ from: '10:00' }]
    },
    closedDays: { region: 'IN-MH', also: ['12-24', '2026-11-08'] }
  });
});
