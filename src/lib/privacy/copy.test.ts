/** When a copy can be asked for, and when it can be taken. */
import { expect, test } from 'vitest';
import { canAsk, canBeTaken, copyName } from './copy.ts';

const now = new Date('2026-11-29T12:00:00Z');
const later = new Date('2026-11-30T12:00:00Z');

test('a copy can be taken once it is ready, and until its time is over', () => {
  expect(canBeTaken({ state: 'ready', expires_at: later }, now)).toBe(true);
  expect(canBeTaken({ state: 'ready', expires_at: now }, later)).toBe(false);
  for (const state of ['asked', 'failed', 'gone'] as const)
    expect(canBeTaken({ state, expires_at: later }, now)).toBe(false);
});

test('while one is being made, no other is asked for', () => {
  expect(canAsk([])).toBe(true);
  expect(canAsk([{ state: 'ready' }, { state: 'failed' }])).toBe(true);
  expect(canAsk([{ state: 'ready' }, { state: 'asked' }])).toBe(false);
});

test('its name says of which day it is', () => {
  expect(copyName(now)).toBe('hearth-data-2026-11-29.zip');
});
