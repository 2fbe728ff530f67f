/** A line that nothing comes on is given up; one that gets on, however slowly, is not. */
import { EventEmitter } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { leastProgress, watchBody } from './slow-bodies.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const minute = leastProgress.within;

test('who stops in the middle is given up after a minute, once', () => {
  const { stuck } = aRequest();
  vi.advanceTimersByTime(minute - 1);
  expect(stuck).not.toHaveBeenCalled();
  vi.advanceTimersByTime(5 * minute);
  expect(stuck).toHaveBeenCalledOnce();
});

test('so is who sends a byte now and then', () => {
  const { stuck, come } = aRequest();
  for (let second = 0; second < 60; second += 1) {
    come(1);
    vi.advanceTimersByTime(1000);
  }
  expect(stuck).toHaveBeenCalledOnce();
});

test('who is slow but gets on is heard to the end', () => {
  const { stuck, come, request } = aRequest();
  for (let minutes = 0; minutes < 20; minutes += 1) {
    come(leastProgress.bytes);
    vi.advanceTimersByTime(minute);
  }
  request.complete = true;
  vi.advanceTimersByTime(20 * minute);
  expect(stuck).not.toHaveBeenCalled();
});

test('who has gone, and who brings nothing, is not waited for', () => {
  const { stuck, request } = aRequest();
  request.emit('close');
  const { stuck: idle } = aRequest({});
  vi.advanceTimersByTime(2 * minute);
  expect(stuck).not.toHaveBeenCalled();
  expect(idle).not.toHaveBeenCalled();
});

/** A request as far as it is watched; `come` lets bytes come in. */
function aRequest(headers: Record<string, string> = { 'content-length': '5000000' }) {
  const socket = { bytesRead: 0 };
  const request = Object.assign(new EventEmitter(), { headers, socket, complete: false, destroyed: false });
  const stuck = vi.fn();
  watchBody(request as unknown as IncomingMessage, stuck);
  return { stuck, request, come: (bytes: number) => void (socket.bytesRead += bytes) };
}
