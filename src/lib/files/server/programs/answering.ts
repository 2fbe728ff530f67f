/** How a program says what it found out: on a channel of its own, for libraries print whatever they like. */
import { writeSync } from 'node:fs';

/** The number of that channel. Whoever starts a program opens it, and reads nothing else. */
export const answers = 3;

/** Called once, at the end. */
export function answer(found: object) {
  const bytes = Buffer.from(JSON.stringify(found));
  for (let at = 0; at < bytes.length;) at += writeSync(answers, bytes, at);
}
