/** A chat changes hands: on to a colleague or a team, or back to the assistant. */
import { sql } from 'kysely';
import { isStaff, type PersonActor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { localeOf } from '#lib/platform/language.ts';
import { wordsFor } from '#lib/platform/words.ts';
import { handOn } from '#lib/requests/server/assignment.ts';
import { noteChangesSince } from '#lib/requests/server/conflict.ts';
import { holdRequest, type RequestRow } from '#lib/requests/server/queries.ts';
import { move, type Seen } from '#lib/requests/server/transitions.ts';
import { mayHandOn } from '../access.ts';
import { isThere } from './presence.ts';
import { readByCustomer } from './reading.ts';

/** To whom: somebody whose desk is open, or a team, whose next free hand takes it. */
type Receiver = { agent: string | null; team: string | null };

/**
 * Hands a chat on. It rings at that colleague's desk; who does not take it within a minute leaves it to everybody. The
 * customer is told, and keeps their place in line. What they wrote meanwhile goes along: it stops nobody.
 */
export function transferChat(db: Db, actor: PersonActor, reference: string, to: Receiver) {
  return db.transaction().execute(async (tx) => {
    const request = await chatInHand(tx, actor, reference);
    const receiver = to.agent ? await colleague(tx, to.agent) : null;
    if (to.agent === actor.id) refuse('invalid', 'chat.to_oneself');
    if (to.agent && !(receiver && (await isThere(tx, to.agent)))) refuse('conflict', 'chat.nobody_there');
    const team = to.agent ? (receiver?.team_id ?? request.team_id) : to.team;
    const name =
      receiver?.name ?? (await teamNamed(tx, team)) ?? refuse('invalid', 'requests.no_such_colleague');
    const said = words(request)(receiver ? 'chat.passed_to' : 'chat.passed_to_team', {
      from: request.agent_name ?? '',
      to: name
    });
    await sql`select offer_chat(${request.id}::uuid, ${to.agent}::uuid, ${said})`.execute(tx);
    await handOn(tx, actor, request, { agent: null, team });
  });
}

/**
 * Gives a chat back to the assistant: what a person had to do is done, also by what the customer wrote last (`seen`). A new
 * wish for a person goes on with this request.
 */
export function returnToAssistant(db: Db, actor: PersonActor, reference: string, { seen }: Seen) {
  return db.transaction().execute(async (tx) => {
    const request = await chatInHand(tx, actor, reference);
    await noteChangesSince(tx, actor, request, seen);
    const t = words(request);
    const from = request.agent_name ?? '';
    await sql`select return_to_assistant(${request.id}::uuid, ${t('chat.given_back', { from })},
              ${t('chat.back_with_assistant', { from })})`.execute(tx);
    await handOn(tx, actor, request, { agent: null, team: request.team_id });
    await move(tx, actor, request, 'resolved');
  });
}

async function chatInHand(tx: Db, actor: PersonActor, reference: string): Promise<RequestRow> {
  if (!isStaff(actor)) refuse('missing', 'errors.missing');
  const request = await holdRequest(tx, actor, reference);
  if (!mayHandOn(actor, request) || (await readByCustomer(tx, request.id)) === null)
    refuse('conflict', 'chat.not_in_hand');
  return request;
}

const words = ({ locale }: RequestRow) => wordsFor(localeOf(locale));

const colleague = (tx: Db, id: string) =>
  tx
    .selectFrom('person')
    .select(['name', 'team_id'])
    .where('id', '=', id)
    .where('role', '!=', 'customer')
    .where('deactivated_at', 'is', null)
    .executeTakeFirst();

const teamNamed = async (tx: Db, id: string | null) =>
  id && (await tx.selectFrom('team').select('name').where('id', '=', id).executeTakeFirst())?.name;
