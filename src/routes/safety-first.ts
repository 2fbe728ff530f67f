/** Safety before service: every text that comes in by a page passes here before anything else happens to it. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { redirect } from '@sveltejs/kit';
import { openEmergency } from '#lib/emergencies/server/commands.ts';
import { screenInbound } from '#lib/emergencies/server/screening.ts';
import { log } from '#lib/platform/server/log.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { safetyWording } from '#lib/safety/wording.ts';

/** What came in. `back` is where "I am safe" leads, and `key` the form whose text it vouches for. */
export interface Inbound {
  texts: string[];
  channel: string;
  back: string;
  key: string;
  /** The token that "I am safe, this is about something else" gave for this form, if it was said. */
  safe?: string | null;
  request?: string | null;
}

type Event = { locals: App.Locals; getClientAddress(): string };

/** Screens what came in. On a hit it opens the emergency's record and shows the safety page; it then never returns. */
export async function safetyFirst(event: Event, inbound: Inbound) {
  const verdict = await screenInbound(event.locals.db, inbound.texts, inbound.channel);
  if (verdict.level === 'clear' || isVouchedFor(inbound.key, inbound.safe)) return;
  await showSafety(event, inbound, verdict.level, verdict.hazard ?? 'gas');
}

/** Opens the record and shows the safety page. Where the record cannot be made, the page says nothing of one. */
export async function showSafety(
  { locals, getClientAddress }: Event,
  { texts, channel, back, key, request = null }: Inbound,
  verdict: 'emergency' | 'possible' | 'reported',
  hazard: 'gas' | 'co' | 'fire'
): Promise<never> {
  const { version } = safetyWording(config.jurisdiction, locals.locale, hazard);
  const heard = new URLSearchParams({ hazard, verdict, back, key });
  try {
    const { id } = await openEmergency(locals.db, {
      verdict,
      hazard,
      channel,
      text: texts.join('\n'),
      locale: locals.locale,
      wordingVersion: version,
      request,
      form: key,
      address: digestOf(getClientAddress())
    });
    heard.set('e', id);
  } catch (error) {
    log.error('an emergency could not be recorded', { error });
  }
  redirect(303, `/emergency/heard?${heard}`);
}

/** Whose repeats belong together, without keeping from where anybody writes. */
const digestOf = (address: string) =>
  createHmac('sha256', config.secret).update(`address ${address}`).digest('base64url');

/** Vouches that the words of this form are about something else. Good for this form only. */
export const safeToken = (key: string) =>
  createHmac('sha256', config.secret).update(`safe ${key}`).digest('base64url');

/** Whether this token says so for this form. */
export function isVouchedFor(key: string, token: string | null | undefined) {
  const given = Buffer.from(token ?? '');
  const right = Buffer.from(safeToken(key));
  return given.length === right.length && timingSafeEqual(given, right);
}
