/** Who is writing in the chat right now, told to the other side. All of it may be lost. */
import { sql } from 'kysely';
import type { PersonActor } from '#lib/platform/actor.ts';
import type { Db } from '#lib/platform/server/db.ts';
import type { Passing } from '#lib/requests/feed.ts';
import type { Present } from '#lib/desk/present.ts';
import { getRequest } from '#lib/requests/server/queries.ts';
import type { Conversation } from './queries.ts';
import { readByCustomer, writeLightly } from './reading.ts';

/** What they type is kept when they pause, and the desk looks every five seconds. */
const stale = '8 seconds';

/** The customer typed something to our people, or sent it. With the assistant nobody looks. */
export async function noteTyping(
  db: Db,
  conversation: Conversation | null,
  isWriting: boolean
): Promise<void> {
  if (!conversation?.request_id) return;
  const at = isWriting ? sql`now()` : null;
  await writeLightly(db, sql`update conversation set typed_at = ${at} where id = ${conversation.id}`);
}

/** The customer of a chat, while they write: for whoever of ours looks at it. Empty otherwise. */
export async function customerWriting(db: Db, reference: string): Promise<Present[]> {
  const { rows } = await sql<{ id: string; name: string | null }>`
    select c.id, coalesce(p.name, r.contact ->> 'caller_name') as name
    from request_reference f
    join conversation c on c.request_id = f.request_id and c.ended_at is null
    join request r on r.id = f.request_id
    left join person p on p.id = r.requester_id
    where f.reference = ${reference} and c.typed_at > now() - ${stale}::interval`.execute(db);
  return rows.map(({ id, name }) => ({ id, name: name ?? '', typing: true }));
}

/** What the customer of a chat hears when somebody of ours writes a reply to them; null where no chat goes on. */
export async function replyingIn(db: Db, actor: PersonActor, reference: string): Promise<Passing | null> {
  const request = await getRequest(db, actor, reference);
  if ((await readByCustomer(db, request.id)) === null) return null;
  const { id, requester_id, account_id, team_id, agent_id } = request;
  return {
    ...{ request_id: id, reference, number: 0, kind: 'writing', visibility: 'public', actor_id: actor.id },
    ...{ requester_id, account_id, team_id, agent_id, private: request.private, taken_from: null }
  };
}
