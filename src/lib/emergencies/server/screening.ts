/** Every inbound text is screened before it is stored as anything else, and every verdict is written down. */
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Db } from '#lib/platform/server/db.ts';
import { log } from '#lib/platform/server/log.ts';
import { screenSafely, type Verdict } from '#lib/safety/screen.ts';

/** How long writing a verdict down may hold up the answer. */
const patience = 1000;

/**
 * Screens what came in by a channel, all its pieces together, and keeps the verdict with a digest of the text, never
 * the text. Where the verdict cannot be written down it still stands: safety does not wait for a database.
 */
export async function screenInbound(db: Db, texts: readonly string[], channel: string): Promise<Verdict> {
  const text = texts.join('\n');
  const verdict = screenNow(text);
  if (text.trim() !== '')
    await Promise.race([writeDown(db, text, channel, verdict), pause(patience, null, { ref: false })]);
  return verdict;
}

async function writeDown(db: Db, text: string, channel: string, { level, hazard, why }: Verdict) {
  const digest = createHash('sha256').update(text).digest('base64url');
  try {
    await db
      .insertInto('screen_verdict')
      .values({ level, hazard, channel, digest, why: [...why] })
      .execute();
  } catch (error) {
    log.error('a verdict could not be written down', { verdict: level, error });
  }
}

/** Screens by this thread's own clock: a busy machine is no reason to show somebody the safety page. */
export const screenNow = (text: string): Verdict => screenSafely(text, threadTime);

/** Reads its weights and lets the engine learn the way, so that the first text is judged as quickly as the rest. */
export function warmUpScreen() {
  for (let time = 0; time < 20; time += 1) screenNow('Which day does the meter reader come to Mill Lane?');
}

/** Milliseconds of processor time that this thread has used. */
function threadTime() {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
