/** One letter that was kept here. */
import { dev } from '$app/env';
import { getCaughtMail } from '#lib/platform/server/caught-mail.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { refuseOthersMail } from '../access.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db }, params }) => {
  refuseOthersMail(dev, config);
  const { at, by, sender, recipient, subject, text } = await getCaughtMail(db, params.id);
  return { letter: { at, by, sender, recipient, subject, text } };
};
