/** The heartbeat of a request's page on the desk: says who looks or writes, and hears who else does. */
import { isStaff } from '#lib/platform/actor.ts';
import { numberIn } from '#lib/platform/posted.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { customerWriting, replyingIn } from '#lib/chat/server/typing.ts';
import { tellPassing } from '#lib/requests/server/live.ts';
import { endPresence, notePresence } from '#lib/desk/server/presence.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ locals: { db, actor }, params, request }) => {
  if (!isStaff(actor)) refuse('missing', 'errors.missing');
  const form = await request.formData();
  const said = form.get('is');
  const { reference } = params;
  if (said === 'gone') {
    await endPresence(db, actor, reference);
    return new Response(null, { status: 204 });
  }
  const here = { typing: said === 'writing', seen: numberIn(form, 'seen') };
  const others = await notePresence(db, actor, reference, here);
  const replying = form.has('replying') ? await replyingIn(db, actor, reference) : null;
  if (replying) tellPassing('writing', replying);
  return Response.json([...(await customerWriting(db, reference)), ...others]);
};
