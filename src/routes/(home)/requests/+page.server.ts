/** My requests: open and past, searched, in pages. */
import { redirect } from '@sveltejs/kit';
import { pageIn } from '#lib/platform/page-number.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { longRoad, type Coming, type Reader } from '#lib/platform/server/short-road.ts';
import { writePosition } from '#lib/events/position.ts';
import { definitionsOf } from '#lib/catalogue/server/catalogue.ts';
import { listRequests } from '#lib/requests/server/customer-list.ts';
import { hub } from '#lib/requests/server/live.ts';
import { isEnded } from '#lib/requests/status.ts';
import { tellStatus } from '#lib/requests/status-text.ts';
import { titleOf } from '#lib/requests/title.ts';
import type { PageServerLoad } from './$types';

const views = ['all', 'open', 'past'] as const;

export const _page = { ask, show };

export const load: PageServerLoad = longRoad(_page);

async function ask({ db, url }: Coming) {
  const listing = listingIn(url);
  // Taken before reading: whatever changes from here on, the stream will tell.
  const position = writePosition(hub.position());
  const listed = await listRequests(db, listing);
  if (listed.requests.length === 0 && listing.page > 1) redirect(303, firstPage(url));
  return { ...listing, ...listed, position, definitions: await definitionsOf(db, listed.requests) };
}

function show({ requests, definitions, ...asked }: Awaited<ReturnType<typeof ask>>, { url, t, now }: Reader) {
  const rows = requests.map(
    ({ id: _, total: __, written, service_type, service_version: _version, ...request }, nth) => {
      const kind = definitions[nth]?.name[t.locale] ?? service_type;
      return {
        ...request,
        kind,
        title: titleOf(written, kind),
        // What has ended says so by its status.
        told: isEnded(request.status) ? '' : tellStatus(request, t, config.timeZone, now)
      };
    }
  );
  return { ...asked, safe: url.searchParams.get('safe') ?? '', rows };
}

const listingIn = ({ searchParams }: URL) => ({
  show: views.find((view) => view === searchParams.get('show')) ?? 'all',
  search: (searchParams.get('q') ?? '').slice(0, 100),
  page: pageIn(searchParams)
});

/** A list can have grown shorter since the address was kept. */
function firstPage({ pathname, searchParams }: URL) {
  const others = new URLSearchParams(searchParams);
  others.delete('page');
  return `${pathname}?${others}`;
}
