/** Passwords as we keep them: argon2id, in the usual notation, so that the cost can be raised and old hashes still read. */
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

/** What one hash costs: memory in KiB, passes over it, lanes. OWASP's first choice for argon2id. */
export const passwordCost = { memory: 19_456, passes: 2, parallelism: 1 } as const;

export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  const { memory, passes, parallelism } = passwordCost;
  const digest = await derive(password, nonce, passwordCost, 32);
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${plain(nonce)}$${plain(digest)}`;
}

/** Whether this is the password of that hash, at whatever cost it was made. */
export async function verifyPassword(password: string, hash: string): Promise<boolean> {
  const parts = notation.exec(hash)?.groups;
  if (!parts) return false;

  const { memory, passes, lanes, nonce = '', digest = '' } = parts;
  const cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(lanes) };
  const right = Buffer.from(digest, 'base64');
  const given = await derive(password, Buffer.from(nonce, 'base64'), cost, right.length);
  return timingSafeEqual(given, right);
}

const notation =
  /^\$argon2id\$v=19\$m=(?<memory>\d+),t=(?<passes>\d+),p=(?<lanes>\d+)\$(?<nonce>[\w+/]+)\$(?<digest>[\w+/]+)$/;

const argon2Later = promisify(argon2);

/** Composed Unicode first: the same password typed on another keyboard must give the same bytes. */
function derive(password: string, nonce: Buffer, cost: Cost, tagLength: number): Promise<Buffer> {
  return argon2Later('argon2id', { message: password.normalize('NFKC'), nonce, tagLength, ...cost });
}

interface Cost {
  memory: number;
  passes: number;
  parallelism: number;
}

const plain = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '');
