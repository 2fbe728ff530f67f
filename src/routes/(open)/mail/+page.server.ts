/** The letters that a demo, or somebody's own machine, keeps to itself. Anywhere else there is no such page. */
import { dev } from '$app/env';
import { listCaughtMail } from '#lib/platform/server/caught-mail.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { refuseOthersMail } from './access.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db } }) => {
  refuseOthersMail(dev, config);
  return { letters: await listCaughtMail(db) };
};
