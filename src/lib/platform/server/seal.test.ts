/** What is sealed can be read by this installation only, and for its own use only. */
import { expect, test } from 'vitest';
import { digest, seal, unseal } from './seal.ts';

const secret = 'a secret of this installation';

test('what was sealed can be read again', () => {
  expect(unseal(seal('ada@customer.example ñ', secret, 'letter'), secret, 'letter')).toBe(
    'ada@customer.example ñ'
  );
});

test('another installation, another use and a changed letter read nothing', () => {
  const sealed = seal('ada', secret, 'letter');
  const changed = (sealed.startsWith('A') ? 'B' : 'A') + sealed.slice(1);

  expect(unseal(sealed, 'another secret', 'letter')).toBeNull();
  expect(unseal(sealed, secret, 'sign-up')).toBeNull();
  expect(unseal(changed, secret, 'letter')).toBeNull();
  expect(unseal('', secret, 'letter')).toBeNull();
});

test('a digest is the same each time, and different for another use', () => {
  expect(digest('ada', secret, 'throttle')).toEqual(digest('ada', secret, 'throttle'));
  expect(digest('ada', secret, 'throttle')).not.toEqual(digest('ada', secret, 'link'));
});
