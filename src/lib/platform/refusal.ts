/** Saying no in one way: a refusal carries its kind and the key of a sentence that a person can read. */
import type { Values, WordKey } from './words.ts';

export type RefusalKind =
  'invalid' | 'not_a_form' | 'signed_out' | 'forbidden' | 'missing' | 'conflict' | 'too_many' | 'unavailable';

/** The HTTP status of each kind of refusal. */
export const httpStatus: Record<RefusalKind, number> = {
  invalid: 422,
  not_a_form: 415,
  signed_out: 401,
  forbidden: 403,
  missing: 404,
  conflict: 409,
  too_many: 429,
  unavailable: 503
};

/** A decision against what was asked. Thrown by commands and queries, shown as a page or beside the form. */
export class Refusal extends Error {
  kind: RefusalKind;
  words: WordKey;
  values: Values;

  constructor(kind: RefusalKind, words: WordKey, values: Values = {}) {
    super(words);
    this.name = 'Refusal';
    this.kind = kind;
    this.words = words;
    this.values = values;
  }
}

export function refuse(kind: RefusalKind, words: WordKey, values?: Values): never {
  throw new Refusal(kind, words, values);
}
