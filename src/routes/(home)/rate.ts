/** How it went, as both pages take it: screened first, then said, and what was typed stays where it is refused. */
import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import { safetyFirst } from '#lib/emergencies/server/inbound.ts';
import { isCustomer, type Customer } from '#lib/platform/actor.ts';
import { lengthOf } from '#lib/platform/cleaning.ts';
import { keyOf, textIn } from '#lib/platform/posted.ts';
import { httpStatus, Refusal, refuse } from '#lib/platform/refusal.ts';
import { mostWords, RatingForm, type Rating } from '#lib/visits/rating.ts';

type Event = Pick<RequestEvent, 'locals' | 'cookies' | 'getClientAddress' | 'request' | 'url'>;

interface Rated {
  /** Refuses whoever may not see what it is about, before anything is read. */
  see: (customer: Customer) => Promise<unknown>;
  say: (customer: Customer, rating: Rating) => Promise<void>;
}

export async function takeRating(event: Event, { see, say }: Rated) {
  const { actor, t } = event.locals;
  if (!isCustomer(actor)) refuse('missing', 'errors.missing');
  await see(actor);
  const form = await event.request.formData();
  const rating = { score: textIn(form, 'score'), words: textIn(form, 'words') };
  const key = keyOf(textIn(form, 'key'));
  const again = (status: number, problem: string) => fail(status, { rating, ratingProblem: problem });
  await safetyFirst(event, {
    ...{ texts: [rating.words], channel: 'rating', back: event.url.pathname, key, safe: textIn(form, 'safe') }
  });
  const read = v.safeParse(RatingForm, rating);
  if (!read.success) return again(422, t('visits.choose_score'));
  if (lengthOf(rating.words) > mostWords) return again(422, t('visits.rating_long', { most: mostWords }));
  try {
    await say(actor, read.output);
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || refusal.kind === 'missing') throw refusal;
    return again(httpStatus[refusal.kind], t(refusal.words, refusal.values));
  }
  redirect(303, `${event.url.pathname}#rating`);
}
