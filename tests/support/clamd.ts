/** The scanner for one test file: it ends with it. */
import { afterAll } from 'vitest';
import { serveClamd } from './clamd-server.ts';

export { signature } from './clamd-server.ts';

export async function startClamd(options: { limit?: number } = {}) {
  const clamd = await serveClamd(options);
  afterAll(clamd.close);
  return clamd;
}
