/** The bar of the desk marks the place one is at, and no other. */
import { expect, test } from 'vitest';
import { placeOf } from './place-of.ts';

const places = [
  { href: '/desk', also: ['/desk/requests'] },
  { href: '/desk/today', also: ['/desk/day', '/desk/slots'] },
  { href: '/desk/requests/new' },
  { href: '/desk/staff' }
];

test.each([
  ['/desk', '/desk'],
  ['/desk/requests/7KQ4-M2XR', '/desk'],
  ['/desk/requests/new', '/desk/requests/new'],
  ['/desk/day', '/desk/today'],
  ['/desk/slots', '/desk/today'],
  ['/desk/staff/teams', '/desk/staff'],
  ['/desk/staffing', undefined]
])('%s belongs to %s', (path, place) => expect(placeOf(path, places)).toBe(place));
