/**
 * The short road of customer pages that have no scripts of their own: what a page asks travels with the question who
 * comes, and what it shows is drawn into a frame that was kept. The shell takes it (`bin/short-road.ts`); whatever is
 * out of the ordinary goes the long road, by SvelteKit, which asks and shows the same.
 */
import type { Component } from 'svelte';
import { isCustomer, type Actor, type Customer, type Role } from '../actor.ts';
import { htmlOnly } from '../html-only.ts';
import { refuse } from '../refusal.ts';
import type { Locale } from '../language.ts';
import type { Words } from '../words.ts';
import type { Db } from './db.ts';
import { frameOf, type Frame } from './frame.ts';

/** A page in two halves: one that waits, and one that does not. */
export interface ShortPage<Asked, Facts extends object> {
  /** All that is asked. The customer's id is not known before the first answer: statements say `me`. */
  ask(coming: Coming): Promise<Asked>;
  /** What is shown of the answers. */
  show(asked: Asked, reader: Reader): Facts;
}

export interface Coming {
  db: Db;
  actor: Customer;
  url: URL;
  params: Record<string, string>;
  /** Those of the request. */
  headers: Pick<Headers, 'get' | 'has'>;
  /** Those of whoever comes: known, like their id, as soon as something was answered. */
  words(): Words;
}

export interface Reader {
  actor: Customer;
  url: URL;
  t: Words;
  now: Date;
}

/** What SvelteKit hands to a `load`, as far as it is needed here. */
interface Loading {
  url: URL;
  params: Record<string, string>;
  request: Request;
  locals: { db: Db; actor: Actor; t: Words; frame?: object };
}

/** The same page by the long road: its `load`. For a frame alone nothing is asked, and nothing will be drawn. */
export const longRoad =
  <Asked, Facts extends object>({ ask, show }: ShortPage<Asked, Facts>) =>
  async ({ url, params, request, locals: { db, actor, t, frame } }: Loading): Promise<Facts> => {
    if (frame) return {} as Facts;
    if (!isCustomer(actor)) refuse('missing', 'errors.missing');
    const asked = await ask({ db, actor, url, params, headers: request.headers, words: () => t });
    return htmlOnly(show(asked, { actor, url, t, now: new Date() }));
  };

/** A page where it lies, with what draws it. */
export interface Place {
  /** The id of its route. */
  route: string;
  /** The paths that go the short road, with the parameters as named groups. */
  path: RegExp;
  /** Such a path, but nobody's: its frame is drawn at it. */
  example: string;
  queries: readonly string[];
  page: ShortPage<unknown, object>;
  component: Component<{ data: object; form: null }>;
}

interface Opened {
  page: ShortPage<unknown, object>;
  component: Component<never>;
  /** How each parameter of the path is written, as a pattern. What is written otherwise goes the long road. */
  params?: Record<string, string>;
  /** What an address may ask beside. Where it asks anything else it goes the long road. */
  queries?: readonly string[];
}

/** Opens the short road to the page of a route. */
export function place(route: string, { page, component, params = {}, queries = [] }: Opened): Place {
  const address = route.replaceAll(/\/\(\w+\)/g, '');
  const path = address.replaceAll(/\[(\w+)\]/g, (_, name: string) => `(?<${name}>${params[name]})`);
  const example = address.replaceAll(/\[\w+\]/g, 'nobody');
  // It draws what its own page shows, whatever that is.
  const drawing = component as unknown as Place['component'];
  return { route, path: new RegExp(`^${path}$`), example, queries, page, component: drawing };
}

/** What every page is told beside its own facts, for its frame and for whatever it draws. */
type LayoutFacts = (locals: { person: Person; locale: Locale }) => object;
interface Person {
  name: string;
  role: Role;
  email: string;
}

/** The pages that can be answered by the short road. */
export let places: readonly Place[] = [];
export let layoutFacts: LayoutFacts = () => ({});

/** Told once, by whoever knows all pages. */
export function openShortRoad(opened: readonly Place[], facts: LayoutFacts) {
  places = opened;
  layoutFacts = facts;
}

const frames = new Map<string, Frame | null>();

/** The frame of a place in a language, once it was drawn. */
export const frameFor = ({ route }: Pick<Place, 'route'>, locale: Locale) =>
  frames.get(`${route} ${locale}`) ?? null;

/**
 * Keeps the frame of a page that goes the long road, where there is none yet. `draw` draws it at a path, around nothing
 * and for nobody. One that cannot be drawn is not tried again: the long road is always there.
 */
export async function keepFrame(route: string, locale: Locale, draw: (path: string) => Promise<Response>) {
  const place = places.find((one) => one.route === route);
  const key = `${route} ${locale}`;
  if (!place || frames.has(key)) return;
  frames.set(key, null);
  frames.set(key, await frameOf(await draw(place.example), place.example));
}
