/** The first page. For customers who have signed in it also brings what they have under way. */
import { isCustomer } from '#lib/platform/actor.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { definitionOf } from '#lib/requests/server/catalogue.ts';
import { listRequests } from '#lib/requests/server/listing.ts';
import type { Status } from '#lib/requests/status.ts';
import { looks, tellStatus } from '#lib/requests/telling.ts';
import type { PageServerLoad } from './$types';
import type { HomeCard } from './HomeCards.svelte';

type Home = { cards: HomeCard[]; zone: string };

/** As many as fit a first look; the list has the rest. */
const most = 5;

export const load: PageServerLoad = async ({
  locals: { db, actor, locale, t }
}): Promise<{ home: Home | null }> => {
  if (!isCustomer(actor)) return { home: null };
  const { requests } = await listRequests(db, actor, { show: 'open', search: '', page: 1 });
  const now = new Date();

  // What waits for them comes first; the rest stays newest first.
  const waits = ({ status }: { status: Status }) => Number(status === 'waiting');
  const first = requests.toSorted((one, other) => waits(other) - waits(one)).slice(0, most);
  const cards = first.map(async (request) => ({
    href: `/requests/${request.reference}`,
    reference: request.reference,
    title: (await definitionOf(db, request.service_type, request.service_version)).name[locale],
    status: { word: t(`requests.status_${request.status}`), tone: looks[request.status].tone },
    next: tellStatus(request, t, config.timeZone, now),
    submitted_at: request.submitted_at
  }));
  return { home: { cards: await Promise.all(cards), zone: config.timeZone } };
};
