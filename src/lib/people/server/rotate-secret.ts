/** Second factors and the secret they are sealed with: carried over to a new one, or taken away where nobody can read them. */
import { symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto';
import { system } from '#lib/platform/actor.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { later } from '#lib/platform/server/jobs.ts';
import { writeAudit } from './audit.ts';
import { forgetSecondFactor } from './second-factor.ts';
import { endSessions } from './own-sessions.ts';

export interface Resealed {
  resealed: number;
  /** Sealed with the new secret already: by an earlier go that was broken off, or set up since. */
  there: number;
  /** Sealed with neither. */
  unreadable: number;
}

/** Seals every second factor anew, from the old secret to the new one. All or none; safe to do again. */
export function resealSecondFactors(db: Db, { from, to }: { from: string; to: string }): Promise<Resealed> {
  return db.transaction().execute(async (tx) => {
    const rows = await tx
      .selectFrom('second_factor')
      .select(['id', 'secret', 'backup_codes'])
      .forUpdate()
      .execute();
    const done: Resealed = { resealed: 0, there: 0, unreadable: 0 };
    for (const { id, secret, backup_codes } of rows) {
      const outcome = (await opened(secret, to)) ? 'there' : await reseal(id, { secret, backup_codes });
      done[outcome] += 1;
    }
    return done;

    async function reseal(id: string, sealed: { secret: string; backup_codes: string }) {
      const [secret, codes] = [await opened(sealed.secret, from), await opened(sealed.backup_codes, from)];
      if (secret === null || codes === null) return 'unreadable';
      const anew = {
        secret: await symmetricEncrypt({ key: to, data: secret }),
        backup_codes: await symmetricEncrypt({ key: to, data: codes })
      };
      await tx.updateTable('second_factor').set(anew).where('id', '=', id).execute();
      return 'resealed';
    }
  });
}

/**
 * Takes somebody's second factor away, for the one who runs the machine: where the only admin has lost theirs, or the
 * secret is lost. Whoever may do this may read the database. False when nobody has this address, or they have none.
 */
export function takeSecondFactor(db: Db, email: string): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const person = await tx
      .selectFrom('person')
      .select(['id', 'role', 'two_factor_enabled'])
      .where('email', '=', email.trim().toLowerCase())
      .executeTakeFirst();
    if (!person?.two_factor_enabled) return false;

    await forgetSecondFactor(tx, person.id);
    await endSessions(tx, person.id, 'all');
    const entry = await writeAudit(tx, system, {
      action: 'person.second_factor_reset',
      subject: { kind: 'person', id: person.id }
    });
    const letter = person.role === 'customer' ? 'second_factor_off' : 'second_factor_reset';
    await later(tx, 'people.send_letter', { letter, person: person.id, entry });
    return true;
  });
}

/** What was sealed with this key, or null when it was sealed with another. */
const opened = (data: string, key: string) => symmetricDecrypt({ key, data }).catch(() => null);
