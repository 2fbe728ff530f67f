/** A customer with all that is theirs. Looking is written to the audit log. */
import { openCustomer } from '#lib/accounts/server/customers.ts';
import { doubtedReadings } from '#lib/accounts/server/doubted.ts';
import { invitationsTo, withdrawInvitation } from '#lib/accounts/server/inviting.ts';
import { endAccess } from '#lib/accounts/server/members.ts';
import { priorityPlaces } from '#lib/accounts/server/priority.ts';
import { leave } from '#lib/programmes/server/commands.ts';
import { mayEditProducts } from '#lib/orders/server/products.ts';
import { changeAtDesk } from '#lib/refills/server/commands.ts';
import { photosOf } from '#lib/files/server/of-readings.ts';
import { isStaff } from '#lib/platform/actor.ts';
import { isId } from '#lib/platform/id.ts';
import { keyOf, textIn } from '#lib/platform/posted.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { lettersFailSince } from '#lib/platform/server/mail.ts';
import { definitionOf } from '#lib/catalogue/server/catalogue.ts';
import { detailsOf } from '#lib/people/server/details.ts';
import { closingOf } from '#lib/privacy/server/closing.ts';
import { writeDate } from '#lib/platform/dates.ts';
import { visitsOfCustomer } from '#lib/visits/server/lists.ts';
import { requestsElsewhere, requestsOf } from '#lib/desk/server/request.ts';
import { dayAt } from '#lib/requests/status-text.ts';
import { titleOf } from '#lib/requests/title.ts';
import { earliest } from '../../../../(home)/readings/given.ts';
import { kindIn } from '../../../../programme-form.ts';
import { textsOf } from '../../../../texts-of.ts';
import { factsOf } from './account-facts.ts';
import { buyForThem } from './buy-ahead.ts';
import { endPrebuy } from './end-prebuy.ts';
import { forCustomer, namedIn } from './for-customer.ts';
import { giveForThem } from './give-reading.ts';
import { noteReturn } from './note-return.ts';
import { goneThere, noteSupply } from './supply.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor, locale }, params, url }) => {
  if (!isStaff(actor)) refuse('missing', 'errors.missing');
  const customer = await openCustomer(db, actor, params.id);
  const today = dayAt(new Date(), config.timeZone);
  const lettersFail = await lettersFailSince(db, params.id);
  const requests = await requestsOf(db, params.id, { most: 50 });
  const { waiting, waits } = await closingOf(db, params.id);
  const facts = await Promise.all(
    customer.accounts.map((account) => factsOf(db, account, { staff: actor, today, locale }))
  );
  const doubted = await doubtedReadings(db, customer.id);
  const day = (at: Date) => writeDate(dayAt(at, config.timeZone), locale);
  return {
    customer,
    closed: customer.closed_at && day(customer.closed_at),
    closing: { due: waiting && day(waiting.due_at), held: waits.includes('hold') },
    details: await detailsOf(db, customer.id),
    texts: await textsOf(db, customer.id),
    priority: (await priorityPlaces(db, customer.id)).filter(({ needs }) => needs !== null),
    today,
    since: earliest(today),
    facts,
    doubted,
    photos: await photosOf(db, actor, [
      ...doubted.map(({ id }) => id),
      ...facts.flatMap(({ meters }) => meters.flatMap(({ readings }) => readings.map(({ id }) => id)))
    ]),
    keys: Object.fromEntries(facts.flatMap(({ meters }) => meters.map(({ id }) => [id, keyOf(null)]))),
    given: givenIn(url.searchParams.get('given')),
    ended: url.searchParams.has('ended'),
    ...{ invited: url.searchParams.has('invited'), allowed: url.searchParams.has('allowed') },
    visits: await visitsOfCustomer(db, customer.id),
    back: url.searchParams.has('back'),
    key: keyOf(null),
    mayEndPrebuys: mayEditProducts(actor),
    elsewhere: await requestsElsewhere(db, params.id),
    lettersFail,
    requests: await Promise.all(
      requests.map(async ({ service_type, service_version, written, ...request }) => {
        const type = (await definitionOf(db, service_type, service_version)).name[locale];
        return { ...request, type, title: titleOf(written, type) };
      })
    )
  };
};

export const actions: Actions = {
  /** Somebody comes to an account of the customer no more: at their wish, and recorded. */
  end: (event) =>
    forCustomer(event, async ({ db, actor, accounts, form }) => {
      const account = accounts.find(({ id }) => id === textIn(form, 'account'));
      const person = textIn(form, 'person');
      if (!account || !isId(person)) refuse('missing', 'access.gone');
      await endAccess(db, actor, { account: account.id, person });
      return '?ended#readings';
    }),

  /** An invitation that the holder takes back. */
  withdraw: (event) =>
    forCustomer(event, async ({ db, actor, accounts, form }) => {
      const id = textIn(form, 'invitation');
      const waiting = await Promise.all(accounts.map((account) => invitationsTo(db, account.id)));
      if (!waiting.flat().some((one) => one.id === id)) refuse('missing', 'access.invitation_gone');
      await withdrawInvitation(db, actor, id);
      return '#readings';
    }),

  /** A programme that the customer wants no longer, left on their behalf. Who did it stands in its history. */
  leave: (event) =>
    forCustomer(event, async (opened) => {
      const kind = kindIn(textIn(opened.form, 'programme'));
      await leave(opened.db, namedIn(opened).id, kind, dayAt(new Date(), config.timeZone));
      return '#readings';
    }),

  /** Regular refills that the customer wants paused, taken up again or ended. */
  refills: (event) =>
    forCustomer(event, async ({ db, actor, accounts, form }) => {
      const [plan, what] = [textIn(form, 'plan'), textIn(form, 'what')];
      if (!isId(plan)) refuse('missing', 'refills.not_found');
      const today = dayAt(new Date(), config.timeZone);
      await changeAtDesk(db, actor, { plan, what, today, of: accounts.map(({ id }) => id) });
      return '#refills';
    }),

  supply: (event) => noteSupply(event),

  /** Something to mind at a place of theirs is there no more. */
  gone: (event) => goneThere(event),

  /** Gas bought ahead, with the payment in hand. */
  ahead: (event) => buyForThem(event),

  /** What was bought ahead is ended before its day, and the rest paid back as agreed. */
  prebuy: (event) => endPrebuy(event),

  /** A cylinder that came back without a full one going out. */
  cylinders: async ({ locals, params, request }) => {
    if (!isStaff(locals.actor)) refuse('missing', 'errors.missing');
    const { accounts } = await openCustomer(locals.db, locals.actor, params.id);
    const form = await request.formData();
    return noteReturn(locals, { staff: locals.actor, customer: params.id, accounts, form });
  },

  give: (event) => giveForThem(event)
};

const givenIn = (said: string | null) => (said === 'noted' || said === 'doubted' ? said : null);
