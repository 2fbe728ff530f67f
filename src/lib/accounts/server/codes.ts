/** The codes that open an account: made from their id and the secret, so that none has to be kept where it can be read. */
import { createHash, randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import { isStaff, type Actor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { keyOfDigest } from '#lib/platform/posted.ts';
import { isUniqueViolation, type Db } from '#lib/platform/server/db.ts';
import { later } from '#lib/platform/server/jobs.ts';
import { digest } from '#lib/platform/server/seal.ts';
import { spellEight } from '#lib/platform/spelled.ts';

/** How long a code that was sent by post can be used. */
const codeDays = 60;

/** The code with this id, as it is printed: such as `7KQ4-M2XR`. */
export const codeOf = (id: string, secret: string) => spellEight(digest(id, secret, 'account code'));

/** By what a code is known. An account's number is part of it, so that a code tells nothing about other accounts. */
export const codeDigest = (number: string, code: string, secret: string) =>
  digest(`${number} ${code}`, secret, 'account code digest').toString('base64url');

/**
 * Makes a new code for an account and has it sent by post to the address on file. Codes sent before it end. `key` is of the
 * form: sent twice, it is one letter.
 */
export async function sendNewCode(
  db: Db,
  actor: Actor,
  secret: string,
  account: { id: string; number: string; key?: string }
) {
  if (!isStaff(actor)) refuse('forbidden', 'errors.forbidden');
  const { key } = account;
  const id = key ? keyOfDigest(hexOf(`${account.id} ${key}`)) : randomUUIDv7();
  const known = codeDigest(account.number, codeOf(id, secret), secret);

  const issue = db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ issued: boolean }>`
      select issue_account_code(${account.id}::uuid, ${id}::uuid, ${known}, ${codeDays}) as issued`.execute(
      tx
    );
    if (!rows[0]?.issued) refuse('missing', 'accounts.not_found');
    await later(tx, 'accounts.send_code', { codeId: id });
  });
  // What the same form issued before is on its way.
  await issue.catch((problem: unknown) => {
    if (!isUniqueViolation(problem, 'account_code_pkey')) throw problem;
  });
}

const hexOf = (text: string) => createHash('sha256').update(text).digest('hex');
