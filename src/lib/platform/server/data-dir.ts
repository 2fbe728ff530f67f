/** The folder that holds everything Hearth keeps on disk, and the secret in it. */
import { randomBytes } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Nobody else's business. Only where root runs us may others walk through, for PostgreSQL's own account is one. */
export function makeDataDir(dataDir: string) {
  if (existsSync(dataDir)) return;
  mkdirSync(dirname(dataDir), { recursive: true });
  mkdirSync(dataDir, { mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
}

/** Files must find their place later, so it is looked for at once. */
export function refuseUnusableDataDir(dataDir: string) {
  // eslint-disable-next-line no-control-regex -- PostgreSQL keeps its places in files of lines.
  if (/[\u0000-\u001f\u007f]/.test(dataDir))
    throw new Error(
      `${JSON.stringify(dataDir)} cannot be used: set DATA_DIR to a folder without line breaks or the like.`
    );
  try {
    makeDataDir(dataDir);
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (problem) {
    throw new Error(sayUnusable(dataDir, problem), { cause: problem });
  }
}

export function sayUnusable(dataDir: string, problem: unknown) {
  const code = problem instanceof Error && 'code' in problem ? ` (${String(problem.code)})` : '';
  return `Hearth cannot keep anything in ${dataDir}${code}: set DATA_DIR to a folder that this account may write to.`;
}

/** A random value that is made once and then stays, in a file only we may read. */
export function keptSecret(dataDir: string, name: string): string {
  const file = join(dataDir, name);
  makeDataDir(dataDir);
  try {
    writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
  } catch (problem) {
    if (!existsSync(file)) throw problem;
  }
  return readFileSync(file, 'utf8');
}
