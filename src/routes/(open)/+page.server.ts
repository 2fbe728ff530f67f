/** The first page. For customers who have signed in it also brings what they have under way. */
import { chosenAccount, isMember } from '#lib/accounts/server/queries.ts';
import { shownStatus, type ShownStatus } from '#lib/billing/programmes/effect.ts';
import { disputedAmong, latestBill } from '#lib/billing/server/queries.ts';
import { isCustomer } from '#lib/platform/actor.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { serviceTypes } from '#lib/catalogue/all.ts';
import { catalogueOf } from '#lib/catalogue/local.ts';
import { oftenAsked } from '#lib/catalogue/often.ts';
import { definitionOf } from '#lib/catalogue/server/catalogue.ts';
import { listRequests } from '#lib/requests/server/customer-list.ts';
import { dayAt, looks, tellStatus } from '#lib/requests/status-text.ts';
import { titleOf } from '#lib/requests/title.ts';
import { planNow } from '../programme-form.ts';
import type { PageServerLoad } from './$types';
import type { HomeCard } from './HomeCards.svelte';
import type { Kind } from './Often.svelte';

type LatestBill = NonNullable<Awaited<ReturnType<typeof latestBill>>>;

type Home = {
  cards: HomeCard[];
  /** The account the bill is of, and those it can be changed to. */
  accounts: Awaited<ReturnType<typeof chosenAccount>>['accounts'];
  chosen: string | null;
  /** They belong to no account at all, and could connect one. */
  unconnected: boolean;
  bill: (Omit<LatestBill, 'status'> & { status: ShownStatus }) | null;
  plan: Awaited<ReturnType<typeof planNow>>;
  zone: string;
};

/** As many as fit a first look; the list has the rest. */
const most = 3;

/** The same for everybody, and known without asking the database. */
const often = oftenAsked(catalogueOf(config.jurisdiction, serviceTypes));

export const load: PageServerLoad = async ({
  url,
  locals: { db, actor, locale, t }
}): Promise<{ home: Home | null; kinds: Kind[] }> => {
  const kinds = often.map(({ code, icon, name }) => ({ code, icon, name: name[locale] }));
  if (!isCustomer(actor)) return { home: null, kinds };
  const now = new Date();
  const [{ requests }, { accounts, account }] = await Promise.all([
    listRequests(db, actor, { show: 'open', search: '', page: 1 }),
    chosenAccount(db, actor, url.searchParams.get('account'))
  ]);
  const [latest, plan] = account
    ? await Promise.all([latestBill(db, account.id, dayAt(now, config.timeZone)), planNow(db, account.id)])
    : [null, null];
  const disputed = latest ? (await disputedAmong(db, [latest])).has(latest.id) : false;
  const bill = latest && { ...latest, status: shownStatus(latest, plan, disputed) };
  const unconnected = !account && !(await isMember(db, actor));

  const cards = requests.slice(0, most).map(async (request) => {
    const kind = (await definitionOf(db, request.service_type, request.service_version)).name[locale];
    return {
      href: `/requests/${request.reference}#new`,
      reference: request.reference,
      title: titleOf(request.written, kind),
      kind,
      status: { word: t(`requests.status_${request.status}`), tone: looks[request.status].tone },
      next: tellStatus(request, t, config.timeZone, now),
      unread: request.unread,
      said: request.said,
      said_by: request.said_by,
      said_name: request.said_name,
      submitted_at: request.submitted_at
    };
  });
  return {
    home: {
      ...{ cards: await Promise.all(cards), accounts, chosen: account?.number ?? null },
      ...{ unconnected, bill, plan, zone: config.timeZone }
    },
    kinds
  };
};
