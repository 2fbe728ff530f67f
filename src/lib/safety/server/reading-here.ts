/** Reading a text for danger on this very thread, by its own clock: a busy machine is no reason to frighten anybody. */
import { screenSafely, type Verdict } from '#lib/safety/screen.ts';
import { signsIn } from '#lib/safety/signs.ts';

/** What the screen says of a text, and the signs of danger in it, counted. */
export type Reading = Verdict & { signs: string[] };

export function readHere(text: string): Reading {
  const verdict = screenSafely(text, threadTime);
  return { ...verdict, signs: verdict.level === 'clear' ? [] : signsIn(text) };
}

/**
 * What can be said of a long text at once: its beginning and its end are read for outright danger, and for the rest of
 * it a person is asked to look.
 */
export function glanceAt(text: string): Reading {
  const parts = [text.slice(0, glance), text.slice(-glance)].map(readHere);
  const [outright] = parts.filter(({ level }) => level === 'emergency');
  return outright ?? { level: 'possible', hazard: null, why: ['failed'], signs: [] };
}

const glance = 750;

/** Reads its weights and lets the engine learn the way, so that the first text is judged as quickly as the rest. */
export function warmUpReading() {
  for (let time = 0; time < 20; time += 1) readHere('Which day does the meter reader come to Mill Lane?');
}

/** Milliseconds of processor time that this thread has used. */
function threadTime() {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
