/** What the asking page needs again and again: the type, the form's key, what was typed, and whose accounts there are. */
import { error } from '@sveltejs/kit';
import { isCustomer } from '#lib/platform/actor.ts';
import { subjectAnswers, subjectIn } from './subject.ts';
import { isKey } from '#lib/platform/posted.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import { textIn } from '#lib/platform/posted.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { accountsToActOn } from '#lib/accounts/server/queries.ts';
import { closedBetween } from '#lib/sla/holidays.ts';
import { cylindersGroup } from '#lib/catalogue/cylinders.ts';
import type { ServiceType } from '#lib/forms/definition.ts';
import { readAnswers, type Reading } from '#lib/forms/form.ts';
import { offerOf } from '#lib/catalogue/server/catalogue.ts';
import { findDraft, textOfReply, type DraftTyped } from '#lib/forms/server/drafts.ts';
import { getRequest } from '#lib/requests/server/queries.ts';
import { dayAt } from '#lib/requests/status-text.ts';
import { isFreeText, typedIn } from '#lib/forms/typed.ts';

/** What the functions here need of a request to the asking page or its draft. */
export interface Event {
  params: { code: string };
  locals: App.Locals;
}

export async function typeAsked({ params, locals }: Event) {
  return (await offerOf(locals.db, params.code)) ?? error(404, locals.t('errors.missing'));
}

/** A form about cylinders is filled in by somebody who has one. */
export const supplyOf = ({ group }: ServiceType): 'cylinder' | undefined =>
  group === cylindersGroup.code ? 'cylinder' : undefined;

/** What stands in the form: what was just posted, or else what was kept under its key. */
export async function typedSoFar(
  event: Event,
  type: ServiceType,
  key: string,
  form?: FormData
): Promise<DraftTyped> {
  if (form && bringsAnswers(type, form)) return { ...typedIn(type, form), ...extras(form) };
  const draft = await findDraft(event.locals.db, key);
  if (draft?.form === formName(type)) return draft.typed;
  // What was written on a request that has ended meanwhile is how the next one begins.
  return draft?.form.startsWith('reply:') ? { description: textOfReply(draft.typed), ...usual } : {};
}

/** What a form begins with: the answer that most people give to the question that nearly every form asks. */
export const usual: DraftTyped = { contact_by: 'email' };

/** What a form begins with, also where its address says what it is about. */
export const beginsWith = async (event: Event, type: ServiceType, url: URL): Promise<DraftTyped> => ({
  ...usual,
  ...(await subjectAnswers(event, type, url))
});

/** Whether a form brings answers, and not only the key of a draft that has them. */
export const bringsAnswers = (type: ServiceType, form: FormData) =>
  type.fields.some(({ name }) => form.has(name));

export const formName = (type: ServiceType) => `request:${type.code}`;

/** Reads and judges what was typed, by the definition and the utility's own day. */
export const judge = (type: ServiceType, typed: DraftTyped, { locals }: Event): Reading =>
  readAnswers(type, typed, { ...today(), locale: locals.locale });

export function today() {
  const day = dayAt(new Date(), config.timeZone);
  const year = Number(day.slice(0, 4));
  const free = closedBetween(config.closedDays, year, year + 1);
  return { today: day, holidays: free, currency: config.currency };
}

/** The accounts somebody may ask for, when this kind of request is about one. */
export async function accountsFor({ locals: { db, actor } }: Event, type: ServiceType) {
  if (type.needs.account === 'none' || !isCustomer(actor)) return [];
  return accountsToActOn(db, actor);
}

/** The account that was chosen, whether or not it is theirs. */
export const accountIn = (typed: DraftTyped) => (isKey(typed['account']) ? typed['account'] : null);

/** All free text of the form: every answer that was typed rather than picked. */
export const textsOf = (type: ServiceType, typed: DraftTyped) =>
  [...type.fields.filter(isFreeText).map(({ name }) => name), ...saidFields].flatMap(
    (name) => typed[name] ?? []
  );

/** What somebody writes of an account that is not connected with their sign-in. */
const saidFields = ['said_account', 'said_address'];

export const attachmentsOf = (typed: DraftTyped) => [typed['attachment'] ?? []].flat();

function extras(form: FormData): DraftTyped {
  const said = saidFields
    .map((name) => [name, textIn(form, name)] as const)
    .filter(([, text]) => text !== '');
  const account = form.get('account');
  const about = form.get('about');
  const attachment = form.getAll('attachment').filter((id) => typeof id === 'string');
  return {
    ...Object.fromEntries(said),
    ...subjectIn(form),
    ...(typeof account === 'string' && account && { account }),
    ...(typeof about === 'string' && about && { about }),
    ...(attachment.length > 0 && { attachment })
  };
}

/** The ended request that this one follows, if it names one that the asker may see. */
export async function followed({ locals: { db, actor } }: Event, typed: DraftTyped): Promise<string | null> {
  if (typeof typed['about'] !== 'string') return null;
  const request = await getRequest(db, actor, typed['about']).catch(whereRefused(null));
  return request?.id ?? null;
}

const whereRefused =
  <Else>(instead: Else) =>
  (refusal: unknown) => {
    if (refusal instanceof Refusal) return instead;
    throw refusal;
  };
