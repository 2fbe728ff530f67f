/** Another phone for the second factor: the one that stands stays good until the new one has shown its first code. */
import { createOTP } from '@better-auth/utils/otp';
import { generateRandomString, symmetricEncrypt } from 'better-auth/crypto';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { seal, unseal } from '#lib/platform/server/seal.ts';
import type { Auth } from './auth.ts';
import { newRecoveryCodes } from './recovery-codes.ts';
import type { Person } from './session.ts';

/** A new secret as an app scans it, and sealed: so it travels with the form, and nothing is kept until it is used. */
export interface Proposal {
  uri: string;
  proposal: string;
}

/** Begins nothing: whoever goes away now still signs in as before. */
export function proposeAnother(auth: Auth, { email, session }: Person): Proposal {
  const secret = generateRandomString(32);
  const proposed: Proposed = { secret, session, until: Date.now() + minutesToScan * 60_000 };
  return {
    uri: createOTP(secret).url('Hearth', email),
    proposal: seal(JSON.stringify(proposed), auth.secret, use)
  };
}

/** The secret that this browser was proposed and whose code this is; null when the code is another's. */
export async function provenSecret(auth: Auth, person: Person, proposal: string, code: string) {
  const text = unseal(proposal, auth.secret, use);
  // What we sealed for this use has this shape.
  const proposed = text === null ? null : (JSON.parse(text) as Proposed);
  if (!proposed || proposed.session !== person.session || proposed.until < Date.now())
    refuse('conflict', 'account.second_factor_proposal_over');
  return (await createOTP(proposed.secret).verify(code)) ? proposed.secret : null;
}

/** Puts the new secret in place of the old one, in the form that the sign-in library keeps. Returns new recovery codes. */
export async function putInPlace(auth: Auth, tx: Db, person: Person, secret: string): Promise<string[]> {
  const { secretConfig: key } = await auth.library.$context;
  const recoveryCodes = newRecoveryCodes();
  const { numUpdatedRows } = await tx
    .updateTable('second_factor')
    .set({
      secret: await symmetricEncrypt({ key, data: secret }),
      backup_codes: await symmetricEncrypt({ key, data: JSON.stringify(recoveryCodes) }),
      failed_verification_count: 0,
      locked_until: null
    })
    .where('person_id', '=', person.id)
    .where('verified', '=', true)
    .executeTakeFirst();
  // Given up, or reset by an admin, in the meantime.
  if (numUpdatedRows === 0n) refuse('conflict', 'account.second_factor_proposal_over');
  return recoveryCodes;
}

interface Proposed {
  secret: string;
  /** It is good for the browser that gave the password, and for no other. */
  session: string;
  until: number;
}

const minutesToScan = 15;
const use = 'second factor';
