/** The private way in from a letter: it opens a visitor's conversation in this browser, and leads to it. */
import { redirect } from '@sveltejs/kit';
import { isStaff } from '#lib/platform/actor.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { rememberVisitor } from '#lib/people/server/remember-visitor.ts';
import { enterConversation } from '#lib/chat/server/commands.ts';
import { requestBehind } from '#lib/requests/server/way-in.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  if (isStaff(event.locals.actor)) redirect(303, '/desk');
  const request = requestBehind(event.params.token, config.secret);
  if (!request) redirect(303, '/chat?link=gone');
  rememberVisitor(event);
  const { entry, reference } = await enterConversation(event.locals.db, request);
  if (entry === 'theirs') redirect(303, `/requests/${reference}`);
  redirect(303, entry === 'entered' ? '/chat#end' : `/chat?link=${entry}`);
};
