/** Everything a customer ever asked, was billed, paid, read and changed, as they see it themself. */
import { historyKinds, readMark, writeMark } from '#lib/accounts/history.ts';
import { openCustomer } from '#lib/accounts/server/customers.ts';
import { isStaff } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { historyOf, kindIn, searchIn } from '../../../../../(home)/history/sources.ts';
import type { PageServerLoad } from './$types';

const pageSize = 50;

export const load: PageServerLoad = async ({ locals: { db, actor, t }, params, url }) => {
  if (!isStaff(actor)) refuse('missing', 'errors.missing');
  const { id, name } = await openCustomer(db, actor, params.id);
  const kind = kindIn(url.searchParams.get('kind'));
  const before = readMark(url.searchParams.get('before'));
  // Whose it is; the database still answers one of us, so another team's requests are not among them.
  const whose = { kind: 'person', id, role: 'customer', team: null } as const;
  const search = searchIn(url);
  const { lines, next } = await historyOf(db, whose, t, { kind, before, most: pageSize, search });
  return {
    ...{ id, name, kind, search, kinds: historyKinds },
    lines: lines.map((line) => ({ ...line, href: atDesk(line.href, id) })),
    older: next && writeMark(next),
    later: before !== null
  };
};

/** Where the desk has what a line leads to: the request, or the customer's page. */
function atDesk(href: string | null, id: string) {
  if (href?.startsWith('/requests/') || href?.startsWith('/orders/O-')) return `/desk${href}`;
  return href && `/desk/customers/${id}#readings`;
}
