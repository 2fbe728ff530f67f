/** What staff are writing on a request, kept until it is sent: found again in any tab, on any computer. */
import { isStaff, type PersonActor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import type { DeskText } from '../desk-text.ts';
import { getRequest } from './queries.ts';

/** Keeps the text as it stands now. An empty one is forgotten. */
export function keepDeskDraft(
  db: Db,
  actor: PersonActor,
  reference: string,
  { form, text }: { form: DeskText; text: string }
) {
  return db.transaction().execute(async (tx) => {
    if (!isStaff(actor)) refuse('missing', 'requests.not_found');
    const { id } = await getRequest(tx, actor, reference);
    if (text.trim() === '') return forgetDeskDraft(tx, actor, id, form);

    const now = { text, updated_at: new Date() };
    await tx
      .insertInto('desk_draft')
      .values({ person_id: actor.id, request_id: id, form, ...now })
      .onConflict((again) => again.columns(['person_id', 'request_id', 'form']).doUpdateSet(now))
      .execute();
  });
}

/** It was sent, or given up. */
export async function forgetDeskDraft(tx: Db, actor: PersonActor, requestId: string, form: DeskText) {
  await tx
    .deleteFrom('desk_draft')
    .where('person_id', '=', actor.id)
    .where('request_id', '=', requestId)
    .where('form', '=', form)
    .execute();
}

/** What this actor has begun to write on a request. */
export async function readDeskDrafts(
  db: Db,
  actor: PersonActor,
  requestId: string
): Promise<Partial<Record<DeskText, string>>> {
  const rows = await db
    .selectFrom('desk_draft')
    .select(['form', 'text'])
    .where('person_id', '=', actor.id)
    .where('request_id', '=', requestId)
    .execute();
  return Object.fromEntries(rows.map(({ form, text }) => [form, text]));
}
