/** Whoever was led to a form by the assistant finds in it what they wrote in the chat. */
import { redirect } from '@sveltejs/kit';
import { currentConversation, linesOf } from '#lib/chat/server/queries.ts';
import { takenOver } from '#lib/chat/taken-over.ts';
import { fromChat } from '#lib/chat/turn.ts';
import type { ServiceType } from '#lib/forms/definition.ts';
import { newestDraft, type DraftTyped } from '#lib/forms/server/drafts.ts';
import { lengthOf } from '#lib/platform/cleaning.ts';
import { formName, type Event } from './form-page.ts';

const isFromChat = (url: URL) => url.searchParams.get(fromChat.name) === fromChat.value;

/** Where they have begun this form before, they go on with that: nothing that was typed is lost. */
export async function leadToBegun({ locals: { db } }: Event, type: ServiceType, url: URL) {
  if (!isFromChat(url) || url.searchParams.has('key')) return;
  const key = await newestDraft(db, formName(type));
  if (key) redirect(303, `${url.pathname}?key=${key}`);
}

/**
 * What a form begins with that otherwise begins with `begun`: in its description, as far as it takes them, their own
 * words in the conversation that they have under way with the assistant.
 */
export async function withChat(
  { locals: { db, actor } }: Event,
  type: ServiceType,
  { url, begun }: { url: URL; begun: DraftTyped }
): Promise<{ typed: DraftTyped; isFromChat: boolean }> {
  const asBegun = { typed: begun, isFromChat: false };
  const field = type.fields.find(({ name }) => name === 'description');
  if (!isFromChat(url) || field?.kind !== 'text') return asBegun;
  const conversation = await currentConversation(db, actor);
  // What has become a request is with our people already.
  if (!conversation || conversation.request_id) return asBegun;
  const before = String(begun['description'] ?? '');
  const said = takenOver(await linesOf(db, conversation.id), field.max - lengthOf(before));
  return said ? { typed: { ...begun, description: before + said }, isFromChat: true } : asBegun;
}
