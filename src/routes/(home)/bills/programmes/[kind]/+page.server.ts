/** One programme of an account: what it offers, its days once it is agreed on, and the way out. */
import { chosenAccount } from '#lib/accounts/server/queries.ts';
import { keptCard } from './kept-card.ts';
import { offeredFor } from '#lib/programmes/offered.ts';
import { readWish, type Read } from '#lib/programmes/wishes.ts';
import { isCustomer } from '#lib/platform/actor.ts';
import { htmlOnly } from '#lib/platform/html-only.ts';
import { keyOf } from '#lib/platform/posted.ts';
import { refuse } from '#lib/platform/refusal.ts';
import {
  join,
  kindIn,
  leaveProgramme,
  problemsOf,
  programmesNow,
  typedFrom
} from '../../../../programme-form.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
  const { url, params, locals } = event;
  const kind = kindIn(params.kind);
  const { accounts, account } = await accountOf(event);
  const card = kind === 'autopay' ? await keptCard(locals, account, url) : null;
  const { inForce, plan, around, bill } = await programmesNow(locals.db, account.id);
  const mine = inForce.find((one) => one.kind === kind) ?? null;
  const another = kind === 'autopay' && around.keepsCards && url.searchParams.has('another');
  const typed = typedFrom(url.searchParams);
  // A form that was filled in to see what comes of it stands in the address.
  const asked = [...url.searchParams.keys()].some((name) => name in typed);
  const read: Read | null = !mine && (asked || kind === 'budget') ? readWish(kind, typed, around) : null;
  return htmlOnly({
    accounts,
    account,
    kind,
    mine,
    card,
    another,
    today: around.today,
    plan: plan?.kind === kind ? plan : null,
    balance: around.account.balance,
    bill,
    planKind: plan?.kind ?? null,
    mayAct: account.scope === 'act',
    offer: mine && !another ? null : offeredFor(kind, around),
    typed,
    proposal: read?.ok ? read.proposal : null,
    problems: read && !read.ok && read.why === null ? problemsOf(read, locals.t, around) : {},
    key: keyOf(null),
    joined: url.searchParams.has('joined')
  });
};

export const actions: Actions = {
  join: async (event) => {
    const { locals, params, request } = event;
    const { actor, account } = await accountOf(event, 'act');
    const kind = kindIn(params.kind);
    const form = await request.formData();
    const done = `/bills/programmes/${kind}?account=${account.number}&joined`;
    return join(locals, actor, { account, kind, form, done });
  },

  leave: async (event) => {
    const { account } = await accountOf(event, 'act');
    const done = `/bills/programmes?account=${account.number}`;
    return leaveProgramme(event.locals, { account, kind: kindIn(event.params.kind), done });
  }
};

/** The account that the address names, or the first; to change anything they must act on it. */
async function accountOf({ url, locals: { db, actor } }: RequestEvent, scope?: 'act') {
  if (!isCustomer(actor)) refuse('missing', 'errors.missing');
  const { accounts, account } = await chosenAccount(db, actor, url.searchParams.get('account'));
  if (!account || (scope && account.scope !== scope)) refuse('missing', 'errors.missing');
  return { actor, accounts, account };
}
