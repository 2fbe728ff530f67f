/** What was changed about staff and teams, a page at a time. */
import { isId } from '#lib/platform/id.ts';
import { listChanges } from '#lib/people/server/changes.ts';
import { groups } from '#lib/catalogue/all.ts';
import { admin } from '../form-action.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  admin(locals);
  const before = url.searchParams.get('before') ?? '';
  return {
    ...(await listChanges(locals.db, { before: isId(before) ? before : null })),
    groups: Object.fromEntries(groups.map(({ code, name }) => [code, name[locals.locale]])),
    begun: before === ''
  };
};
