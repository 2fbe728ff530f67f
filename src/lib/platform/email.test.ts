/** Which addresses letters can be sent to. */
import { expect, test } from 'vitest';
import { isEmail } from './email.ts';

test.each([
  'ada@customer.example',
  'o&leary@customer.example',
  "o'brien+gas@mail.customer.example",
  '_{ada}!#$%*/=?^`|~-@x.co',
  'a@xn--bcher-kva.example',
  'a.b.c@1and1.example',
  `${'a'.repeat(64)}@b.co`
])('%s', (address) => expect(isEmail(address)).toBe(true));

test.each([
  '',
  'ada',
  'ada@',
  '@customer.example',
  'ada@localhost',
  'a..b@c.co',
  '.a@c.co',
  'a.@c.co',
  'a b@c.co',
  'a@b@c.co,d',
  'a@-b.co',
  'a@b-.co',
  'a@b..co',
  'a@127.0.0.1',
  'a"<b>"@c.co',
  `${'a'.repeat(65)}@b.co`,
  `a@${'b'.repeat(64)}.co`,
  `a@${'b.'.repeat(127)}co`
])('not %j', (address) => expect(isEmail(address)).toBe(false));
