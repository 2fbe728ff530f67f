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

test.each([
  ['198.51.100.78:50001', '198.51.100.78'],
  ['198.51.100.78:50002', '198.51.100.78'],
  ['[2001:db8:1:1::7]:443', '2001:db8:1:1::7'],
  ['[2001:DB8:1:1::7]', '2001:db8:1:1::7'],
  ['2001:db8:1:1::7', '2001:db8:1:1::7'],
  ['"[2001:db8:1:1::7]:443"', '2001:db8:1:1::7'],
  ['203.0.113.1, 198.51.100.4:8080', '198.51.100.4'],
  ['::ffff:198.51.100.4', '::ffff:198.51.100.4']
])('a proxy that says %s saw %s', (said, address) => {
  expect(clientAddress('127.0.0.1', said, true)).toBe(address);
});

test.each([
  'unknown',
  '_hidden',
  '198.51.100.4:',
  '198.51.100.400',
  '1.2.3',
  '[::1',
  'x'.repeat(9000),
  '"',
  ',',
  ':443'
])('nonsense is no address, and the proxy counts in its place (%#)', (said) =>
  expect(clientAddress('192.0.2.1', said, true)).toBe('192.0.2.1')
);
