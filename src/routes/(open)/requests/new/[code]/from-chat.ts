/** Whoever was led to a form by the assistant finds in it what they wrote in the chat. */
import { redirect } from '@sveltejs/kit';
import { currentConversation, linesOf } from '#lib/chat/server/queries.ts';
import { takenOver } from '#lib/chat/taken-over.ts';
import { fromChat, isFromChat } from '#lib/chat/turn.ts';
import type { ServiceType } from '#lib/forms/definition.ts';
import { newestDraft, type DraftTyped } from '#lib/forms/server/drafts.ts';
import { lengthOf } from '#lib/platform/cleaning.ts';
import { formName, type Event } from './form-page.ts';

/** By which an address says that the words of the chat are to be added to what was begun. */
const add = 'add';

/** Where they have begun this form before, they go on with that: nothing that was typed is lost. */
export async function leadToBegun({ locals: { db } }: Event, type: ServiceType, url: URL) {
  if (!isFromChat(url) || url.searchParams.has('key')) return;
  const key = await newestDraft(db, formName(type));
  if (key) redirect(303, wayTo(url, { key }));
}

interface Filled {
  typed: DraftTyped;
  /** Whether their words of the chat stand in it. */
  isFromChat: boolean;
  /** Where those are offered beside what they had begun: their words, and the address that adds them. */
  offered: { words: string; href: string } | null;
}

/**
 * What a form begins with that otherwise begins with `begun`: in its description, as far as it takes them, their own
 * words in the conversation that they have under way with the assistant.
 */
export async function withChat(
  event: Event,
  type: ServiceType,
  { url, begun }: { url: URL; begun: DraftTyped }
): Promise<Filled> {
  const before = descriptionIn(begun);
  const said = await saidInChat(event, type, { url, before });
  return said
    ? { typed: { ...begun, description: before + said }, isFromChat: true, offered: null }
    : { typed: begun, isFromChat: false, offered: null };
}

/** What they had begun stays as it is; their words of the chat are offered, and added where the address says so. */
export async function besideBegun(
  event: Event,
  type: ServiceType,
  { url, begun }: { url: URL; begun: DraftTyped }
): Promise<Filled> {
  const before = descriptionIn(begun).trimEnd();
  const said = await saidInChat(event, type, { url, before: before && `${before}\n` });
  // Added already, and kept since.
  if (!said || before.includes(said)) return { typed: begun, isFromChat: false, offered: null };
  if (url.searchParams.get(add) !== fromChat.value)
    return {
      typed: begun,
      isFromChat: false,
      offered: { words: said, href: wayTo(url, { [add]: fromChat.value }) }
    };
  const description = [before, said].filter(Boolean).join('\n');
  return { typed: { ...begun, description }, isFromChat: true, offered: null };
}

const descriptionIn = ({ description }: DraftTyped) => (typeof description === 'string' ? description : '');

/** What of their words there is room for after `before`; nothing where they do not come from the chat. */
async function saidInChat(
  { locals: { db, actor } }: Event,
  type: ServiceType,
  { url, before }: { url: URL; before: string }
): Promise<string> {
  const field = type.fields.find(({ name }) => name === 'description');
  if (!isFromChat(url) || field?.kind !== 'text') return '';
  const conversation = await currentConversation(db, actor);
  // What has become a request is with our people already.
  if (!conversation || conversation.request_id) return '';
  const room = field.max - lengthOf(before);
  return room > 0 ? takenOver(await linesOf(db, conversation.id), room) : '';
}

/** The same form, told this besides. Nothing else of the address is needed where there is a draft. */
function wayTo({ pathname, searchParams }: URL, more: Record<string, string>): string {
  const key = searchParams.get('key');
  return `${pathname}?${new URLSearchParams({ ...(key && { key }), ...more, [fromChat.name]: fromChat.value })}`;
}
