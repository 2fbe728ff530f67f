/** What a meter counted between readings: past the end of its register, and without what does not count. */
import { expect, test } from 'vitest';
import { usedBetween } from './between-readings.ts';

const read = (read_on: string, digits: string, more: object = {}) => ({
  ...{ read_on, digits, source: 'utility' as const, state: 'accepted' as const },
  ...more
});

test('each reading against the one before it that counts, over the end of the register', () => {
  const periods = usedBetween([
    read('2026-03-01', '00012'),
    read('2026-02-15', '90000', { state: 'quarantined' }),
    read('2026-02-01', '99990', { source: 'estimate' }),
    read('2026-02-01', '99980', { source: 'customer' }),
    read('2026-01-01', '99900')
  ]);
  expect(periods).toMatchObject([
    { from: '2026-02-02', to: '2026-03-01', quantity: 22_000n, estimated: false },
    { from: '2026-01-02', to: '2026-02-01', quantity: 90_000n, estimated: true }
  ]);
});

test('one reading tells of no use, and a year later it is compared', () => {
  expect(usedBetween([read('2026-03-01', '00012')])).toEqual([]);
  const [newest] = usedBetween([
    read('2026-03-01', '00300'),
    read('2026-02-01', '00200'),
    read('2025-03-02', '00120'),
    read('2025-02-01', '00100')
  ]);
  expect(newest?.yearBefore).toMatchObject({ to: '2025-03-02', quantity: 20_000n });
});

test('an estimate that was too high is no use of a whole register: both months stand as one', () => {
  const periods = usedBetween([
    read('2026-04-01', '00260'),
    read('2026-03-01', '00400', { source: 'estimate' }),
    read('2026-02-01', '00200'),
    read('2026-01-01', '00100')
  ]);
  expect(periods).toMatchObject([
    { from: '2026-02-02', to: '2026-04-01', quantity: 60_000n, estimated: false },
    { from: '2026-01-02', to: '2026-02-01', quantity: 100_000n }
  ]);
});
