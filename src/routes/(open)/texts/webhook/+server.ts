/** What the gateway of texts tells on its own: replies. Signed with our secret, or refused. */
import { text } from '@sveltejs/kit';
import { hearTextReply } from '#lib/emergencies/server/text-replies.ts';
import { hearReply } from '#lib/people/server/text-replies.ts';
import { auth } from '#lib/people/server/runtime.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { config } from '#lib/platform/server/runtime.ts';
import type { RequestHandler } from './$types';

/** More than any reply has. */
const most = 16 * 1024;

export const POST: RequestHandler = async (event) => {
  const secret = config.textWebhookSecret;
  if (!config.texts || !secret) refuse('missing', 'errors.missing');
  const body = await event.request.text();
  if (body.length > most) refuse('invalid', 'account.texts_not_read');
  const signature = event.request.headers.get('hearth-signature');
  const reply = await hearReply(auth, secret, { body, signature, address: event.getClientAddress() });
  if (reply) await hearTextReply(event.locals.db, reply, config.secret);
  return text('');
};
