import { expect, test } from 'vitest';
import { addressDigest } from './address-digest.ts';

const same = (one: string, other: string) => addressDigest(one, 'key') === addressDigest(other, 'key');

test('addresses of one household count as one', () => {
  expect(same('2001:db8:1:2::1', '2001:db8:1:2:ffff:1:2:3')).toBe(true);
  expect(same('2001:0db8:0001:0002::', '2001:db8:1:2::9')).toBe(true);
  expect(same('::ffff:203.0.113.7', '203.0.113.7')).toBe(true);
  expect(same('fe80::1%eth0', 'fe80::2%eth0')).toBe(true);
});

test('other households count for themselves', () => {
  expect(same('2001:db8:1:2::1', '2001:db8:1:3::1')).toBe(false);
  expect(same('203.0.113.7', '203.0.113.8')).toBe(false);
});

test('the digest does not give the address away, and another secret makes another digest', () => {
  expect(addressDigest('203.0.113.7', 'key')).not.toContain('203');
  expect(addressDigest('203.0.113.7', 'key')).not.toBe(addressDigest('203.0.113.7', 'other'));
});
