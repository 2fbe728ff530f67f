/** One request on the desk, and everything that is done to it there. */
import { randomUUID } from 'node:crypto';
import { Refusal, refuse } from '#lib/platform/refusal.ts';
import { config } from '#lib/platform/server/runtime.ts';
import * as forms from '#lib/desk/form.ts';
import { writePosition } from '#lib/events/position.ts';
import { readReference } from '#lib/platform/reference.ts';
import { assignRequest } from '#lib/requests/server/assignment.ts';
import { readForDesk } from '#lib/desk/server/request.ts';
import { linkRequest } from '#lib/requests/server/linking.ts';
import { hub } from '#lib/requests/server/live.ts';
import { mergeRequest } from '#lib/requests/server/merge.ts';
import {
  beginWork,
  bookVisit,
  cancelRequest,
  setPriority,
  setStatus
} from '#lib/requests/server/transitions.ts';
import { bookSlot, callOffVisit, needVisit } from '#lib/visits/server/booking.ts';
import { noteRead } from '#lib/requests/server/read-positions.ts';
import { openRequest } from '#lib/desk/server/break-glass.ts';
import { repliesFor } from '#lib/desk/server/saved-replies.ts';
import { addNote, replyToRequest } from '#lib/requests/server/messages.ts';
import { dayAt } from '#lib/requests/status-text.ts';
import { isLookedAt } from '../../../../../looking.ts';
import { takeAtDesk } from '#lib/chat/server/desk.ts';
import { returnToAssistant, transferChat } from '#lib/chat/server/hands.ts';
import { chatAtHand } from './chat.ts';
import { answer, staff } from './form-action.ts';
import { findFor } from './account-search.ts';
import { shown } from './presenter.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, request: asked, depends }) => {
  depends('desk:request');
  // Before the first look at the data: what changes from here on, the live feed will tell.
  const read = writePosition(hub.position());
  const reference = readReference(params.reference) ?? refuse('missing', 'requests.not_found');
  const common = { read, reference, today: today(), keys: { reply: randomUUID(), note: randomUUID() } };
  try {
    const request = await readForDesk(locals.db, staff(locals), reference, today());
    const { id, requester_id, last_number } = request.request;
    const actor = staff(locals);
    if (isLookedAt(asked) && last_number > (request.read ?? 0)) await noteRead(locals.db, id, last_number);
    return {
      ...common,
      customer: requester_id,
      opened: await shown(locals, actor, request),
      chat: await chatAtHand(locals, actor, request),
      replies: (await repliesFor(locals.db, actor, request.request.team_id)).map(({ id, name, text }) => ({
        ...{ id, name, text }
      }))
    };
  } catch (refusal) {
    // Another team's or nobody's: an agent is asked for a reason either way, and so cannot tell the two apart.
    if (!isMissing(refusal) || staff(locals).role !== 'agent') throw refusal;
    return { ...common, customer: null, opened: null, chat: null, replies: [] };
  }
};

export const actions: Actions = {
  open: answer('open', forms.OpenForm, ({ db, actor, reference }, form) =>
    openRequest(db, actor, reference, form.reason)
  ),
  take: answer('take', forms.SeenForm, ({ db, actor, reference }, form) =>
    takeAtDesk(db, actor, reference, form)
  ),
  assign: answer('assign', forms.AssignForm, ({ db, actor, reference }, form) =>
    assignRequest(db, actor, reference, form)
  ),
  priority: answer('priority', forms.PriorityForm, ({ db, actor, reference }, form) =>
    setPriority(db, actor, reference, form)
  ),
  status: answer('status', forms.StatusForm, ({ db, actor, reference }, form) =>
    setStatus(db, actor, reference, form)
  ),
  begin: answer('begin', forms.SeenForm, ({ db, actor, reference }, form) =>
    beginWork(db, actor, reference, form)
  ),
  visit: answer('visit', forms.VisitForm, ({ db, actor, reference }, form) =>
    bookVisit(db, actor, reference, { ...form, today: today() })
  ),
  slot: answer('slot', forms.SlotForm, ({ db, actor, reference }, form) =>
    bookSlot(db, actor, reference, { ...form, ...clock() })
  ),
  needs_visit: answer('needs_visit', forms.NeedsVisitForm, ({ db, actor, reference }, form) =>
    needVisit(db, actor, reference, form)
  ),
  call_off: answer('call_off', forms.SeenForm, ({ db, actor, reference }, form) =>
    callOffVisit(db, actor, reference, { ...form, ...clock() })
  ),
  cancel: answer('cancel', forms.CancelForm, ({ db, actor, reference }, form) =>
    cancelRequest(db, actor, reference, { ...form, today: today() })
  ),
  merge: answer('merge', forms.MergeForm, ({ db, actor, reference }, form) =>
    mergeRequest(db, actor, reference, form)
  ),
  link: answer('link', forms.LinkForm, ({ db, actor, reference }, form) =>
    linkRequest(db, actor, reference, form)
  ),
  transfer: answer('transfer', forms.AssignForm, ({ db, actor, reference }, form) =>
    transferChat(db, actor, reference, form)
  ),
  give_back: answer('give_back', forms.SeenForm, ({ db, actor, reference }, form) =>
    returnToAssistant(db, actor, reference, form)
  ),
  find: findFor,
  reply: answer('reply', forms.ReplyForm, ({ db, actor, reference, attachments }, form) =>
    replyToRequest(db, actor, reference, { ...form, attachments })
  ),
  note: answer('note', forms.NoteForm, ({ db, actor, reference, attachments }, form) =>
    addNote(db, actor, reference, { ...form, attachments })
  )
};

const clock = () => ({ now: new Date(), zone: config.timeZone });
const today = () => dayAt(new Date(), config.timeZone);

const isMissing = (error: unknown) => error instanceof Refusal && error.kind === 'missing';
