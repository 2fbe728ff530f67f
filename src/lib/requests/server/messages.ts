/** Talking on a request: replies that the other side reads, and notes that only staff read. */
import { forgetDraft } from '#lib/forms/server/drafts.ts';
import { isStaff, whoseIs, type Asker, type PersonActor, type Staff } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { later } from '#lib/platform/server/jobs.ts';
import { digestOf, once as runOnce, type First } from '#lib/platform/server/once.ts';
import { canReply, canTake, canWorkOn } from '../access.ts';
import type { Status } from '../status.ts';
import { isThanks } from '../thanks.ts';
import { attachFiles } from '#lib/files/server/attach.ts';
import { checksumsOf } from '#lib/files/server/queries.ts';
import { takeHeld } from './assignment.ts';
import { noteChangesSince } from './conflict.ts';
import { forgetDeskDraft } from './desk-drafts.ts';
import { holdRequest, type RequestRow } from './queries.ts';
import { move } from './transitions.ts';
import { answeredPromises, askedPromises } from './promises.ts';
import { speak } from './timeline.ts';

export interface Reply {
  /** Idempotency key of the reply form: the same one twice is one reply. */
  key: string;
  text: string;
  attachments: string[];
  /** The key of the form that files and draft belong to, where the reply itself goes under another. */
  form?: string;
  /** Staff only: the number of the last event they saw, and where the reply leaves the request. */
  seen?: number;
  then?: Extract<Status, 'open' | 'waiting' | 'resolved'>;
}

/**
 * Answers on a request. A customer's reply brings a waiting or resolved request back to open; one that only says thanks
 * confirms what was resolved, and asks nothing of what is under way. A member of staff
 * says where it goes: stays open, waits for the customer, or is resolved. Returns the event's number.
 */
export function replyToRequest(db: Db, actor: Asker, reference: string, reply: Reply) {
  return once(db, actor, reply, async (tx) => {
    const held = await holdRequest(tx, actor, reference);
    if (!canReply(actor, held, new Date())) refuse('forbidden', 'requests.cannot_reply');
    if (isStaff(actor) && reply.seen !== undefined) await noteChangesSince(tx, actor, held, reply.seen);
    const request = isStaff(actor) ? await answeredBy(tx, actor, held) : held;

    const number = await say(tx, actor, request, reply, 'public');
    await (isStaff(actor) ? afterStaff : afterCustomer)(tx, actor, request, reply);
    if (isStaff(actor)) {
      const kind = reply.then === 'waiting' ? 'asked_back' : 'answered';
      await later(tx, 'requests.tell_customer', { requestId: request.id, number, kind });
    }
    return { requestId: request.id, number };
  });
}

/** Whoever answers in a chat that nobody has is who talks with the customer from then on. */
async function answeredBy(tx: Db, actor: Staff, request: RequestRow): Promise<RequestRow> {
  if (request.channel !== 'chat' || request.agent_id || !canTake(actor, request)) return request;
  await takeHeld(tx, actor, request);
  return holdRequest(tx, actor, request.reference);
}

/** Writes a note for colleagues. No customer ever sees it, nor that it is there. */
export function addNote(db: Db, actor: PersonActor, reference: string, note: Reply) {
  return once(db, actor, note, async (tx) => {
    const request = await holdRequest(tx, actor, reference);
    if (!canWorkOn(actor, request) && !isStaff(actor)) refuse('forbidden', 'requests.cannot_work_on');
    return { requestId: request.id, number: await say(tx, actor, request, note, 'internal') };
  });
}

async function say(
  tx: Db,
  actor: Asker,
  request: RequestRow,
  { key, form = key, text, attachments }: Reply,
  visibility: 'public' | 'internal'
) {
  const subject = { request_id: request.id };
  const attached = await attachFiles(tx, { formKey: form, attachments }, subject, { visibility });
  const number = await speak(tx, request.id, { text, visibility, attachments: attached });
  await (isStaff(actor)
    ? forgetDeskDraft(tx, request.id, visibility === 'public' ? 'reply' : 'note')
    : forgetDraft(tx, form));
  return number;
}

async function afterCustomer(tx: Db, actor: Asker, request: RequestRow, reply: Reply) {
  // What we have asked them is not answered by it.
  if (request.status !== 'waiting' && (await onlyThanks(tx, actor, request, reply))) {
    if (request.status === 'resolved')
      await move(tx, actor, request, 'closed', { payload: { reason: 'thanks' } });
    return;
  }
  if (request.status === 'waiting' || request.status === 'resolved')
    await move(tx, actor, request, await goesOnAs(tx, request), { occasion: null });
  await askedPromises(tx, request.id);
}

/** A visit that was booked before we asked still stands. */
const goesOnAs = async (tx: Db, { id, status }: RequestRow): Promise<Status> =>
  status === 'waiting' &&
  (await tx
    .selectFrom('visit')
    .select('id')
    .where('request_id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst())
    ? 'scheduled'
    : 'open';

async function onlyThanks(tx: Db, actor: Asker, request: RequestRow, { text, attachments }: Reply) {
  if (attachments.length > 0) return false;
  const spoke = tx.selectFrom('request_event').select('actor_id').where('request_id', '=', request.id);
  const people = await tx
    .selectFrom('person')
    .select('name')
    .where((who) => who.or([who('id', '=', whoseIs(actor).person_id), who('id', 'in', spoke)]))
    .execute();
  return isThanks(
    text,
    people.map(({ name }) => name)
  );
}

async function afterStaff(tx: Db, actor: Asker, request: RequestRow, { then = 'open' }: Reply) {
  await answeredPromises(tx, request.id);
  const stays = then === request.status || (then === 'open' && request.status === 'scheduled');
  // The reply itself is written about; a resolution is, beside it, a letter of its own.
  if (!stays) await move(tx, actor, request, then);
}

/** Runs a reply at most once per key. */
async function once(db: Db, actor: Asker, reply: Reply, run: (tx: Db) => Promise<Said>): Promise<Said> {
  const digest = digestOf(await contentOf(db, reply));
  const first = () => saidBefore(db, reply.key);
  return runOnce({ digest, first, refuseOther, asksBefore: true }, () =>
    db.transaction().execute(async (tx) => {
      const said = await run(tx);
      const { requestId: request_id, number } = said;
      await tx
        .insertInto('submission')
        .values({ key: reply.key, ...whoseIs(actor), form: 'reply', digest, request_id, number })
        .execute();
      return said;
    })
  );
}

const refuseOther = () => refuse('conflict', 'requests.reply_key_has_other_content');

async function saidBefore(db: Db, key: string): Promise<First<Said> | null> {
  const row = await db
    .selectFrom('submission')
    .select(['request_id', 'number', 'digest'])
    .where('key', '=', key)
    .executeTakeFirst();
  if (!row?.number) return null;
  return { digest: row.digest, result: { requestId: row.request_id, number: row.number } };
}

/** What makes two messages the same: their words, what is in their files, and where they leave the request. */
const contentOf = async (db: Db, { text, attachments, then }: Reply) => [
  ...[text, then],
  await checksumsOf(db, attachments)
];

interface Said {
  requestId: string;
  number: number;
}
