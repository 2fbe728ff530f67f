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
  const until = Date.now() + minutesToScan * 60_000;
  const proposed: Proposed = { secret, recoveryCodes: newRecoveryCodes(), session, until };
  return {
    uri: createOTP(secret).url('Hearth', email),
    proposal: seal(JSON.stringify(proposed), auth.secret, use)
  };
}

/** What this browser was proposed, when this is a code of it; null when the code is another's. */
export async function proven(auth: Auth, person: Person, proposal: string, code: string) {
  const text = unseal(proposal, auth.secret, use);
  // What we sealed for this use has this shape.
  const proposed = text === null ? null : (JSON.parse(text) as Proposed);
  if (!proposed || proposed.session !== person.session || proposed.until < Date.now())
    refuse('conflict', 'account.second_factor_proposal_over');
  return (await createOTP(proposed.secret).verify(code)) ? proposed : null;
}

/** Puts the new secret and its recovery codes in place of the old ones, in the form that the sign-in library keeps. */
export async function putInPlace(auth: Auth, tx: Db, person: Person, proposed: Proposed) {
  const { secret, recoveryCodes } = proposed;
  const { secretConfig: key } = await auth.library.$context;
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
}

interface Proposed {
  secret: string;
  /** Made with it, so that two clicks are told the same ones. */
  recoveryCodes: string[];
  /** It is good for the browser that gave the password, and for no other. */
  session: string;
  until: number;
}

const minutesToScan = 15;
const use = 'second factor';
