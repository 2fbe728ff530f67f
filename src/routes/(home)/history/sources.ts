/**
 * Everything a customer ever asked, was billed, paid, read and changed, as one list. Another source is a function of
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
import { readingHistory } from '#lib/accounts/server/history.ts';
import { billHistory, paymentHistory } from '#lib/billing/server/history.ts';
import { dunningHistory, programmeHistory } from '#lib/billing/server/programmes/history.ts';
import { changeHistory } from '#lib/accounts/server/change-history.ts';
import { prebuyHistory } from '#lib/orders/server/prebuy/history.ts';
import type { PersonActor } from '#lib/platform/actor.ts';
import type { Db } from '#lib/platform/server/db.ts';
import type { Words } from '#lib/platform/words.ts';
import { requestHistory } from '#lib/requests/server/history.ts';

type Source = (db: Db, actor: PersonActor, window: Window, t: Words) => Promise<HistoryLine[]>;

const sources: Record<HistoryKind, Source | Source[]> = {
  request: requestHistory,
  bill: [billHistory, dunningHistory],
  payment: [paymentHistory, prebuyHistory],
  reading: readingHistory,
  change: [changeHistory, programmeHistory]
};

export const kindIn = (text: string | null): HistoryKind | null =>
  historyKinds.find((kind) => kind === text) ?? null;

/** A page of it, of one kind or of all. Each source is asked for one line more than is shown. */
export async function historyOf(
  db: Db,
  actor: PersonActor,
  t: Words,
  { kind, before, most }: { kind: HistoryKind | null; before: Mark | null; most: number }
) {
  const asked = (kind ? [sources[kind]] : Object.values(sources)).flat();
  const window = { before, most: most + 1 };
  return mergeHistory(await Promise.all(asked.map((source) => source(db, actor, window, t))), most);
}
