/** What the two pages of priority services have in common: the customer's own, and the desk's. */
import { fail } from '@sveltejs/kit';
import { readRegistration } from '#lib/accounts/priority.ts';
import { changePriority, priorityPlace, type PriorityPlace } from '#lib/accounts/server/priority.ts';
import type { PersonActor } from '#lib/platform/actor.ts';
import { isId } from '#lib/platform/id.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { config } from '#lib/platform/server/runtime.ts';
import type { Words } from '#lib/platform/words.ts';
import { writeDay } from '#lib/forms/day.ts';
import { register } from '#lib/requests/server/priority-wishes.ts';
import { dayAt } from '#lib/requests/status-text.ts';
import { above, again, answer } from './form-action.ts';

/** The place that the address of the page names, or the first; and what to say of it. */
export async function loadPriority(db: Db, person: string, url: URL, t: Words) {
  const { places, place } = await priorityPlace(db, person, placeIn(url));
  const registered = place && standing(place, t);
  // Saved again it is good for two years anew; only what will pass keeps its own end, while that is to come.
  const keepsEnd = place?.needs?.includes('short_term') && !registered?.over;
  return { places, place: place && { ...place, until: keepsEnd ? place.until : null }, registered };
}

interface Registering {
  person: string;
  url: URL;
  /** Where it leads once it is done. */
  done: string;
}

/** Saves what was typed, and leads on. */
export async function savePriority(
  { db, t }: App.Locals,
  actor: PersonActor,
  { person, url, done, form }: Registering & { form: FormData }
) {
  const place = await placeOf(db, person, url);
  const read = readRegistration(form, dayAt(new Date(), config.timeZone));
  if (!read.ok) {
    const problems: Record<string, string> = Object.fromEntries(
      Object.entries(read.problems).map(([name, key]) => [name, t(key)])
    );
    return fail(422, { typed: read.typed, problems });
  }
  const save = async () => (await register(db, actor, person, place, read.said), done);
  return answer(t, save, again(read.said));
}

export function endPriority({ db, t }: App.Locals, actor: PersonActor, { person, url, done }: Registering) {
  const end = async () => {
    await changePriority(db, actor, person, await placeOf(db, person, url), null);
    return done;
  };
  return answer(t, end, above);
}

async function placeOf(db: Db, person: string, url: URL) {
  const { place } = await priorityPlace(db, person, placeIn(url));
  return place?.id ?? refuse('missing', 'errors.missing');
}

function placeIn(url: URL) {
  const named = url.searchParams.get('place');
  return named === null || isId(named) ? named : refuse('missing', 'errors.missing');
}

function standing({ line, until, needs }: PriorityPlace, t: Words) {
  if (!needs || !until) return null;
  const over = until <= dayAt(new Date(), config.timeZone);
  const said = { place: line, day: writeDay(until, t.locale) };
  return { over, text: t(over ? 'accounts.priority_over' : 'accounts.priority_now', said) };
}
