/** What counts as this machine, and what does not. */
import { expect, test } from 'vitest';
import { isLoopback, isLoopbackDatabase } from './loopback.ts';

test.each(['localhost', '127.0.0.1', '127.8.9.1', '::1', '[::1]'])('%s stays inside this machine', (host) => {
  expect(isLoopback(host)).toBe(true);
});

test.each(['0.0.0.0', '::', '10.0.0.1', 'gas.example', '127.0.0.1.example', '1.127.0.0.1', ''])(
  '%s can be reached from elsewhere',
  (host) => {
    expect(isLoopback(host)).toBe(false);
  }
);

test('a database is on this machine when its host is loopback or a socket', () => {
  expect(isLoopbackDatabase('postgres://me:pw@127.0.0.1:5432/hearth')).toBe(true);
  expect(isLoopbackDatabase('postgres://me@%2Fvar%2Frun%2Fpostgresql/hearth')).toBe(true);
  expect(isLoopbackDatabase('postgres:///hearth?host=/var/run/postgresql&user=me')).toBe(true);
  expect(isLoopbackDatabase('postgres://me:pw@db.example/hearth')).toBe(false);
  expect(isLoopbackDatabase('postgres://me:pw@127.0.0.1/hearth?host=db.example')).toBe(false);
});
