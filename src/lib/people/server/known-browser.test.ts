import { expect, test } from 'vitest';
import { knownBrowser, nameOfKnownCookie, remember } from './known-browser.ts';

const secret = 'a secret of this installation';
const name = nameOfKnownCookie(true);

test('a browser is known to the accounts that were signed in with it, and to no others', () => {
  const cookie = remember(remember(undefined, secret, ['Ada@home.example']), secret, ['bo@home.example']);
  const cookies = `a=b; ${name}=${cookie}`;
  const browser = knownBrowser(cookies, secret, 'ada@home.example');
  expect(browser).not.toBeNull();
  expect(knownBrowser(cookies, secret, 'bo@home.example')).toBe(browser);
  expect(knownBrowser(cookies, secret, 'eve@home.example')).toBeNull();
  expect(cookie).not.toContain('ada');
});

test('what we did not write is known to nobody', () => {
  const cookie = remember(undefined, 'another secret', ['ada@home.example']);
  for (const made of [`${name}=${cookie}`, `${name}=x`, `${name}=`, null, `${name}=${'x.'.repeat(9000)}`])
    expect(knownBrowser(made, secret, 'ada@home.example')).toBeNull();
});

test('the last eight accounts are kept', () => {
  let cookie: string | undefined;
  for (let nth = 1; nth <= 9; nth++) cookie = remember(cookie, secret, [`person${nth}`]);
  expect(knownBrowser(`${name}=${cookie}`, secret, 'person1')).toBeNull();
  expect(knownBrowser(`${name}=${cookie}`, secret, 'person2')).not.toBeNull();
  expect(knownBrowser(`${name}=${cookie}`, secret, 'person9')).not.toBeNull();
});
