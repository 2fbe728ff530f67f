/** How it went, as both pages take it: screened first, then said, and what was typed stays where it is refused. */
import { fail, type RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import { safetyFirst } from '#lib/emergencies/server/inbound.ts';
import { isCustomer, type Customer } from '#lib/platform/actor.ts';
import { lengthOf } from '#lib/platform/cleaning.ts';
import { keyOf, textIn } from '#lib/platform/posted.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Supply } from '#lib/safety/supply.ts';
import { mostWords, RatingForm, type Rating } from '#lib/visits/rating.ts';
import { answer } from '../form-action.ts';

type Event = Pick<RequestEvent, 'locals' | 'cookies' | 'getClientAddress' | 'request' | 'url'>;

interface Rated {
  /** Refuses whoever may not see what it is about, before anything is read. */
  see: (customer: Customer) => Promise<unknown>;
  /** How the gas comes that it is about, where that is known. */
  supply?: () => Promise<Supply | undefined>;
  say: (customer: Customer, rating: Rating) => Promise<void>;
}

export async function takeRating(event: Event, { see, say, supply }: Rated) {
  const { actor, t } = event.locals;
  if (!isCustomer(actor)) refuse('missing', 'errors.missing');
  await see(actor);
  const form = await event.request.formData();
  const rating = { score: textIn(form, 'score'), words: textIn(form, 'words') };
  const key = keyOf(textIn(form, 'key'));
  const again = (ratingProblem: string) => fail(422, { rating, ratingProblem });
  await safetyFirst(event, {
    ...{
      texts: [rating.words],
      channel: 'rating',
      back: event.url.pathname,
      key,
      safe: textIn(form, 'safe')
    },
    supply: await supply?.()
  });
  const read = v.safeParse(RatingForm, rating);
  if (!read.success) return again(t('visits.choose_score'));
  if (lengthOf(rating.words) > mostWords) return again(t('visits.rating_long', { most: mostWords }));
  const next = async () => (await say(actor, read.output), `${event.url.pathname}#rating`);
  return answer(t, next, (ratingProblem) => ({ rating, ratingProblem }));
}
