/** Every inbound text is screened before it is stored as anything else, and every verdict is written down. */
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Db } from '#lib/platform/server/db.ts';
import { log } from '#lib/platform/server/log.ts';
import { mostAtOnce, openReader } from '#lib/safety/server/reading.ts';
import { type Reading, warmUpReading } from '#lib/safety/server/reading-here.ts';

/** How long writing a verdict down may hold up the answer. */
const patience = 1000;

/** So many texts without danger are written down in ten minutes: whoever floods us with searches fills no table. */
const mostClear = 1_000;
const minutes = 10;

/**
 * Keeps what the screen said of what came in by a channel, all its pieces together, with a digest of the text, never the
 * text. Where it cannot be written down it still stands: safety does not wait for a database.
 */
export async function noteVerdict(db: Db, texts: readonly string[], channel: string, verdict: Reading) {
  const text = texts.join('\n');
  if (text.trim() !== '' && (verdict.level !== 'clear' || mayNoteClear()))
    await Promise.race([writeDown(db, text, channel, verdict), pause(patience, null, { ref: false })]);
}

let noted = { since: 0, count: 0 };

function mayNoteClear() {
  const now = Date.now();
  if (now - noted.since > minutes * 60_000) noted = { since: now, count: 0 };
  return ++noted.count <= mostClear;
}

async function writeDown(db: Db, text: string, channel: string, { level, hazard, why }: Reading) {
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

const reader = openReader();

/** What the screen makes of a text. Whatever goes wrong, it says something safe, and soon. */
export const screenText = (text: string): Promise<Reading> => reader.read(text);

/** So that the first text is judged as quickly as the rest, and the thread for long ones is there when one comes. */
export function warmUpScreen() {
  warmUpReading();
  void screenText(' '.repeat(mostAtOnce + 1));
}
