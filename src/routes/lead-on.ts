/** On from a form: to a page of ours, or to one where payments are taken. Anywhere else nobody is led. */
import { redirect } from '@sveltejs/kit';
import { providerPages } from '#lib/payments/provider-pages.ts';
import { config } from '#lib/platform/server/config.ts';

export const leadOn = (to: string): never =>
  redirect(303, to, { external: [config.origin, ...providerPages] });
