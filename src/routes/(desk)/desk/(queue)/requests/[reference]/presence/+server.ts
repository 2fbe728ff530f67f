/** The heartbeat of a request's page on the desk: says who looks or writes, and hears who else does. */
import { isStaff } from '#lib/platform/actor.ts';
import { numberIn } from '#lib/platform/posted.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { endPresence, notePresence } from '#lib/requests/server/presence.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ locals: { db, actor }, params, request }) => {
  if (!isStaff(actor)) refuse('missing', 'errors.missing');
  const form = await request.formData();
  const said = form.get('is');
  if (said !== 'gone')
    return Response.json(
      await notePresence(db, actor, params.reference, {
        typing: said === 'writing',
        seen: numberIn(form, 'seen')
      })
    );

  await endPresence(db, actor, params.reference);
  return new Response(null, { status: 204 });
};
