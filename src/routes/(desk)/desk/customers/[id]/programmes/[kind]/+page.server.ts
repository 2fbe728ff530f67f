/** A programme of a customer's account, agreed on at the desk as they asked. Who did it stands in its history. */
import { begin } from '#lib/programmes/server/commands.ts';
import { offeredFor } from '#lib/programmes/offered.ts';
import { canBegin } from '#lib/programmes/programme.ts';
import { readWish } from '#lib/programmes/wishes.ts';
import { keyOf } from '#lib/platform/posted.ts';
import { refuse } from '#lib/platform/refusal.ts';
import {
  join,
  kindIn,
  leaveProgramme,
  problemsOf,
  programmesNow,
  today,
  typedFrom
} from '../../../../../../programme-form.ts';
import { above, answer } from '../../../../../../form-action.ts';
import { accountOf } from '../../account-of.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
  const { url, params, locals } = event;
  const kind = kindIn(params.kind);
  const { customer, account } = await opened(event);
  const { inForce, plan, around } = await programmesNow(locals.db, account.id, { atDesk: true });
  const mine = inForce.find((one) => one.kind === kind) ?? null;
  const typed = typedFrom(url.searchParams);
  // A form that was filled in to see what comes of it stands in the address.
  const asked = [...url.searchParams.keys()].some((name) => name in typed);
  const read = !mine && (asked || kind === 'budget') ? readWish(kind, typed, around) : null;
  return {
    mayBegin: mine?.state === 'asked' && canBegin(locals.actor),
    ...{ kind, mine, typed, key: keyOf(null), joined: url.searchParams.has('joined') },
    customer: { id: customer.id, name: customer.name, email: customer.email },
    account: account.number,
    plan: plan?.kind === kind ? plan : null,
    planKind: plan?.kind ?? null,
    balance: around.account.balance,
    offer: mine ? null : offeredFor(kind, around),
    proposal: read?.ok ? read.proposal : null,
    problems: read && !read.ok && read.why === null ? problemsOf(read, locals.t, around, '_theirs') : {}
  };
};

export const actions: Actions = {
  join: async (event) => {
    const { locals, params, request } = event;
    const kind = kindIn(params.kind);
    const { actor, account } = await opened(event);
    const done = `/desk/customers/${params.id}/programmes/${kind}?account=${account.number}&joined`;
    return join(locals, actor, { account, kind, form: await request.formData(), done, atDesk: true });
  },

  begin: async (event) => {
    const { locals, params } = event;
    if (!canBegin(locals.actor)) refuse('missing', 'errors.missing');
    const kind = kindIn(params.kind);
    const { actor, account } = await opened(event);
    const done = `/desk/customers/${params.id}/programmes/${kind}?account=${account.number}&joined`;
    const doing = async () => {
      await begin(locals.db, actor, { account: account.id, kind, today: today() });
      return done;
    };
    return answer(locals.t, doing, above);
  },

  leave: async (event) => {
    const kind = kindIn(event.params.kind);
    const { account } = await opened(event);
    const done = `/desk/customers/${event.params.id}#readings`;
    return leaveProgramme(event.locals, { account, kind, done });
  }
};

const opened = ({ locals: { db, actor }, params, url }: RequestEvent) => accountOf(db, actor, params.id, url);
