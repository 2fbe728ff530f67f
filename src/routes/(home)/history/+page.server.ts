/** Service history: one line each, newest first, by kind and in pages. */
import { historyKinds, readMark, writeMark } from '#lib/accounts/history.ts';
import { isCustomer } from '#lib/platform/actor.ts';
import { htmlOnly } from '#lib/platform/html-only.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { historyOf, kindIn } from './sources.ts';
import type { PageServerLoad } from './$types';

const pageSize = 50;

export const load: PageServerLoad = async ({ url, locals: { db, actor, t } }) => {
  if (!isCustomer(actor)) refuse('missing', 'errors.missing');
  const kind = kindIn(url.searchParams.get('kind'));
  const before = readMark(url.searchParams.get('before'));
  const { lines, next } = await historyOf(db, actor, t, { kind, before, most: pageSize });
  return htmlOnly({
    kinds: historyKinds,
    kind,
    lines,
    older: next && writeMark(next),
    later: before !== null
  });
};
