/** What the log says, and what it must never say. */
import { expect, test } from 'vitest';
import { lineOf } from './log.ts';

const noon = '2026-11-22T12:00:00.000Z';

test('a line is JSON for machines and plain for people', () => {
  expect(lineOf('info', 'the web process listens', { port: 3000 }, noon, false)).toBe(
    `{"time":"${noon}","level":"info","message":"the web process listens","port":3000}`
  );
  expect(lineOf('warn', 'a page was slow', { ms: 900, route: '/desk' }, noon, true)).toBe(
    '12:00:00 warn  a page was slow ms=900 route=/desk'
  );
});

test('an error is told with its code and where it happened', () => {
  const error = Object.assign(new Error('connection refused'), { code: 'ECONNREFUSED' });
  const line: unknown = JSON.parse(lineOf('error', 'the worker failed', { error }, noon, false));
  expect(line).toMatchObject({ error: 'Error: connection refused', code: 'ECONNREFUSED' });
  expect(line).toHaveProperty('stack.0', expect.stringContaining('log.test.ts'));
});

test('neither mail addresses nor values that people typed reach the log', () => {
  const error = Object.assign(new Error('invalid input syntax for type uuid: "Ada Lovelace"'), {
    code: '22P02'
  });
  const line = lineOf('error', 'mail to ada@customer.example failed', { error }, noon, false);
  expect(line).not.toContain('ada@');
  expect(line).not.toContain('Lovelace');
});
