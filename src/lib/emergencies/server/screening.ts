/** Every inbound text is screened before it is stored as anything else, and every verdict is written down. */
import { createHash } from 'node:crypto';
import type { Db } from '#lib/platform/server/db.ts';
import { log } from '#lib/platform/server/log.ts';
import { screenSafely, type Verdict } from '#lib/safety/screen.ts';

/**
 * Screens what came in by a channel, all its pieces together, and keeps the verdict with a digest of the text, never
 * the text. Where the verdict cannot be written down it still stands: safety does not wait for a database.
 */
export async function screenInbound(db: Db, texts: readonly string[], channel: string): Promise<Verdict> {
  const text = texts.join('\n');
  const verdict = screenSafely(text);
  if (text.trim() === '') return verdict;
  try {
    await db
      .insertInto('screen_verdict')
      .values({
        level: verdict.level,
        hazard: verdict.hazard,
        channel,
        digest: createHash('sha256').update(text).digest('base64url'),
        why: [...verdict.why]
      })
      .execute();
  } catch (error) {
    log.error('a verdict could not be written down', { level: verdict.level, error });
  }
  return verdict;
}
