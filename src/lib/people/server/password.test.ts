/** Passwords can be proved, and cannot be read back. */
import { expect, test } from 'vitest';
import { hashPassword, verifyPassword } from './password.ts';

test('the right password is recognised, another is not', async () => {
  const hash = await hashPassword('correct horse battery');

  expect(await verifyPassword('correct horse battery', hash)).toBe(true);
  expect(await verifyPassword('correct horse batterY', hash)).toBe(false);
  expect(hash).not.toContain('correct');
});

test('the same password is never kept twice in the same form', async () => {
  expect(await hashPassword('correct horse battery')).not.toBe(await hashPassword('correct horse battery'));
});

test('a hash says what it cost, and one made at another cost can still be read', async () => {
  expect(await hashPassword('x')).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  // From the reference implementation: echo -n password | argon2 somesalt -id -t 2 -m 16 -p 1
  const elsewhere = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
  expect(await verifyPassword('password', elsewhere)).toBe(true);
});

test('a letter composed on another keyboard is the same letter', async () => {
  const hash = await hashPassword('contrase\u00f1a larga');
  expect(await verifyPassword('contrasen\u0303a larga', hash)).toBe(true);
});

test('something that is no hash is nobody’s password', async () => {
  expect(await verifyPassword('', '')).toBe(false);
  expect(await verifyPassword('x', 'plain')).toBe(false);
});
