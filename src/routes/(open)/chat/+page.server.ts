/** The chat: with the assistant first, with a person whenever one is wanted. Works as a page that posts. */
import { redirect, type RequestEvent } from '@sveltejs/kit';
import { type Asker, isCustomer, isStaff } from '#lib/platform/actor.ts';
import { htmlOnly } from '#lib/platform/html-only.ts';
import { isBlank } from '#lib/platform/cleaning.ts';
import { keyOf, numberIn, textIn } from '#lib/platform/posted.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { rememberVisitor } from '#lib/people/server/remember-visitor.ts';
import { writePosition } from '#lib/events/position.ts';
import { isAtWork } from '#lib/chat/server/office.ts';
import { concludeAnswer, isUnjudged } from '#lib/chat/server/answered.ts';
import { endConversation, openConversation } from '#lib/chat/server/commands.ts';
import { currentConversation, linesOf, type Conversation } from '#lib/chat/server/queries.ts';
import { findDraft, textOfReply } from '#lib/forms/server/drafts.ts';
import { beginLearning } from '#lib/help/server/teaching.ts';
import { hub } from '#lib/requests/server/live.ts';
import { bookSlot, callOffVisit } from '#lib/visits/server/booking.ts';
import { answer } from '../../form-action.ts';
import { messageIn, sendMessage, toPerson } from './messages.ts';
import { talk } from './talk.ts';
import { handOverVisitor } from './who.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { db, actor } = event.locals;
  if (isStaff(actor)) redirect(303, '/desk');
  const { searchParams } = event.url;
  const position = writePosition(hub.position());
  const key = keyOf(searchParams.get('key'));
  const draft = searchParams.has('key') ? await findDraft(db, key) : null;
  const conversation = await currentConversation(db, actor);
  if (!conversation?.request_id) beginLearning(db);
  const lines = conversation && !conversation.request_id ? await linesOf(db, conversation.id) : [];
  return htmlOnly({
    position,
    key,
    nextKey: keyOf(null),
    safe: searchParams.get('safe') ?? '',
    typed: draft?.form === 'chat' ? textOfReply(draft.typed) : '',
    open: isAtWork(new Date()),
    ended: searchParams.has('ended'),
    helped: searchParams.has('helped'),
    mayJudge: conversation !== null && !conversation.request_id && (await isUnjudged(db, conversation.id)),
    begun: conversation !== null,
    wishes: searchParams.has('person') || lines.at(-1)?.kind === 'person',
    notEntered: linkIn(searchParams.get('link')),
    lines,
    talk: conversation?.reference
      ? await talk(
          event,
          { ...conversation, reference: conversation.reference },
          searchParams.get('key') && key
        )
      : null
  });
};

/** Why the link in a letter did not lead to a conversation. */
const linkIn = (why: string | null): 'gone' | 'other' | 'account' | null =>
  why === 'gone' || why === 'other' || why === 'account' ? why : null;

export const actions: Actions = {
  say: async (event) => sendMessage(event, messageIn(await event.request.formData())),
  person: async (event) => {
    const { db, actor, locale, t } = customerOrVisitor(event);
    rememberVisitor(event);
    const message = { ...messageIn(await event.request.formData()), forPerson: true };
    const next = async () => {
      if (!isCustomer(actor)) return '/chat?person#who';
      await toPerson(event, await openConversation(db, actor, locale));
      return '/chat#end';
    };
    // What they have begun to write goes first, read for danger like everything else.
    return isBlank(message.text) ? answer(t, next, over) : sendMessage(event, message, next);
  },
  who: async (event) => {
    const { actor } = customerOrVisitor(event);
    if (isCustomer(actor)) redirect(303, '/chat');
    return handOverVisitor(event, await event.request.formData());
  },
  helped: (event) => doIn(event, '/chat?helped#end', (db, { id }) => concludeAnswer(db, id, 'helped')),
  /** A visitor's own visit: a time picked, or another; or none. */
  book: async (event) => {
    const slot = textIn(await event.request.formData(), 'slot');
    return changeVisit(event, (visit) =>
      bookSlot(event.locals.db, visit.actor, visit.reference, { slot, ...clock() })
    );
  },
  call_off: (event) =>
    changeVisit(event, (visit) => callOffVisit(event.locals.db, visit.actor, visit.reference, clock())),
  end: async (event) => {
    const rating = numberIn(await event.request.formData(), 'rating');
    return doIn(event, '/chat?ended', (db, conversation) =>
      endConversation(db, conversation, rating >= 1 && rating <= 5 ? rating : null)
    );
  }
};

/** To the conversation that there is. Where there is none any more, it is done. */
function doIn(
  event: RequestEvent,
  to: string,
  command: (db: Db, conversation: Conversation) => Promise<unknown>
) {
  const { db, actor, t } = customerOrVisitor(event);
  const doing = async () => {
    const conversation = await currentConversation(db, actor);
    if (conversation) await command(db, conversation);
    return to;
  };
  return answer(t, doing, over);
}

/** What cannot be done is said over the page. */
const over = (refusal: string) => ({ refusal });

const clock = () => ({ now: new Date(), zone: config.timeZone });

/** Of the request that this browser holds, and no other. */
async function changeVisit(
  event: RequestEvent,
  command: (visit: { actor: Asker; reference: string }) => Promise<unknown>
) {
  const { db, actor, t } = customerOrVisitor(event);
  const conversation = await currentConversation(db, actor);
  const reference = conversation?.reference;
  if (actor.kind === 'system' || !reference) refuse('missing', 'visits.no_visit');
  const done = async () => (await command({ actor, reference }), '/chat#visit');
  return answer(t, done, over);
}

const customerOrVisitor = ({ locals }: RequestEvent) =>
  isStaff(locals.actor) ? refuse('missing', 'errors.missing') : locals;
