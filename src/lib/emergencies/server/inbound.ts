/** Safety before service: what comes of danger in what came in. It is heard at the door (`forms/server/inbound-screening.ts`). */
import { redirect, type RequestEvent } from '@sveltejs/kit';
import type { Expression } from 'kysely';
import { openEmergency } from '#lib/emergencies/server/commands.ts';
import { noteVerdict, screenText } from '#lib/emergencies/server/screening.ts';
import { addressDigest } from '#lib/platform/server/address-digest.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import { log } from '#lib/platform/server/log.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { spokenIn } from '#lib/safety/spoken.ts';
import { type Supply, supplyIn } from '#lib/safety/supply.ts';
import { dangersIn, isVouchedFor, safeToken } from '#lib/safety/server/acknowledgement.ts';
import type { Reading } from '#lib/safety/server/reading-here.ts';
import { rememberVisitor } from '#lib/people/server/remember-visitor.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { callerToken } from './caller-token.ts';
import { supplyOfCaller, type Whereabouts } from './supply.ts';

/**
 * What staff write is not screened, signed in or out; what a caller told them is. Nor is what is said where the danger is
 * known, nor what a program has signed; what somebody wrote to us in it is read where it is taken out.
 */
export const listensTo = (route: string | null) =>
  route === '/(desk)/desk/requests/new' ||
  !(route?.startsWith('/(desk)/') || route === '/(open)/emergency/heard' || isForPrograms(route));

/** Where programs post, and no form comes: their body is left whole, for the signature is over it. */
export const isForPrograms = (route: string | null | undefined) =>
  route === '/(open)/payments/webhook' || route === '/(open)/texts/webhook';

/** What came in. `back` is where "I am safe" leads, and `key` the form whose text it vouches for. */
export interface Inbound {
  texts: string[];
  channel: string;
  back: string;
  key: string;
  /** The token that "I am safe, this is about something else" gave for this form, if it was said. */
  safe?: string | null;
  /** The request it was written on: its id, or what tells it to the database. */
  request?: string | Expression<string> | null;
  /** How their gas comes, where the form is about nothing else. */
  supply?: Supply | undefined;
  /** The account that was chosen in the form, if one was. */
  account?: string | null;
}

/** What was heard; `reported` when a person said so outright. */
export interface Danger {
  level: 'emergency' | 'possible' | 'reported';
  hazard: 'gas' | 'co' | 'fire' | null;
  /** The signs of it, counted, as the screen found them. */
  signs?: string[];
}

type Event = Pick<RequestEvent, 'locals' | 'cookies' | 'getClientAddress'>;

/** Writes down what the screen said of what came in. Null when it is clear, or vouched for. */
export async function hearDanger(
  { locals }: Pick<Event, 'locals'>,
  { texts, channel, key, safe }: Inbound,
  verdict: Reading
): Promise<Danger | null> {
  await noteVerdict(locals.db, texts, channel, verdict);
  const { level, hazard, signs } = verdict;
  if (level === 'clear' || isVouchedFor(key, safe, dangersIn(verdict))) return null;
  return { level, hazard, signs };
}

/** Somebody said outright that there is danger: opens the record and shows the safety page. */
export async function showSafety(event: Event, inbound: Inbound, danger: Danger): Promise<never> {
  redirect(303, await reportDanger(event, inbound, danger));
}

/** Opens the record, and gives the way to the safety page. Where it cannot be made, the page says nothing of one. */
export async function reportDanger(event: Event, inbound: Inbound, danger: Danger): Promise<string> {
  const { locals, getClientAddress } = event;
  const { texts, channel, key, request = null, account = null } = inbound;
  const signs = danger.signs ?? (await screenText(texts.join('\n'))).signs;
  const heard = { ...danger, signs };
  const supply = supplyFor(locals.db, inbound);
  // Each caller has a record of their own: whoever cannot be told from others yet can be from now on.
  rememberVisitor(event);
  try {
    const { id, kept } = await openEmergency(locals.db, {
      verdict: danger.level,
      hazard: danger.hazard ?? 'gas',
      channel,
      text: texts.join('\n'),
      locale: locals.locale,
      request,
      account,
      form: key,
      address: addressDigest(getClientAddress(), config.secret)
    });
    return wayToSafety({ ...inbound, supply: await supply }, heard, { record: id, lost: !kept });
  } catch (error) {
    // A flood from one network stands in the log of its newest call, once: here it would only be another flood.
    if (!(error instanceof Refusal && error.kind === 'too_many'))
      log.error('an emergency could not be recorded', { error });
    return wayToSafety({ ...inbound, supply: await supply }, heard);
  }
}

/** How their gas comes: as the form says, as they write, as their account tells, or as we supply everybody. */
export const supplyFor = async (
  db: Db,
  { texts, supply, ...where }: Pick<Inbound, 'texts' | 'supply'> & Whereabouts
): Promise<Supply> => supply ?? supplyIn(texts.join('\n'), config.supply, await supplyOfCaller(db, where));

/**
 * The address of the safety page for what was written, in the language it was written in and about the supply it
 * was written of. `record` is the emergency's,
 * if there is one; where there is none because nobody knows yet whether there is danger, the page asks. What was lost
 * of their words, the page does not claim to have passed on.
 */
export function wayToSafety(
  { texts, back, key, supply }: Pick<Inbound, 'texts' | 'back' | 'key' | 'supply'>,
  { level, hazard, signs = [] }: Danger,
  { record, ask = false, lost = false }: { record?: string; ask?: boolean; lost?: boolean } = {}
) {
  const text = texts.join('\n');
  const dangers = dangersIn({ level: level === 'reported' ? 'emergency' : level, hazard, signs });
  const way = { hazard: hazard ?? 'gas', verdict: level, back, key, token: safeToken(key, dangers) };
  const lang = spokenIn(text);
  return `/emergency/heard?${new URLSearchParams({
    ...way,
    ...(lang && { lang }),
    supply: supply ?? supplyIn(text, config.supply),
    ...(record && { e: callerToken(record) }),
    ...(lost && { lost: '1' }),
    ...(ask && { ask: '1' })
  })}`;
}
