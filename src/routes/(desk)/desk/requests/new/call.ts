/** What a posted call says: who called, by which channel, about which place, and what they said. */
import { keyOf, textIn } from '#lib/platform/posted.ts';
import type { Problem as FieldProblem } from '#lib/people/form.ts';
import { error, type RequestEvent } from '@sveltejs/kit';
import { openCustomer } from '#lib/accounts/server/customers.ts';
import { openEmergency } from '#lib/emergencies/server/commands.ts';
import { supplyOfCaller } from '#lib/emergencies/server/supply.ts';
import { noteVerdict, screenText } from '#lib/emergencies/server/screening.ts';
import { isStaff, type PersonActor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { config } from '#lib/platform/server/runtime.ts';
import type { WordKey } from '#lib/platform/words.ts';
import type { ServiceType } from '#lib/forms/definition.ts';
import { gateHit, readAnswers, type Problem } from '#lib/forms/form.ts';
import { offerOf } from '#lib/catalogue/server/catalogue.ts';
import { typedIn } from '#lib/forms/typed.ts';
import { supplyIn } from '#lib/safety/supply.ts';
import { safetyWording } from '#lib/safety/wording.ts';
import { today } from '../../../../(open)/requests/new/[code]/form-page.ts';
import { askableOf, type Askable } from './about.ts';
import { callerIn } from './caller.ts';
import { dangersIn, isVouchedFor, safeToken } from '#lib/safety/server/acknowledgement.ts';

/** What can be wrong with a call that comes back. `key` is a new one where the old has been used. */
export type Wrong = {
  danger?: NonNullable<Awaited<ReturnType<typeof dangerIn>>>;
  problems?: Record<string, Problem>;
  /** By the field of the form. */
  callerProblems?: Record<string, FieldProblem>;
  placeProblem?: boolean;
  aboutProblem?: boolean;
  attachmentProblem?: WordKey;
  refusal?: string;
  key?: string;
};

type Call = Awaited<ReturnType<typeof callIn>>;

export async function typeOf({ locals, url }: RequestEvent) {
  const offered = await offerOf(locals.db, url.searchParams.get('type') ?? '');
  return offered ?? error(404, locals.t('errors.missing'));
}

const isValue = (value: string) => (one: Askable) => one.value === value;

type Customer = Awaited<ReturnType<typeof openCustomer>>;

const accountOf = (place: string, customer: Customer | null) =>
  (customer?.accounts ?? [])
    .flatMap(({ id, premises }) => [
      { account: id, premises: null },
      ...premises.map((one) => ({ account: id, premises: one.id }))
    ])
    .find(({ account, premises }) => place === `${account}:${premises ?? ''}`);

export async function callIn({ request, locals, url }: RequestEvent, type: ServiceType) {
  const posted = await request.formData();
  const text = (name: string) => textIn(posted, name).trim().slice(0, 200);
  const customerId = url.searchParams.get('customer');
  const customer = customerId ? await openCustomer(locals.db, staff(locals), customerId) : null;
  const { caller, problems } = callerIn(posted);
  const typed = typedIn(type, posted);
  const channel: 'phone' | 'counter' = posted.get('channel') === 'counter' ? 'counter' : 'phone';
  const place = text('place');
  const about = text('about');
  const asked =
    customer && about ? (await askableOf(locals.db, customer.accounts)).find(isValue(about)) : null;
  const at = accountOf(place, customer);
  const key = keyOf(posted.get('key'));

  return {
    key,
    /** What the page shows again when the form comes back. */
    kept: { key, typed, channel, caller, place, about, safe: textIn(posted, 'safe') },
    customer,
    /** Only a place of this customer's own accounts. */
    place: at,
    /** The bill or the reading it asks about. One of another account would hold up what nobody asked about. */
    about: asked ?? null,
    aboutProblem: about !== '' && (!asked || (at !== undefined && at.account !== asked.account)),
    /** A customer without accounts, or one who calls about another, is logged all the same: the desk links it later. */
    mustChoose: (customer?.accounts.length ?? 0) > 0 && !at && place !== 'later',
    callerProblems: customer ? {} : problems,
    callerContact: Object.fromEntries(
      Object.entries(caller).flatMap(([name, value]) =>
        customer || !value ? [] : [[`caller_${name}`, value]]
      )
    ),
    attachments: posted.getAll('attachment').filter((id) => typeof id === 'string'),
    // The shell writes this field, and only with keys of words.
    turnedAway: text('attachment_problem') as WordKey | '',
    reading: readAnswers(type, typed, { ...today(), locale: locals.locale })
  };
}

/**
 * What was heard at the door in what the caller said. On a hit it opens the emergency's record, and gives the words to read out. The form's key
 * makes a second click, or more of the same call, the same emergency.
 */
export async function dangerIn(
  { locals }: RequestEvent,
  type: ServiceType,
  { key, kept, customer, place }: Call
) {
  const texts = locals.heard.typed;
  const verdict = locals.heard.verdict ?? (await screenText(''));
  await noteVerdict(locals.db, texts, kept.channel, verdict);
  const reported = gateHit(type, kept.typed) === 'emergency';
  const dangers = [...dangersIn(verdict), ...(reported ? ['reported'] : [])];
  if (dangers.length === 0 || isVouchedFor(key, kept.safe, dangers)) return null;

  const hazard = verdict.hazard ?? 'gas';
  // Without a place of the caller's nothing is looked up: staff see everybody's.
  const known = place ? await supplyOfCaller(locals.db, place) : null;
  const supply = supplyIn(texts.join('\n'), config.supply, known);
  const wording = safetyWording(config.jurisdiction, locals.locale, hazard, supply);
  const { reference } = await openEmergency(locals.db, {
    verdict: verdict.level === 'clear' ? 'reported' : verdict.level,
    hazard,
    channel: kept.channel,
    text: texts.join('\n'),
    locale: locals.locale,
    wordingVersion: wording.version,
    form: key,
    person: customer?.id ?? null,
    account: place?.account ?? null,
    premises: place?.premises ?? null,
    phone: kept.caller.phone || customer?.phone || null
  });
  return { wording, reference, token: safeToken(key, dangers) };
}

export const staff = ({ actor }: App.Locals): PersonActor =>
  isStaff(actor) ? actor : refuse('missing', 'errors.missing');
