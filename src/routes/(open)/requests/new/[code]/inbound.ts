/** What is known here of a request that is being written: what waits of it, and what its record carries. */
import { keyOf, textIn } from '#lib/platform/posted.ts';
import { keepDraft } from '#lib/forms/server/drafts.ts';
import type { Stored, Told } from '#lib/forms/server/told-by-route.ts';
import { accountIn, bringsAnswers, formName, supplyOf, textsOf, typeAsked, typedSoFar } from './form-page.ts';
import type { RequestEvent } from './$types';

export async function inbound(event: RequestEvent, form: FormData): Promise<Told> {
  const { db, actor } = event.locals;
  const { type, key, typed } = await readHere(event, form);
  return {
    supply: supplyOf(type),
    account: accountIn(typed),
    keep: () => keepDraft(db, actor, { key, form: formName(type), typed })
  };
}

/** From the page of the last look comes the key alone: what was typed waits here, and was perhaps never answered for. */
export async function stored(event: RequestEvent, form: FormData): Promise<Stored> {
  const { type, typed } = await readHere(event, form);
  return { texts: bringsAnswers(type, form) ? [] : textsOf(type, typed), heard: false };
}

async function readHere(event: RequestEvent, form: FormData) {
  const { type } = await typeAsked(event);
  const key = keyOf(textIn(form, 'key'));
  return { type, key, typed: await typedSoFar(event, type, key, form) };
}
