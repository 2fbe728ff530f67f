/** One letter that a demo has kept. */
import { refuse } from '#lib/platform/refusal.ts';
import { getCaughtMail } from '#lib/platform/server/caught-mail.ts';
import { config } from '#lib/platform/server/runtime.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db }, params }) => {
  if (!config.demo) refuse('missing', 'errors.missing');
  const { at, sender, recipient, subject, text } = await getCaughtMail(db, params.id);
  return { letter: { at, sender, recipient, subject, text } };
};
