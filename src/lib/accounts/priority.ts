/** Why somebody at a place is served first (priority services), what they want of us, and for how long. */
import type { Format } from '#lib/people/contact-form.ts';
import { isDay } from '#lib/platform/dates.ts';
import { textIn, textsIn } from '#lib/platform/posted.ts';
import type { WordKey } from '#lib/platform/words.ts';

/** In the words of the form by which they ask for it. */
export const needs = [
  'age',
  'child',
  'disability',
  'hearing',
  'sight',
  'smell',
  'mental_health',
  'equipment',
  'language',
  'short_term'
] as const;
export type Need = (typeof needs)[number];

export const wishes = ['password', 'nominee', 'format', 'reading', 'knock', 'heating'] as const;
export type PriorityWish = (typeof wishes)[number];

export interface Registration {
  needs: Need[];
  wants: PriorityWish[];
  /** Whether the network and other utilities of the place may know. */
  shared: boolean;
  until: string;
}

/** What whoever serves somebody has to know of them. */
export interface Care {
  /** Why the place is served first; empty where nothing is registered that holds today. */
  needs: Need[];
  /** What helps at their door. */
  wants: PriorityWish[];
  /** How what we write to them should be, and whether they are not to be called. */
  formats: Format[];
}

/** A registration is looked at again after two years, so that nobody is asked about what has passed. */
export const yearsGood = 2;

type Read =
  | { ok: true; said: Registration }
  | { ok: false; typed: Registration; problems: Partial<Record<'needs' | 'until', WordKey>> };

/** Reads a registration. What will pass has an end of its own; everything else ends after two years, if not renewed. */
export function readRegistration(form: FormData, today: string): Read {
  const chosen = textsIn(form, 'needs');
  const wanted = textsIn(form, 'wants');
  const given = textIn(form, 'until').slice(0, 10);
  const last = Temporal.PlainDate.from(today).add({ years: yearsGood }).toString();
  const said: Registration = {
    needs: needs.filter((need) => chosen.includes(need)),
    wants: wishes.filter((wish) => wanted.includes(wish)),
    shared: textIn(form, 'shared') === 'yes',
    until: given || last
  };

  const passing = said.needs.length === 1 && said.needs[0] === 'short_term';
  const problems: Partial<Record<'needs' | 'until', WordKey>> = {
    ...(said.needs.length === 0 && { needs: 'accounts.priority_needs_none' }),
    ...(passing && !given && { until: 'accounts.priority_until_empty' }),
    ...(!isBetween(said.until, today, last) && { until: 'accounts.priority_until_wrong' })
  };
  return Object.keys(problems).length === 0
    ? { ok: true, said }
    : { ok: false, typed: { ...said, until: given }, problems };
}

const isBetween = (day: string, today: string, last: string) => isDay(day) && day > today && day <= last;
