/** In which language somebody in danger is told what to do: there are more of them than the pages have. */
import type { RequestEvent } from '@sveltejs/kit';
import { askedLanguage } from '#lib/platform/language.ts';
import { isLocale } from '#lib/platform/language.ts';
import { isWordingLocale, type WordingLocale, wordingLocales } from '#lib/safety/wording.ts';

type Event = Pick<RequestEvent, 'url' | 'cookies' | 'request' | 'locals'>;

/** The language the danger was written in, or that was picked; then what they chose here; then what the browser asks for. */
export function spokenHere({ url, cookies, request, locals }: Event): WordingLocale {
  const said = url.searchParams.get('lang');
  if (isWordingLocale(said)) return said;
  if (isLocale(cookies.get('locale'))) return locals.locale;
  const asked = askedLanguage(request.headers.get('accept-language'), wordingLocales);
  return asked && !isLocale(asked) ? asked : locals.locale;
}
