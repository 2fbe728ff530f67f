/** Another site, a guess ahead of time and a picture are not somebody who asks. */
import { expect, test } from 'vitest';
import { isAskedFor } from './asked-for.ts';

const here = 'https://gas.example';
const asks = (headers: Record<string, string>) => isAskedFor(new Headers(headers), here);

test.each([
  [{}],
  [{ 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'document' }],
  [{ 'sec-fetch-site': 'none', 'sec-fetch-dest': 'document' }],
  [{ 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'empty' }],
  [{ referer: 'https://gas.example/requests' }],
  [{ accept: 'text/html,image/avif,*/*' }]
])('%j is somebody who asks', (headers) => expect(asks(headers)).toBe(true));

test.each([
  [{ 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'document' }],
  [{ 'sec-fetch-site': 'same-site', 'sec-fetch-dest': 'document' }],
  [{ 'sec-fetch-site': 'nonsense' }],
  [{ 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'image' }],
  [{ 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'iframe' }],
  [{ 'sec-purpose': 'prefetch;prerender', 'sec-fetch-site': 'none' }],
  [{ purpose: 'Prefetch' }],
  [{ 'x-moz': 'prefetch' }],
  [{ referer: 'https://other.example/page' }],
  [{ referer: 'not an address' }],
  [{ accept: 'image/avif,image/webp,*/*' }]
])('%j is nobody', (headers) => expect(asks(headers)).toBe(false));
