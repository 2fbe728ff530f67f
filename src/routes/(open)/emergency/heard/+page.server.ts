/** What is shown when the screen has heard danger in what somebody wrote: safety first, and a way back for all else. */
import { error, redirect } from '@sveltejs/kit';
import { addToEmergency, noteShown } from '#lib/emergencies/server/commands.ts';
import { safePath } from '#lib/people/landing.ts';
import { log } from '#lib/platform/server/log.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { supplies } from '#lib/safety/supply.ts';
import { safetyWording } from '#lib/safety/wording.ts';
import { textsIn } from '#lib/platform/posted.ts';
import { confirmSearch } from '#lib/emergencies/server/search.ts';
import { spokenHere } from '../spoken.ts';
import type { Actions, PageServerLoad } from './$types';

const hazards = ['gas', 'co', 'fire'] as const;

const hazardIn = ({ searchParams }: URL) =>
  hazards.find((known) => known === searchParams.get('hazard')) ?? 'gas';

export const load: PageServerLoad = (event) => {
  const { url, locals } = event;
  const { db } = locals;
  const supply = supplies.find((known) => known === url.searchParams.get('supply')) ?? 'unknown';
  const wording = safetyWording(config.jurisdiction, spokenHere(event), hazardIn(url), supply);
  const id = url.searchParams.get('e');
  // Nobody waits for it: what to do now is on the screen before it is written down. Who is safe is shown their words.
  if (isKey(id) && !url.searchParams.has('/safe'))
    noteShown(db, { id, version: wording.version, locale: wording.locale }).catch((problem: unknown) =>
      log.error('that an emergency was answered could not be written down', { error: problem })
    );
  return {
    wording,
    possible: url.searchParams.get('verdict') === 'possible',
    /** Without a record we do not say that anybody was told. */
    recorded: isKey(id),
    /** Nobody has been told, for nobody knows yet whether there is danger. */
    asks: !isKey(id) && url.searchParams.has('ask'),
    contactGiven: url.searchParams.has('contact'),
    /** Forms name their action in the query, so they carry the rest of it along. */
    query: new URLSearchParams([...url.searchParams].filter(([name]) => !name.startsWith('/'))).toString()
  };
};

export const actions: Actions = {
  /** Shown as the answer to a form that could not be taken: the words of it stay on this page. */
  words: async ({ request }) => ({ typed: textsIn(await request.formData(), 'typed') }),
  /** A search that could have been a call for help was one. */
  confirm: async (event) => redirect(303, await confirmSearch(event, hazardIn(event.url))),
  /** They are safe and it is about something else: back to the form, with all that was typed. */
  safe: async ({ url, locals, request }) => {
    await add(url, locals, 'said_safe');
    const typed = textsIn(await request.formData(), 'typed');
    if (typed.length > 0) return { typed, on: wayOn(url) };
    redirect(303, wayOn(url));
  },
  contact: async ({ url, locals, request }) => {
    const form = await request.formData();
    const typed = textsIn(form, 'typed');
    const contact = { phone: text(form, 'phone', 40), place: text(form, 'place', 500) };
    await add(url, locals, 'contact_given', contact);
    if (typed.length > 0) return { typed, contactGiven: true };
    const here = new URLSearchParams(url.searchParams);
    here.delete('/contact');
    here.set('contact', '1');
    redirect(303, `/emergency/heard?${here}`);
  }
};

/** Back to where it was written, with the token that vouches for it. */
function wayOn({ searchParams }: URL) {
  const to = new URL(safePath(searchParams.get('back')) ?? '/', config.origin);
  to.searchParams.set('key', searchParams.get('key') ?? '');
  to.searchParams.set('safe', searchParams.get('token') ?? '');
  return to.pathname + to.search;
}

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
