/** Keeps a text so that only this installation can read it again: for what must wait in the database but not lie open. */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** Encrypts and authenticates. `use` says what for, so that one sealed text can never pass as another. */
export function seal(text: string, secret: string, use: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyFor(secret, use), nonce);
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
}

/** The text that was sealed for this use, or null when it was not sealed by us. */
export function unseal(sealed: string, secret: string, use: string): string | null {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length < 28) return null;
  try {
    const opener = createDecipheriv('aes-256-gcm', keyFor(secret, use), bytes.subarray(0, 12));
    opener.setAuthTag(bytes.subarray(12, 28));
    return Buffer.concat([opener.update(bytes.subarray(28)), opener.final()]).toString('utf8');
  } catch {
    return null;
  }
}

/** A digest that nobody can compute without the secret: for looking things up without keeping them. */
export const digest = (text: string, secret: string, use: string) =>
  createHmac('sha256', keyFor(secret, use)).update(text).digest();

const keyFor = (secret: string, use: string) =>
  Buffer.from(hkdfSync('sha256', secret, '', `hearth ${use}`, 32));
