/** The language switch: remembers the choice in a cookie and brings the reader back to the same page. */
import { redirect } from '@sveltejs/kit';
import { wayBack } from '#lib/platform/way-back.ts';
import { isLocale } from '#lib/platform/language.ts';
import type { RequestHandler } from './$types';

const aYear = 365 * 24 * 60 * 60;

export const POST: RequestHandler = async ({ request, cookies, url }) => {
  const form = await request.formData();
  const locale = form.get('locale');

  if (isLocale(locale))
    cookies.set('locale', locale, {
      path: '/',
      maxAge: aYear,
      sameSite: 'lax',
      secure: url.protocol === 'https:'
    });
  redirect(303, wayBack(form.get('back')));
};
