/** From the assistant to a person: the conversation becomes a request, with every word on its timeline. */
import { sql } from 'kysely';
import { type Customer, isCustomer, type VisitorActor } from '#lib/platform/actor.ts';
import { Refusal, refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { accountsToActOn } from '#lib/accounts/server/queries.ts';
import { offerOf } from '#lib/catalogue/server/catalogue.ts';
import { beginning } from '#lib/requests/excerpt.ts';
import { canReply } from '#lib/requests/access.ts';
import { askedPromises } from '#lib/requests/server/promises.ts';
import { holdRequest } from '#lib/requests/server/queries.ts';
import { move } from '#lib/requests/server/transitions.ts';
import { speak } from '#lib/requests/server/timeline.ts';
import { submitRequest } from '#lib/requests/server/submit.ts';
import { linesOf, type Conversation, type Line } from './queries.ts';

/** What else is needed: the words of one who said nothing yet, and the language and the moment. */
export interface Asked {
  locale: string;
  wish: string;
  now: Date;
  /** How to reach a visitor, who has to say. */
  caller?: Caller;
}

/** Who a visitor says they are. */
export interface Caller {
  name: string;
  email: string;
}

/**
 * Makes a request of a conversation: once, however often it is asked for, for the conversation's id is its key. A
 * process that dies in between leaves the request; the next click brings the rest.
 */
export async function handOver(
  db: Db,
  actor: Customer | VisitorActor,
  conversation: Conversation,
  asked: Asked
): Promise<string> {
  if (conversation.reference) return conversation.reference;
  if (conversation.returned && (await goOn(db, actor, conversation, asked))) return conversation.returned;
  const lines = await linesOf(db, conversation.id);
  const first = lines.find(({ spoken_by }) => spoken_by === 'customer');
  const reference = await requestOf(db, actor, conversation.id, first?.text ?? asked.wish, asked);
  await db.transaction().execute((tx) => carryOver(tx, conversation.id, reference));
  return reference;
}

/** What came back to the assistant goes on as the request it was, while that can be answered. */
const goOn = (db: Db, actor: Customer | VisitorActor, { id, returned }: Conversation, { wish, now }: Asked) =>
  db.transaction().execute(async (tx) => {
    const request = await holdRequest(tx, actor, returned ?? '');
    if (!canReply(actor, request, now)) return false;
    if (!(await isUnbound(tx, id))) return true;
    // The first line says that it came back, which stands on the timeline already.
    const said = (await linesOf(tx, id)).slice(1);
    for (const line of said) await say(tx, request.id, line);
    if (!said.some(({ spoken_by }) => spoken_by === 'customer'))
      await speak(tx, request.id, { text: wish, visibility: 'public' });
    await bind(tx, id, request.id);
    if (request.status === 'waiting' || request.status === 'resolved')
      await move(tx, actor, request, 'open', { occasion: null });
    await askedPromises(tx, request.id);
    return true;
  });

async function requestOf(
  db: Db,
  actor: Customer | VisitorActor,
  key: string,
  description: string,
  { locale, now, caller }: Asked
) {
  const offer = (await offerOf(db, 'GENERAL')) ?? refuse('missing', 'errors.missing');
  const [account, another] = isCustomer(actor) ? await accountsToActOn(db, actor) : [];
  // Of two accounts nobody knows which; the agent sees both.
  const meant = another ? undefined : account;
  try {
    const { reference } = await submitRequest(db, actor, {
      key,
      type: offer.type,
      team: offer.team_id,
      answers: { subject: beginning(description, 80) },
      contact: {
        contact_by: 'email',
        ...(caller && { caller_name: caller.name, caller_email: caller.email })
      },
      description,
      account: meant?.id ?? null,
      premises: meant?.premises_id ?? null,
      attachments: [],
      channel: 'chat',
      locale,
      now
    });
    return reference;
  } catch (refusal) {
    // Made a moment ago, when their account was another.
    const made = refusal instanceof Refusal && refusal.kind === 'conflict' && refusal.values['reference'];
    if (made) return String(made);
    throw refusal;
  }
}

/** All that was said after the first words, in order, and the short lines are gone. */
async function carryOver(tx: Db, id: string, reference: string) {
  if (!(await isUnbound(tx, id))) return;
  const request = await tx
    .selectFrom('request_reference')
    .select('request_id')
    .where('reference', '=', reference)
    .executeTakeFirstOrThrow();
  const lines = await linesOf(tx, id);
  const first = lines.findIndex(({ spoken_by }) => spoken_by === 'customer');
  for (const line of lines.toSpliced(first, first < 0 ? 0 : 1)) await say(tx, request.request_id, line);
  await bind(tx, id, request.request_id);
}

/** Holds the conversation; of two clicks at once the second finds it carried over. */
async function isUnbound(tx: Db, id: string): Promise<boolean> {
  const { request_id } = await tx
    .selectFrom('conversation')
    .select('request_id')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return request_id === null;
}

async function bind(tx: Db, id: string, request_id: string) {
  await tx
    .updateTable('conversation')
    .set({ request_id, returned_from: null, last_at: sql<Date>`now()` })
    .where('id', '=', id)
    .execute();
  await tx.deleteFrom('conversation_line').where('conversation_id', '=', id).execute();
}

function say(tx: Db, requestId: string, { spoken_by, text, ways }: Line) {
  if (spoken_by === 'customer') return speak(tx, requestId, { text, visibility: 'public' });
  const said = [text, ...ways.filter(({ isSource }) => !isSource).map(({ label }) => `– ${label}`)].join(
    '\n'
  );
  return sql`select say_as_assistant(${requestId}::uuid, ${said})`.execute(tx);
}
