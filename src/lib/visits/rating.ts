/** How it went: one question and a few words, after a visit and after a delivery. Pure. */
import * as v from 'valibot';
import { clean } from '#lib/platform/cleaning.ts';

/** Best last, as people read them. */
export const scores = ['1', '2', '3', '4', '5'] as const;

export const mostWords = 1000;

export const RatingForm = v.object({
  score: v.pipe(v.picklist(scores), v.transform(Number)),
  words: v.pipe(
    v.fallback(v.string(), ''),
    v.transform((typed) => clean(typed).trim())
  )
});

export interface Rating {
  score: number;
  words: string;
}

/** What somebody may say of it: nothing yet, their own word, or that another member of the account has said it. */
export type Rated = { own: Rating | null; by_other: boolean };
