/** The desk lives in the browser: keys, live rows, windows. */
import { fetchWords } from '#lib/platform/words.ts';
import type { LayoutLoad } from './$types';

export const csr = true;

/** A browser asks for the words of its own language alone. */
export const load: LayoutLoad = async ({ data, parent }) => {
  await fetchWords((await parent()).locale);
  return data;
};
