/** The desk before a request is chosen. Whoever searches for a whole reference is taken to its request. */
import { redirect } from '@sveltejs/kit';
import { isReferenceVisible } from '#lib/requests/server/queries.ts';
import { readReference } from '#lib/platform/reference.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db }, url }) => {
  const typed = url.searchParams.get('search') ?? '';
  const reference = readReference(typed);
  // Eight letters may be a word as well; a dash in the middle says that they are none.
  if (reference && (typed.includes('-') || (await isReferenceVisible(db, reference))))
    redirect(303, `/desk/requests/${reference}`);
};
