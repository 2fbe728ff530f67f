/** Degrees are those of the place. */
import { expect, test } from 'vitest';
import { degreesApart, writeTemperature } from './degrees.ts';

test('in the United States it freezes at 32, elsewhere at nothing', () => {
  expect([writeTemperature(0, 'en', 'US'), writeTemperature(0, 'en', 'UK')]).toEqual(['32°F', '0°C']);
  expect(writeTemperature(-125, 'es', 'IN')).toMatch(/^-1[23]\s?°C$/);
  expect([degreesApart(-50, 'US'), degreesApart(-50, 'UK'), degreesApart(2, 'US')]).toEqual([9, 5, 0]);
});
