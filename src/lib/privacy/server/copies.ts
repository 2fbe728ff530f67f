/** Copies of somebody's data: asked for by whom they are about, or at the desk for them, and taken by nobody but them. */
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Customer, PersonActor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { type Db, isCheckViolation, isUniqueViolation } from '#lib/platform/server/db.ts';
import { openStorage, type Storage } from '#lib/files/server/storage.ts';
import { later } from '#lib/platform/server/jobs.ts';
import { writeAudit } from '#lib/people/server/audit.ts';
import { canAskForCopy, canBeTaken, type Copy } from '../copy.ts';

/** Beside the files that people sent, for every machine that shares those: no id of theirs leads there. */
export const copiesIn = (dataDir: string): Storage => openStorage(join(dataDir, 'files', 'copies'));

/** The newest ones, for the page that offers them. */
export async function copiesOf(db: Db, person: string): Promise<Copy[]> {
  return db
    .selectFrom('data_copy')
    .select(['id', 'state', 'asked_at', 'ready_at', 'expires_at', 'size'])
    .where('person_id', '=', person)
    .orderBy('asked_at', 'desc')
    .limit(5)
    .execute();
}

/** Asks for one, in a language. While one is being made, asking again changes nothing. */
export async function askForCopy(db: Db, actor: PersonActor, person: string, locale: string) {
  if (!canAskForCopy(actor, person)) refuse('forbidden', 'errors.forbidden');
  try {
    await db.transaction().execute(async (tx) => {
      const { id } = await tx
        .insertInto('data_copy')
        .values({ person_id: person, locale })
        .returning('id')
        .executeTakeFirstOrThrow();
      await writeAudit(tx, actor, {
        action: 'person.data_asked',
        subject: { kind: 'person', id: person },
        detail: { copy: id }
      });
      await later(tx, 'privacy.make_copy', { copy: id });
    });
  } catch (problem) {
    if (isUniqueViolation(problem, 'data_copy_asked')) return;
    if (isCheckViolation(problem, 'data_copy_rate')) refuse('too_many', 'privacy.copy_too_many');
    throw problem;
  }
}

/** The one to be handed out now, and its taking written into their history. Another's is not there. */
export async function takeCopy(db: Db, actor: Customer, id: string) {
  return db.transaction().execute(async (tx) => {
    const copy = await tx
      .selectFrom('data_copy')
      .select(['id', 'state', 'asked_at', 'expires_at', 'size'])
      .where('id', '=', id)
      .where('person_id', '=', actor.id)
      .executeTakeFirst();
    if (!copy || !canBeTaken(copy, new Date())) return refuse('missing', 'privacy.copy_gone');
    await tx
      .updateTable('data_copy')
      .set({ taken_at: sql`now()` })
      .where('id', '=', id)
      .execute();
    await writeAudit(tx, actor, {
      action: 'person.data_taken',
      subject: { kind: 'person', id: actor.id },
      detail: { copy: id }
    });
    return copy;
  });
}
