/** How it went, as both pages take it: what was typed stays where it is refused. */
import { fail, type RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import { isCustomer, type Customer } from '#lib/platform/actor.ts';
import { lengthOf } from '#lib/platform/cleaning.ts';
import { textIn } from '#lib/platform/posted.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { mostWords, RatingForm, type Rating } from '#lib/visits/rating.ts';
import { answer } from '../form-action.ts';

type Event = Pick<RequestEvent, 'locals' | 'request' | 'url'>;

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
  const again = (ratingProblem: string) => fail(422, { rating, ratingProblem });
  const read = v.safeParse(RatingForm, rating);
  if (!read.success) return again(t('visits.choose_score'));
  if (lengthOf(rating.words) > mostWords) return again(t('visits.rating_long', { most: mostWords }));
  const next = async () => (await say(actor, read.output), `${event.url.pathname}#rating`);
  return answer(t, next, (ratingProblem) => ({ rating, ratingProblem }));
}
