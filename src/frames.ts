/** Frames for the short road, drawn by the long one: around nothing, for a customer who is nobody. */
import type { RequestEvent } from '@sveltejs/kit';
import type { Handle } from '@sveltejs/kit/hooks';
import { isCustomer } from '#lib/platform/actor.ts';
import { languageOf } from '#lib/platform/language.ts';
import { frameQuery } from '#lib/platform/server/frame.ts';
import { keepFrame } from '#lib/platform/server/short-road.ts';
import type { Locale } from '#lib/platform/language.ts';
import { wordsFor } from '#lib/platform/words.ts';
import type { Entrant } from '#lib/people/server/authenticate.ts';

export type Resolve = Parameters<Handle>[0]['resolve'];

/** Said by ourselves alone, with the language that is wanted. */
const frameOnly = 'x-frame-only';

export const isForFrame = ({ isSubRequest, request }: RequestEvent) =>
  isSubRequest && request.headers.has(frameOnly);

/** Has the frame of a customer's page drawn, where the short road has none yet in this language. */
export async function keepFrameOf({ route, locals, fetch }: RequestEvent) {
  if (!route.id || !isCustomer(locals.actor)) return;
  await keepFrame(route.id, locals.locale, (path) =>
    fetch(`${path}?${frameQuery}`, { headers: { [frameOnly]: locals.locale } })
  );
}

/** Draws it. `nobody` is whoever knows nothing and may see nothing. */
export async function drawFrame(event: RequestEvent, resolve: Resolve, nobody: Entrant): Promise<Response> {
  const locale = languageOf(undefined, event.request.headers.get(frameOnly) ?? undefined, null);
  const frame = { name: '', role: 'customer', email: '' } as const;
  Object.assign(event.locals, nobody, { locale, t: wordsFor(locale), frame });
  const response = await resolve(event, pageIn(locale));
  response.headers.set('cache-control', 'no-store');
  return response;
}

/** A page says in which language it is. */
export const pageIn = (locale: Locale): NonNullable<Parameters<Resolve>[1]> => ({
  transformPageChunk: ({ html }) => html.replace('%lang%', locale)
});
