/** What is shown when the screen has heard danger in what somebody wrote: safety first, and a way back for all else. */
import { error, redirect } from '@sveltejs/kit';
import { addToEmergency } from '#lib/emergencies/server/commands.ts';
import { safePath } from '#lib/people/landing.ts';
import { log } from '#lib/platform/server/log.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { safetyWording } from '#lib/safety/wording.ts';
import { safeToken } from '../../../safety-first.ts';
import type { Actions, PageServerLoad } from './$types';

const hazards = ['gas', 'co', 'fire'] as const;

export const load: PageServerLoad = ({ url, locals }) => {
  const hazard = hazards.find((known) => known === url.searchParams.get('hazard')) ?? 'gas';
  return {
    wording: safetyWording(config.jurisdiction, locals.locale, hazard),
    possible: url.searchParams.get('verdict') === 'possible',
    /** Without a record we do not say that anybody was told. */
    recorded: isKey(url.searchParams.get('e')),
    contactGiven: url.searchParams.has('contact'),
    /** Forms name their action in the query, so they carry the rest of it along. */
    query: url.searchParams.toString()
  };
};

export const actions: Actions = {
  /** They are safe and it is about something else: back to the form, with all that was typed. */
  safe: async ({ url, locals }) => {
    await add(url, locals, 'said_safe');
    const back = safePath(url.searchParams.get('back')) ?? '/';
    const key = url.searchParams.get('key') ?? '';
    const to = new URL(back, config.origin);
    to.searchParams.set('key', key);
    to.searchParams.set('safe', safeToken(key));
    redirect(303, to.pathname + to.search);
  },
  contact: async ({ url, locals, request }) => {
    const form = await request.formData();
    const contact = { phone: text(form, 'phone', 40), place: text(form, 'place', 500) };
    await add(url, locals, 'contact_given', contact);
    const here = new URLSearchParams(url.searchParams);
    here.delete('/contact');
    here.set('contact', '1');
    redirect(303, `/emergency/heard?${here}`);
  }
};

async function add(
  url: URL,
  locals: App.Locals,
  kind: 'said_safe' | 'contact_given',
  contact: { phone?: string; place?: string } = {}
) {
  const id = url.searchParams.get('e');
  if (!isKey(id)) return;
  try {
    await addToEmergency(locals.db, { id, kind, ...contact });
  } catch (problem) {
    log.error('an emergency could not be added to', { error: problem });
    if (kind === 'contact_given') error(503, locals.t('errors.unavailable'));
  }
}

const isKey = (value: string | null): value is string => /^[0-9a-f-]{36}$/.test(value ?? '');

function text(form: FormData, name: string, most: number) {
  const value = form.get(name);
  return typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, most) : undefined;
}
