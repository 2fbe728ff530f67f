/** What somebody proves who they are with, and a stamp of it: a link asked for before it changed is dead. */
import { createHash } from 'node:crypto';
import type { Db } from '#lib/platform/server/db.ts';

export interface Proof {
  id: string;
  email: string;
  /** The hash of the password; null when none was ever set. */
  password: string | null;
}

export async function proofOf(tx: Db, by: 'email' | 'id', value: string): Promise<Proof | null> {
  const proof = await tx
    .selectFrom('person')
    .leftJoin('sign_in_method', (join) =>
      join.onRef('sign_in_method.person_id', '=', 'person.id').on('provider_id', '=', 'credential')
    )
    .select(['person.id', 'person.email', 'sign_in_method.password'])
    .where(`person.${by}`, '=', value)
    // Whoever is deactivated proves nothing: no letter helps them in.
    .where('person.deactivated_at', 'is', null)
    .executeTakeFirst();
  return proof ?? null;
}

/** Changes with the address and with the password. */
export const stampOf = ({ email, password }: Proof) =>
  createHash('sha256')
    .update(`${email} ${password ?? ''}`)
    .digest('base64url');
