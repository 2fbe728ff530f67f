/** Logging a call: who calls, what they ask for, and the same form that customers fill in. */
import { randomUUID } from 'node:crypto';
import { fail, redirect } from '@sveltejs/kit';
import { openCustomer, searchCustomers } from '#lib/accounts/server/customers.ts';
import { groups } from '#lib/catalogue/all.ts';
import { searchTypes } from '#lib/catalogue/search.ts';
import { gateHit, pathTo } from '#lib/forms/form.ts';
import { listUnsent } from '#lib/files/server/queries.ts';
import { offeredTypes } from '#lib/catalogue/server/catalogue.ts';
import { submitRequest } from '#lib/requests/server/submit.ts';
import { answer } from '../../../../form-action.ts';
import { areOrders } from '../../../../(open)/requests/new/[code]/season-ahead.ts';
import { today } from '../../../../(open)/requests/new/[code]/form-page.ts';
import { askableOf, attachedFrom } from './about.ts';
import { callIn, dangerIn, staff, typeOf, type Wrong } from './call.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const { db, locale } = locals;
  const kind = (url.searchParams.get('kind') ?? '').slice(0, 100);
  const customerId = url.searchParams.get('customer');
  const unknown = url.searchParams.get('caller') === 'unknown';

  const offered = [...(await offeredTypes(db)).values()].map(({ type }) => type);
  const type = offered.find(({ code }) => code === url.searchParams.get('type')) ?? null;
  const listed = kind.trim() === '' ? offered : searchTypes(offered, kind, locale);

  const customer = customerId ? await openCustomer(db, staff(locals), customerId) : null;
  return {
    ...{ kind, unknown, type, customer, key: randomUUID() },
    askable: customer && type && type.needs.account !== 'none' ? await askableOf(db, customer.accounts) : [],
    // What is brought is better ordered for them at once.
    order: type && customerId && areOrders.has(type.code) ? `/desk/orders/new?customer=${customerId}` : null,
    ...today(),
    groups: groups
      .map((group) => ({
        code: group.code,
        name: group.name[locale],
        types: listed
          .filter((one) => one.group === group.code)
          .map(({ code, name, summary }) => ({ code, name: name[locale], summary: summary[locale] }))
      }))
      .filter((group) => group.types.length > 0)
  };
};

export const actions: Actions = {
  caller: async ({ locals: { db }, request }) => ({
    search: await searchCustomers(db, await request.formData())
  }),

  log: async (event) => {
    const { locals } = event;
    const actor = staff(locals);
    const { type, team_id } = await typeOf(event);
    const call = await callIn(event, type);
    const again = async (wrong: Wrong) => {
      const unsent = await listUnsent(locals.db, actor, call.key);
      return { ...call.kept, unsent, wrong, key: wrong.key ?? call.key };
    };
    const failing = async (status: number, wrong: Wrong) => fail(status, await again(wrong));

    // Danger comes first: before the form is judged, and before anything is stored.
    const danger = await dangerIn(event, type, call);
    if (danger) return failing(422, { danger });
    const elsewhere = gateHit(type, call.kept.typed);
    if (elsewhere) redirect(303, pathTo(elsewhere));
    if (call.turnedAway) return failing(422, { attachmentProblem: call.turnedAway });
    if (!call.reading.ok) return failing(422, { problems: call.reading.problems });
    if (Object.keys(call.callerProblems).length > 0)
      return failing(422, { callerProblems: call.callerProblems });
    if (type.needs.account === 'required' && call.mustChoose) return failing(422, { placeProblem: true });
    if (call.aboutProblem) return failing(422, { aboutProblem: true });

    const { reading } = call;
    const log = async () => {
      const { reference } = await submitRequest(locals.db, actor, {
        key: call.key,
        type,
        team: team_id,
        answers: reading.answers,
        contact: { ...reading.contact, ...call.callerContact },
        description: reading.description,
        account: call.place?.account ?? null,
        premises: call.place?.premises ?? null,
        attachments: call.attachments,
        attached: call.about && attachedFrom(call.about),
        channel: call.kept.channel,
        locale: call.customer?.locale ?? locals.locale,
        requester: call.customer?.id ?? null,
        now: new Date()
      });
      return `/desk/requests/${reference}`;
    };
    // Sent before with other words: with a key of its own it is another request.
    return answer(locals.t, log, (refusal, { kind }) =>
      again({ ...(kind === 'conflict' && { key: randomUUID() }), refusal })
    );
  }
};
