/** Approving the safety words: they are shipped unapproved, and an admin of the utility answers for them. */
import { createHash } from 'node:crypto';
import { writeAudit } from '#lib/people/server/audit.ts';
import type { PersonActor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { isUniqueViolation, type Db } from '#lib/platform/server/db.ts';
import { type Jurisdiction, wordingOf } from '#lib/safety/wording.ts';
import { mayApproveWording } from '../access.ts';

/** Which words are approved: those of a version, exactly as they stand. */
export interface Words {
  version: string;
  digest: string;
}

export function wordsOf(jurisdiction: Jurisdiction): Words {
  const wording = wordingOf(jurisdiction);
  return {
    version: wording.version,
    digest: createHash('sha256').update(JSON.stringify(wording)).digest('base64url')
  };
}

/** Who has approved which words, the latest first. */
export const listApprovals = (db: Db) =>
  db
    .selectFrom('wording_approval as a')
    .innerJoin('person as p', 'p.id', 'a.approved_by')
    .select(['a.version', 'a.digest', 'a.approved_at', 'p.name'])
    .orderBy('a.id', 'desc')
    .execute();

/** Whether somebody has approved exactly these words. */
export async function isApproved(db: Db, { version, digest }: Words): Promise<boolean> {
  const found = await db
    .selectFrom('wording_approval')
    .select('id')
    .where('version', '=', version)
    .where('digest', '=', digest)
    .executeTakeFirst();
  return found !== undefined;
}

/** Approves the words that were read, if they are still the ones that are shown. Twice is once. */
export async function approveWording(
  db: Db,
  actor: PersonActor,
  { jurisdiction, digest }: { jurisdiction: Jurisdiction; digest: string }
) {
  if (!mayApproveWording(actor)) refuse('missing', 'errors.missing');
  const words = wordsOf(jurisdiction);
  if (words.digest !== digest) refuse('conflict', 'emergencies.wording_changed');
  try {
    await db.transaction().execute(async (tx) => {
      const { id } = await tx
        .insertInto('wording_approval')
        .values({ ...words, approved_by: actor.id })
        .returning('id')
        .executeTakeFirstOrThrow();
      await writeAudit(tx, actor, {
        action: 'wording.approved',
        subject: { kind: 'wording', id },
        detail: { ...words }
      });
    });
  } catch (problem) {
    if (!isUniqueViolation(problem, 'wording_approval_digest_version_key')) throw problem;
  }
}
