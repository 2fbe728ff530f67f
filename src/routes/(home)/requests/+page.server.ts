/** My requests: open and past, searched, in pages. */
import { redirect } from '@sveltejs/kit';
import { isCustomer } from '#lib/platform/actor.ts';
import { htmlOnly } from '#lib/platform/html-only.ts';
import { pageIn } from '#lib/platform/page-number.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { writePosition } from '#lib/events/position.ts';
import { definitionOf } from '#lib/catalogue/server/catalogue.ts';
import { listRequests } from '#lib/requests/server/customer-list.ts';
import { hub } from '#lib/requests/server/live.ts';
import { isEnded } from '#lib/requests/status.ts';
import { tellStatus } from '#lib/requests/status-text.ts';
import { titleOf } from '#lib/requests/title.ts';
import { searchSafely } from '#lib/emergencies/server/search.ts';
import type { PageServerLoad } from './$types';

const views = ['all', 'open', 'past'] as const;

export const load: PageServerLoad = async (event) => {
  const { url, locals } = event;
  const { db, actor, locale, t } = locals;
  if (!isCustomer(actor)) refuse('missing', 'errors.missing');
  // Taken before reading: whatever changes from here on, the stream will tell.
  const position = writePosition(hub.position());

  const show = views.find((view) => view === url.searchParams.get('show')) ?? 'all';
  const asked = url.searchParams.get('q') ?? '';
  await searchSafely(event, asked);
  const search = asked.slice(0, 100);
  const page = pageIn(url.searchParams);
  const { requests, total, pages } = await listRequests(db, actor, { show, search, page });
  if (requests.length === 0 && page > 1) redirect(303, firstPage(url));

  const now = new Date();
  const rows = await Promise.all(
    requests.map(async ({ id: _, total: __, written, service_type, service_version, ...request }) => {
      const kind = (await definitionOf(db, service_type, service_version)).name[locale];
      return {
        ...request,
        kind,
        title: titleOf(written, kind),
        // What has ended says so by its status.
        told: isEnded(request.status) ? '' : tellStatus(request, t, config.timeZone, now)
      };
    })
  );
  const safe = url.searchParams.get('safe') ?? '';
  return htmlOnly({ position, show, search, safe, page, pages, total, rows });
};

/** A list can have grown shorter since the address was kept. */
function firstPage({ pathname, searchParams }: URL) {
  const others = new URLSearchParams(searchParams);
  others.delete('page');
  return `${pathname}?${others}`;
}
