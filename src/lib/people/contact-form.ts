/** How somebody wants to be reached and written to, as their form says it: read, tidied, judged. */
import { lengthOf, oneLine } from '#lib/platform/cleaning.ts';
import { isPhone } from '#lib/platform/phone.ts';
import { textIn, textsIn } from '#lib/platform/posted.ts';
import type { Problem } from './form.ts';
import { letterKinds, type LetterKind } from './letter-kinds.ts';

export const channels = ['email', 'text', 'phone', 'post'] as const;
export type Channel = (typeof channels)[number];
export const formats = ['large_print', 'braille', 'audio', 'no_calls'] as const;
export type Format = (typeof formats)[number];

/** By which name, and in which language. */
export interface Profile {
  name: string;
  locale: string;
}

export interface Contact {
  phone: string | null;
  second_phone: string | null;
  street: string | null;
  town: string | null;
  postcode: string | null;
  channel: Channel;
  formats: Format[];
}

export interface LetterChoice {
  muted: LetterKind[];
  /** Kinds that are wanted as a text message. */
  texted: LetterKind[];
  quiet_from: string | null;
  quiet_until: string | null;
}

export type Read<Whole, Typed> =
  { ok: true; said: Whole } | { ok: false; typed: Typed; problems: Record<string, Problem> };

const longest = { street: 200, town: 100, postcode: 20 } as const;

export type TypedContact = ReturnType<typeof typedContact>;

function typedContact(form: FormData) {
  const line = (name: string) => oneLine(textIn(form, name)).slice(0, 400);
  return {
    phone: line('phone'),
    second_phone: line('second_phone'),
    street: line('street'),
    town: line('town'),
    postcode: line('postcode'),
    channel: line('channel'),
    formats: formats.filter((format) => textsIn(form, 'formats').includes(format))
  };
}

/**
 * Reads how to reach somebody. An address is whole or not there. `isTexted` says of the number that was typed whether it is
 * proved to be theirs, and texted.
 */
export function readContact(
  form: FormData,
  isTexted: (phone: string) => boolean = () => false
): Read<Contact, TypedContact> {
  const typed = typedContact(form);
  const problems: Record<string, Problem> = {};
  for (const name of ['phone', 'second_phone'] as const)
    if (typed[name] && !isPhone(typed[name])) problems[name] = { words: 'form.phone' };

  const hasAddress = Boolean(typed.street || typed.town || typed.postcode);
  for (const name of ['street', 'town', 'postcode'] as const) {
    if (hasAddress && !typed[name]) problems[name] = { words: `account.${name}_empty` };
    if (lengthOf(typed[name]) > longest[name])
      problems[name] = { words: 'form.too_long', values: { max: longest[name] } };
  }

  const channel = channels.find((one) => one === typed.channel);
  if (!channel) problems['channel'] = { words: 'form.required_choice' };
  if (channel === 'phone' && typed.formats.includes('no_calls'))
    problems['channel'] = { words: 'account.channel_no_calls' };
  if (channel === 'phone' && !typed.phone) problems['phone'] ??= { words: 'account.channel_needs_phone' };
  if (channel === 'text' && !isTexted(typed.phone))
    problems['channel'] = { words: 'account.channel_needs_text' };
  if (channel === 'post' && !hasAddress) problems['street'] ??= { words: 'account.channel_needs_address' };
  if (!channel || Object.keys(problems).length > 0) return { ok: false, typed, problems };

  const { phone, second_phone, street, town, postcode } = typed;
  return {
    ok: true,
    said: {
      ...{ phone: phone || null, second_phone: second_phone || null, street: street || null },
      ...{ town: town || null, postcode: postcode || null, channel, formats: typed.formats }
    }
  };
}

/**
 * Reads which letters are wanted, and between which times none. Both times, or neither. Where nobody can be texted the form
 * does not ask for it, and what was chosen before stays.
 */
export function readLetterChoice(form: FormData, asksTexts = false): Read<Chosen, TypedLetters> {
  const wanted = textsIn(form, 'kinds');
  const [quiet_from, quiet_until] = [textIn(form, 'quiet_from'), textIn(form, 'quiet_until')];
  const muted = letterKinds.filter((kind) => !wanted.includes(kind));
  const texted = asksTexts
    ? { texted: letterKinds.filter((kind) => textsIn(form, 'texts').includes(kind)) }
    : {};
  const typed = {
    muted,
    ...texted,
    quiet_from: quiet_from.slice(0, 10),
    quiet_until: quiet_until.slice(0, 10)
  };

  const problems: Record<string, Problem> = {};
  const [from, until] = [isTime(quiet_from), isTime(quiet_until)];
  if (quiet_from ? !from : until) problems['quiet_from'] = { words: 'account.quiet_time' };
  if (quiet_until ? !until : from) problems['quiet_until'] = { words: 'account.quiet_time' };
  if (from && until && quiet_from === quiet_until) problems['quiet_until'] = { words: 'account.quiet_same' };
  if (Object.keys(problems).length > 0) return { ok: false, typed, problems };
  return {
    ok: true,
    said: { muted, ...texted, quiet_from: quiet_from || null, quiet_until: quiet_until || null }
  };
}

type Chosen = Omit<LetterChoice, 'texted'> & Partial<Pick<LetterChoice, 'texted'>>;
type TypedLetters = { muted: LetterKind[]; texted?: LetterKind[]; quiet_from: string; quiet_until: string };

const isTime = (text: string) => /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
