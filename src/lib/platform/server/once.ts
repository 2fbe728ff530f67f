/** Doing once what a form asks, whatever is clicked twice or lost on the way: each form that was opened has a key. */
import { createHash } from 'node:crypto';
import { refuse } from '../refusal.ts';
import { isUnreachable } from './db.ts';

/** What a key has become before, and of which content. */
export interface First<T> {
  digest: string;
  result: T;
}

interface Once<T> {
  /** Of what is sent now (`digestOf`). */
  digest: string;
  /** What this key became before, if it did, as the asker may see it. */
  first: () => Promise<First<T> | null | undefined>;
  /** Refuses other content under a key that was used: to swallow it would be to lose it. Else it is said in general. */
  refuseOther?: (first: T) => never;
  /** To ask before doing, where doing it in vain is dear. */
  asksBefore?: boolean;
}

/**
 * Does what `run` does, which the database lets happen once for each key. The same content again has the first result again,
 * whatever else has changed since then; other content under the same key is refused.
 */
export async function once<T>(key: Once<T>, run: () => Promise<T>): Promise<T> {
  const before = key.asksBefore ? await doneBefore(key) : null;
  if (before !== null) return before;
  try {
    return await run();
  } catch (error) {
    const first = !isUnreachable(error) && (await key.first());
    if (first) return resultOf(key, first);
    throw error;
  }
}

/** What a form has become before, if it did: to be asked where reading it depends on what it has changed itself. */
export async function doneBefore<T>(key: Once<T>): Promise<T | null> {
  const first = await key.first();
  return first ? resultOf(key, first) : null;
}

const resultOf = <T>({ digest, refuseOther = refuseUsed }: Once<T>, first: First<T>) =>
  first.digest === digest ? first.result : refuseOther(first.result);

const refuseUsed = () => refuse('conflict', 'errors.form_used');

/** What makes two forms the same: their content, not their moment. */
export const digestOf = (content: readonly unknown[]) =>
  createHash('sha256').update(JSON.stringify(content)).digest('base64url');
