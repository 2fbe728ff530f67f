/** Service history: one line each, newest first, by kind and in pages. */
import { historyKinds, readMark, writeMark } from '#lib/accounts/history.ts';
import { isCustomer } from '#lib/platform/actor.ts';
import { htmlOnly } from '#lib/platform/html-only.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { historyOf, kindIn, searchIn } from './sources.ts';
import type { PageServerLoad } from './$types';

const pageSize = 50;

export const load: PageServerLoad = async (event) => {
  const {
    url,
    locals: { db, actor, t }
  } = event;
  if (!isCustomer(actor)) refuse('missing', 'errors.missing');
  const kind = kindIn(url.searchParams.get('kind'));
  const before = readMark(url.searchParams.get('before'));
  const search = searchIn(url);
  const { lines, next } = await historyOf(db, actor, t, { kind, before, most: pageSize, search });
  return htmlOnly({
    kinds: historyKinds,
    kind,
    search,
    safe: url.searchParams.get('safe') ?? '',
    lines,
    older: next && writeMark(next),
    later: before !== null
  });
};
