/** Says how far a customer has read: an open page tells it when what came by itself is in sight. */
import { numberIn } from '#lib/platform/posted.ts';
import { getRequest } from '#lib/requests/server/queries.ts';
import { noteRead } from '#lib/requests/server/read-positions.ts';
import { customer } from '../reply.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ locals: { db, actor }, params, request }) => {
  const reader = customer(actor);
  const { id } = await getRequest(db, reader, params.reference);
  await noteRead(db, id, numberIn(await request.formData(), 'number'));
  return new Response(null, { status: 204 });
};
