/**
 * What staff are writing on a request, kept until it is sent: a draft under the request's own id, so that it is found
 * again in any tab, on any computer.
 */
import { isStaff, type PersonActor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { forgetText, keepDraft, typedUnder } from '#lib/forms/server/drafts.ts';
import type { DeskText } from '../desk-text.ts';
import { getRequest } from './queries.ts';

/** The database knows it by this name (`draft_own`). */
const form = 'desk';

/** Keeps the text as it stands now, beside the other one. An empty one is forgotten. */
export function keepDeskDraft(
  db: Db,
  actor: PersonActor,
  reference: string,
  { name, text }: { name: DeskText; text: string }
) {
  return db.transaction().execute(async (tx) => {
    if (!isStaff(actor)) refuse('missing', 'requests.not_found');
    const { id: key } = await getRequest(tx, actor, reference);
    if (text.trim() === '') await forgetText(tx, key, name);
    else await keepDraft(tx, actor, { key, form, typed: { [name]: text }, beside: true });
  });
}

/** It was sent, or given up. */
export const forgetDeskDraft = (tx: Db, requestId: string, name: DeskText) => forgetText(tx, requestId, name);

/** What this actor has begun to write on a request. */
export const readDeskDrafts = (db: Db, requestId: string): Promise<Partial<Record<DeskText, string>>> =>
  typedUnder(db, requestId, form);
