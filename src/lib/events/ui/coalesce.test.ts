/** Gathering: many asks are one piece of work, and what failed is tried again. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { gathered } from './coalesce.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('what is asked many times is done once', async () => {
  const work = vi.fn(async () => {});
  const ask = gathered(work);
  ask();
  ask();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(work).toHaveBeenCalledTimes(1);
});

test('what is asked while it is being done is done after it', async () => {
  const work = vi.fn(async () => void (work.mock.calls.length === 1 && ask()));
  const ask = gathered(work);
  ask();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(work).toHaveBeenCalledTimes(2);
});

test('what failed is tried again until it is done', async () => {
  const work = vi.fn(async () => {
    if (work.mock.calls.length < 4) throw new Error('the line is gone');
  });
  gathered(work)();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(work).toHaveBeenCalledTimes(4);
});

test('what hangs is given up, and tried again', async () => {
  const work = vi.fn(() => (work.mock.calls.length === 1 ? new Promise<void>(() => {}) : Promise.resolve()));
  gathered(work)();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(work).toHaveBeenCalledTimes(2);
});
