/**
 * Everything a customer ever asked, said, was visited for, ordered, was billed, paid, read and changed, as one list. Another source is a function of
 * its module that gives the lines of a window, newest first; it is named here, and its kind in `accounts/history.ts`.
 */
import {
  type HistoryKind,
  historyKinds,
  type HistoryLine,
  mergeHistory,
  type Mark,
  type Window
} from '#lib/accounts/history.ts';
import { readingHistory, seesSeveral } from '#lib/accounts/server/history.ts';
import { billHistory, paymentHistory } from '#lib/billing/server/history.ts';
import { dunningHistory, programmeHistory } from '#lib/programmes/server/history.ts';
import { changeHistory } from '#lib/accounts/server/change-history.ts';
import { orderHistory, orderPaymentHistory, orderRefundHistory } from '#lib/orders/server/history.ts';
import { prebuyHistory } from '#lib/prebuy/server/history.ts';
import type { PersonActor } from '#lib/platform/actor.ts';
import type { Db } from '#lib/platform/server/db.ts';
import type { Words } from '#lib/platform/words.ts';
import { requestHistory } from '#lib/requests/server/history.ts';
import { saidHistory } from '#lib/requests/server/said-history.ts';
import { chargeHistory } from '#lib/visits/server/charges.ts';
import { visitHistory } from '#lib/visits/server/history.ts';

type Source = (db: Db, actor: PersonActor, window: Window, t: Words) => Promise<HistoryLine[]>;

const sources: Record<HistoryKind, Source | Source[]> = {
  request: [requestHistory, saidHistory],
  visit: visitHistory,
  order: orderHistory,
  bill: [billHistory, dunningHistory, chargeHistory],
  payment: [paymentHistory, prebuyHistory, orderPaymentHistory, orderRefundHistory],
  reading: readingHistory,
  change: [changeHistory, programmeHistory]
};

/** What has a name that somebody could look for. */
const named: ReadonlySet<Source> = new Set([
  ...[requestHistory, saidHistory, visitHistory],
  ...[orderHistory, orderPaymentHistory, orderRefundHistory, billHistory, readingHistory, chargeHistory]
]);

/** What somebody looks for. */
export const searchIn = (url: URL) => (url.searchParams.get('q') ?? '').trim().slice(0, 60);

export const kindIn = (text: string | null): HistoryKind | null =>
  historyKinds.find((kind) => kind === text) ?? null;

/** A page of it, of one kind or of all. Each source is asked for one line more than is shown. */
export async function historyOf(
  db: Db,
  actor: PersonActor,
  t: Words,
  {
    kind,
    before,
    most,
    search
  }: { kind: HistoryKind | null; before: Mark | null; most: number; search?: string }
) {
  const asked = (kind ? [sources[kind]] : Object.values(sources))
    .flat()
    .filter((source) => !search || named.has(source));
  const window = { before, most: most + 1, ...(search && { search }) };
  const [several, ...found] = await Promise.all([
    seesSeveral(db, actor),
    ...asked.map((source) => source(db, actor, window, t))
  ]);
  const { lines, next } = mergeHistory(found, most);
  return { lines: several ? lines.map((line) => withAccount(line, t)) : lines, next };
}

const withAccount = (line: HistoryLine, t: Words): HistoryLine =>
  line.account ? { ...line, text: t('history.of_account', { what: line.text, number: line.account }) } : line;
