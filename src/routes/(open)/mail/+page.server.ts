/** The letters that a demo, or somebody's own machine, keeps to itself. Anywhere else there is no such page. */
import { dev } from '$app/env';
import { listCaughtMail } from '#lib/platform/server/caught-mail.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { refuseOthersMail } from './access.ts';
import type { PageServerLoad } from './$types';

/** As long as an address of e-mail may be. */
const longest = 254;

export const load: PageServerLoad = async ({ locals: { db }, url }) => {
  refuseOthersMail(dev, config);
  const search = (url.searchParams.get('q') ?? '').trim().slice(0, longest);
  return { search, letters: await listCaughtMail(db, search) };
};
