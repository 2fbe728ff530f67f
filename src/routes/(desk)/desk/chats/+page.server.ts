/** Customers in the chat: who waits for anybody, and who is in one's own hands. */
import { isStaff, type Staff } from '#lib/platform/actor.ts';
import { textIn } from '#lib/platform/posted.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { callsToMake } from '#lib/chat/server/call-backs.ts';
import { acceptChat, chatsFor } from '#lib/chat/server/desk.ts';
import { setAvailable } from '#lib/chat/server/presence.ts';
import { answer } from '../../../form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor }, depends }) => {
  depends('desk:chats');
  const [chats, calls] = await Promise.all([chatsFor(db, staff(actor)), callsToMake(db)]);
  return { ...chats, calls: calls.length };
};

export const actions: Actions = {
  accept: async ({ locals: { db, actor, t }, request }) => {
    const reference = textIn(await request.formData(), 'id');
    return answer(t, async () => {
      await acceptChat(db, staff(actor), reference);
      return `/desk/requests/${reference}`;
    });
  },
  /** Takes chats from now on, or none for a while. */
  available: async ({ locals: { db, actor, t }, request }) => {
    const isHere = textIn(await request.formData(), 'to') === 'yes';
    return answer(t, async () => (await setAvailable(db, staff(actor), isHere), '/desk/chats'));
  }
};

const staff = (actor: App.Locals['actor']): Staff =>
  isStaff(actor) ? actor : refuse('missing', 'errors.missing');
