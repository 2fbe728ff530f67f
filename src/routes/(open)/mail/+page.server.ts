/** The letters that a demo keeps to itself. Anywhere else there is no such page. */
import { refuse } from '#lib/platform/refusal.ts';
import { listCaughtMail } from '#lib/platform/server/caught-mail.ts';
import { config } from '#lib/platform/server/runtime.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db } }) => {
  if (!config.demo) refuse('missing', 'errors.missing');
  return { letters: await listCaughtMail(db) };
};
