/** What is shown when the screen has heard danger in what somebody wrote: safety first, and a way back for all else. */
import { redirect } from '@sveltejs/kit';
import { safePath } from '#lib/people/landing.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { supplies } from '#lib/safety/supply.ts';
import { safetyWording } from '#lib/safety/wording.ts';
import { vouchedFor, waiting } from './waiting.ts';
import { textIn, textsIn } from '#lib/platform/posted.ts';
import { confirmDanger } from '#lib/emergencies/server/search.ts';
import { spokenHere } from '../spoken.ts';
import { elsewhere, emergencyIn, known, note, supplyThere, tellContact, tellSafe } from './contact.ts';
import type { Actions, PageServerLoad } from './$types';

const hazards = ['gas', 'co', 'fire'] as const;

const hazardIn = ({ searchParams }: URL) =>
  hazards.find((known) => known === searchParams.get('hazard')) ?? 'gas';

export const load: PageServerLoad = async (event) => {
  const { url, locals } = event;
  const supply = supplies.find((known) => known === url.searchParams.get('supply')) ?? 'unknown';
  const wording = safetyWording(config.jurisdiction, spokenHere(event), hazardIn(url), supply);
  const id = emergencyIn(url);
  // Who is safe is shown their words.
  if (id && !url.searchParams.has('/safe')) note(locals, id, wording);
  return {
    wording,
    possible: url.searchParams.get('verdict') === 'possible',
    /** Without a record we do not say that anybody was told. */
    recorded: id !== null,
    /** Nor of words that were too many to be kept: the record is there, and stands open for all else. */
    lost: url.searchParams.has('lost'),
    /** Nobody has been told, for nobody knows yet whether there is danger. */
    asks: id === null && url.searchParams.has('ask'),
    known: await known(locals, id),
    elsewhere,
    contactGiven: url.searchParams.has('contact'),
    /** Forms name their action in the query, so they carry the rest of it along. */
    query: new URLSearchParams([...url.searchParams].filter(([name]) => !name.startsWith('/'))).toString()
  };
};

export const actions: Actions = {
  /** Shown as the answer to a form that could not be taken: the words of it stay on this page. */
  words: async ({ request }) => waiting(await request.formData()),
  /** What could have been a call for help was one. */
  confirm: async (event) => {
    const typed = textsIn(await event.request.formData(), 'typed');
    redirect(303, await confirmDanger(event, hazardIn(event.url), typed));
  },
  /** They are safe and it is about something else: back to the form, with all that was typed. */
  safe: async ({ url, locals, request, cookies }) => {
    await tellSafe(locals, url);
    const { typed, again } = waiting(await request.formData());
    if (again) return { typed, again: vouchedFor(again, url, cookies), on: wayOn(url) };
    if (typed.length > 0) return { typed, again, on: wayOn(url) };
    redirect(303, wayOn(url));
  },
  contact: async (event) => {
    const { url, locals, request } = event;
    const form = await request.formData();
    const { around } = safetyWording(config.jurisdiction, spokenHere(event), hazardIn(url));
    const failed = await tellContact(locals, url, form, around);
    if (failed) return failed;
    const { typed, again } = waiting(form);
    if (typed.length > 0) return { typed, again, contactGiven: true };
    const here = new URLSearchParams(url.searchParams);
    here.delete('/contact');
    here.set('contact', '1');
    const supply = await supplyThere(locals, textIn(form, 'premises'));
    if (supply && here.get('supply') === 'unknown') here.set('supply', supply);
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
