/** The one door for words: what was typed is read for danger once, before anybody looks who comes or any page sees it. */
import { json, redirect, type RequestEvent } from '@sveltejs/kit';
import {
  hearDanger,
  type Inbound,
  isForPrograms,
  listensTo,
  reportDanger,
  type Danger
} from '#lib/emergencies/server/inbound.ts';
import { safetyPageHere } from '#lib/emergencies/server/safety-page.ts';
import { screenText } from '#lib/emergencies/server/screening.ts';
import { keyOfSearch, searchSafely } from '#lib/emergencies/server/search.ts';
import { isStaff } from '#lib/platform/actor.ts';
import { isKey, textIn } from '#lib/platform/posted.ts';
import { rememberVisitor } from '#lib/people/server/remember-visitor.ts';
import { vouchedHere } from '#lib/safety/server/acknowledgement.ts';
import type { Reading } from '#lib/safety/server/reading-here.ts';
import { freeText, type Offered } from '../free-text.ts';
import { searched } from '../searched.ts';
import { keptBy, type Stored, toldBy, type TellsOf, type Told } from './told-by-route.ts';
import { sentForm } from './unsaved-text.ts';

/** What came in, and what the screen made of it. */
export interface Heard {
  form: FormData;
  /** Every word that was typed, in the order of the form; or the search. */
  typed: string[];
  /** Null where nothing was typed, or where it is not ours to listen. */
  verdict: Reading | null;
}

/** Reads what came in, without asking the database anything. */
export async function hear({ request, route, url }: RequestEvent, offered: Offered): Promise<Heard> {
  const posts = bringsForm(request) && !isForPrograms(route.id);
  const form = posts ? await request.formData().catch(() => new FormData()) : new FormData();
  const typed = posts ? freeText(form, offered) : searchesIn(url);
  const listens = typed.length > 0 && listensTo(route.id);
  return { form, typed, verdict: listens ? await screenText(typed.join('\n')) : null };
}

export const bringsForm = ({ method }: Request) => method !== 'GET' && method !== 'HEAD';

const searchesIn = ({ searchParams }: URL) =>
  searched.flatMap((name) => searchParams.getAll(name)).filter((text) => text.trim() !== '');

/** Where danger was heard: the record, and the safety page as the answer. Null lets the form or the search go on. */
export async function stopDanger(event: RequestEvent, tellsOf: TellsOf): Promise<Response | null> {
  const { locals, request, route } = event;
  if (!listensTo(route.id) || isStaff(locals.actor)) return null;
  if (bringsForm(request)) return stopForm(event, tellsOf);
  const { typed, verdict } = locals.heard;
  if (verdict) await searchSafely(event, typed.join('\n'), verdict);
  return null;
}

async function stopForm(event: RequestEvent, tellsOf: TellsOf): Promise<Response | null> {
  const { typed, form, verdict } = event.locals.heard;
  const tells = await tellsOf((event.route.id ?? '').replace(draft, ''));
  const stored = await toldBy(event, tells?.stored);
  const texts = [...(stored?.texts ?? []), ...typed];
  if (texts.length === 0) return null;
  const reading = await readTogether(verdict, texts, stored);
  const inbound = { texts, channel: channelOf(event, 'form'), back: backTo(event), ...vouched(event) };
  const danger = await hearDanger(event, inbound, reading);
  if (!danger) return null;
  const cookie = rememberVisitor(event);
  const { keep, ...told } = (await toldBy(event, tells?.inbound)) ?? {};
  const channel = channelOf(event, told.channel ?? 'form');
  return answerDanger(event, { inbound: { ...inbound, ...told, channel }, danger, form, keep, cookie });
}

/** The verdict of the door; where words of before may change it, of all of them together. */
async function readTogether(verdict: Reading | null, texts: string[], stored?: Stored): Promise<Reading> {
  if (verdict && (verdict.level !== 'clear' || !stored || stored.texts.length === 0)) return verdict;
  const together = await screenText(texts.join('\n'));
  if (!verdict || together.level === 'clear' || !stored?.heard) return together;
  return (await screenText(stored.texts.join('\n'))).level === 'clear' ? together : verdict;
}

interface Stopped {
  inbound: Inbound;
  danger: Danger;
  form: FormData;
  keep: Told['keep'];
  /** That by which a visitor is known from now on, if they were not before. */
  cookie: string | null;
}

/** To the safety page where the words wait; where they do not, they are shown on it, and sent once more from there. */
async function answerDanger(event: RequestEvent, { inbound, danger, form, keep, cookie }: Stopped) {
  const accepts = event.request.headers.get('accept') ?? '';
  const way = await reportDanger(event, inbound, danger);
  const kept = await keptBy(keep);
  // The script that keeps drafts follows it by itself.
  if (isDraft(event) || !/text\/html|application\/json/.test(accepts))
    return json({ kept, safety: way }, { headers: cookie ? { 'set-cookie': cookie } : {} });
  if (kept) redirect(303, way);
  if (!accepts.includes('text/html')) return json({ kept, safety: way });
  const page = await safetyPageHere(event, way, event.locals.heard.typed, sentForm(event.url, form));
  if (cookie) page.headers.append('set-cookie', cookie);
  return page;
}

const draft = /\/draft$/;
const isDraft = ({ route }: RequestEvent) => draft.test(route.id ?? '');

/** The page with the form. What is no page, as where files are sent to, was sent from one. */
function backTo({ url, request, route }: RequestEvent) {
  const from = route.id ? null : URL.parse(request.headers.get('referer') ?? '');
  const page = from?.origin === url.origin ? from : url;
  return page.pathname.replace(draft, '') + withoutAction(page);
}

const channelOf = (event: RequestEvent, channel: string) => (isDraft(event) ? 'draft' : channel);

/** What an address asks for stays: a cart, an account. The form's action, and what was vouched for before, go. */
function withoutAction({ searchParams }: URL) {
  const kept = new URLSearchParams([...searchParams].filter(([name]) => !/^\/|^(key|safe)$/.test(name)));
  return kept.size > 0 ? `?${kept}` : '';
}

/** The form's own key, and what vouches for it: itself, or the browser, where the form carries nothing along. */
export function vouched(event: RequestEvent) {
  const { form, typed } = event.locals.heard;
  const [key, safe] = [textIn(form, 'key'), textIn(form, 'safe')];
  const here = safe === '' ? vouchedHere(event.cookies) : null;
  if (here && (!isKey(key) || key === here.key)) return here;
  return { key: isKey(key) ? key : keyOfSearch(event, typed.join('\n')), safe };
}
