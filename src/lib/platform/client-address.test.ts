/** Nobody can choose the address under which their tries are counted. */
import { expect, test } from 'vitest';
import { clientAddress } from './client-address.ts';

test('without a proxy the socket tells, whatever the client claims', () => {
  expect(clientAddress('192.0.2.7', '203.0.113.1', false)).toBe('192.0.2.7');
});

test('behind a proxy only what it saw itself counts', () => {
  expect(clientAddress('127.0.0.1', '203.0.113.1, 198.51.100.4', true)).toBe('198.51.100.4');
  expect(clientAddress('127.0.0.1', undefined, true)).toBe('127.0.0.1');
  expect(clientAddress('127.0.0.1', '', true)).toBe('127.0.0.1');
});
