/** Moments are read as the driver would read them, only quicker. */
import pg from 'pg';
import { expect, test } from 'vitest';
import './db.ts';
import { readInstant } from './instant.ts';

test.each([
  ['2026-11-29 16:24:12.123456+00', '2026-11-29T16:24:12.123Z'],
  ['2026-11-29 16:24:12+00', '2026-11-29T16:24:12.000Z'],
  ['2026-11-29 16:24:12.1+00', '2026-11-29T16:24:12.100Z'],
  ['2026-11-29 16:24:12.04+00', '2026-11-29T16:24:12.040Z'],
  ['1970-01-01 00:00:00.001+00', '1970-01-01T00:00:00.001Z'],
  ['2024-02-29 23:59:59.999999+00', '2024-02-29T23:59:59.999Z'],
  ['0026-11-29 16:24:12+00', '0026-11-29T16:24:12.000Z'],
  ['12026-11-29 16:24:12+00', '+012026-11-29T16:24:12.000Z'],
  ['2026-11-29 16:24:12.5+05:30', '2026-11-29T10:54:12.500Z'],
  ['2026-11-29 16:24:12-05', '2026-11-29T21:24:12.000Z'],
  ['0044-03-15 12:00:00+00 BC', '-000043-03-15T12:00:00.000Z']
])('%s is %s', (text, moment) => {
  expect(readInstant(text)?.toISOString()).toBe(moment);
});

test('a time that never comes is none, and rows are read so', () => {
  expect(readInstant('infinity')).toBeNull();
  expect(pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ)).toBe(readInstant);
});
