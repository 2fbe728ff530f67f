/** The audit log: what staff did, and what changed about how somebody signs in. Written with the change, never edited. */
import { randomUUIDv7 } from 'node:crypto';
import type { Actor } from '#lib/platform/actor.ts';
import type { Db } from '#lib/platform/server/db.ts';

export interface Deed {
  action: string;
  subject: { kind: string; id: string | null };
  /** Ids and plain facts; never a name, an address or a text. */
  detail?: Record<string, string | number | boolean | null>;
}

/** Returns the id of the entry. It is made here, because who writes the log may not read it. */
export async function writeAudit(tx: Db, actor: Actor, { action, subject, detail = {} }: Deed) {
  const id = randomUUIDv7();
  await tx
    .insertInto('audit_entry')
    .values({
      id,
      actor_id: actor.kind === 'person' ? actor.id : null,
      actor_role: actor.kind === 'person' ? actor.role : actor.kind,
      action,
      subject_kind: subject.kind,
      subject_id: subject.id,
      detail: JSON.stringify(detail)
    })
    .execute();
  return id;
}
