/** Whether the person at a browser asked for a page: not another site, a guess ahead of time, or a picture. */

const ahead = ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'];
const ownSites = new Set(['same-origin', 'none']);
const ownPlaces = new Set(['document', 'empty']);

/**
 * What the browser says of why it asks. One that says nothing is believed, unless it names another site as the one it
 * comes from, or would rather have a picture.
 */
export function isAskedFor(headers: Headers, origin: string): boolean {
  const said = (name: string) => headers.get(name)?.trim().toLowerCase() ?? '';
  if (ahead.some((name) => /prefetch|prerender|preview/.test(said(name)))) return false;
  if (said('accept').startsWith('image/')) return false;
  const [site, place, from] = [said('sec-fetch-site'), said('sec-fetch-dest'), said('referer')];
  if (place !== '' && !ownPlaces.has(place)) return false;
  return site === '' ? from === '' || isOf(origin, from) : ownSites.has(site);
}

const isOf = (origin: string, address: string) => URL.parse(address)?.origin === origin;
