/** What the first page shows a customer: what needs them, what is under way, the latest bill and what was used. */
import { chosenAccount, isMember } from '#lib/accounts/server/queries.ts';
import { metersToRead } from '#lib/accounts/server/reading-due.ts';
import { takenOfEach } from '#lib/billing/server/taking.ts';
import { latestBills } from '#lib/billing/server/queries.ts';
import { noticeNow } from '#lib/programmes/dunning/notice.ts';
import { dunningOf } from '#lib/programmes/server/dunning/queries.ts';
import { shownBills } from '#lib/billing/server/shown.ts';
import type { PersonActor } from '#lib/platform/actor.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { definitionOf } from '#lib/catalogue/server/catalogue.ts';
import { listRequests } from '#lib/requests/server/customer-list.ts';
import { dayAt, looks, tellStatus } from '#lib/requests/status-text.ts';
import { titleOf } from '#lib/requests/title.ts';
import { recentUsage } from '#lib/usage/server/periods.ts';
import { tellFallen, type Fallen } from '#lib/visits/fallen.ts';
import { fallenOf } from '#lib/visits/server/fallen.ts';
import { isWinter, planNow } from '../programme-form.ts';
import { needsOf } from './needs.ts';

/** As many as fit a first look; the list has the rest. */
const most = 3;

export async function homeOf(locals: App.Locals, actor: PersonActor, named: string | null) {
  const { db, t } = locals;
  const now = new Date();
  const today = dayAt(now, config.timeZone);
  const [{ requests }, { accounts, account }] = await Promise.all([
    listRequests(db, { show: 'open', search: '', page: 1 }),
    chosenAccount(db, actor, named)
  ]);
  const [cards, latest, plan, meters, usage] = await Promise.all([
    fallenOf(db, requests).then((fallen) =>
      Promise.all(requests.map((request) => cardOf(locals, request, { now, fell: fallen.get(request.id) })))
    ),
    account ? latestBills(db, account.id, today) : [],
    account && planNow(db, account.id),
    account?.scope === 'act' ? metersToRead(db, account.id, today) : [],
    account && recentUsage(db, account.id)
  ]);
  const bills = await takenOfEach(db, await shownBills(db, latest, plan, today), today);
  const [bill = null] = bills;
  const chosen = account?.number ?? null;
  const notice = noticeNow(account && (await dunningOf(db, account.id)), bills);
  const mayPay = account?.scope === 'act';
  const needs = needsOf({ requests: cards, bills, plan, meters, account: chosen, mayPay, today }, t);
  return {
    ...{
      cards: cards.slice(0, most),
      more: cards.length > most,
      needs,
      accounts,
      chosen,
      bill,
      plan,
      usage,
      taken: bill?.taken ?? null
    },
    zone: config.timeZone,
    dunning: notice && { ...notice, winter: isWinter(today) },
    /** They belong to no account at all, and could connect one. */
    unconnected: !account && !(await isMember(db, actor))
  };
}

export type Home = Awaited<ReturnType<typeof homeOf>>;

type Listed = Awaited<ReturnType<typeof listRequests>>['requests'][number];

async function cardOf(
  { db, locale, t }: App.Locals,
  request: Listed,
  { now, fell }: { now: Date; fell: Fallen | undefined }
) {
  const { reference, status, visit_on, needs_you, unread, said, said_by, said_name, submitted_at } = request;
  const kind = (await definitionOf(db, request.service_type, request.service_version)).name[locale];
  return {
    ...{ reference, visit_on, needs_you, unread, said, said_by, said_name, submitted_at, kind },
    href: `/requests/${reference}#new`,
    title: titleOf(request.written, kind),
    scheduled: status === 'scheduled',
    status: { word: t(`requests.status_${status}`), tone: looks[status].tone },
    /** What happens next, as a sentence. */
    next: fell ? tellFallen(fell, t) : tellStatus(request, t, config.timeZone, now),
    needs_time: fell !== undefined
  };
}
