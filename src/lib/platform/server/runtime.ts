/** What one process holds exactly once: its configuration and its pool. Opened by whoever asks first. */
import { connection, openDatabase } from './db.ts';
import { hangBell } from './notifier.ts';
import { config } from './config.ts';
import { openPress } from './press/press.ts';

export { config };

const listeners = new Set<() => void>();
const eavesdroppers = new Set<(word: string) => void>();

/** Rung after every commit of this process; heard, through the database, by all processes. */
const bell = config.databaseUrl
  ? hangBell(
      connection(config.databaseUrl, 'hearth_web'),
      () => listeners.forEach((heard) => heard()),
      undefined,
      (word) => eavesdroppers.forEach((heard) => heard(word))
    )
  : null;

/** Tells all processes to look, soon. For what else is written to the database from this process. */
export const ring = () => bell?.ring();

/** The database under the web role: row-level security holds for everything that goes through it. */
export const database = openDatabase(config.databaseUrl ?? '', 'hearth_web', {
  size: 10,
  onCommit: ring
});

/** Calls `heard` whenever something may have changed. */
export const whenChanged = (heard: () => void) => void listeners.add(heard);

/** Says a word to all processes that is true for a moment only, and calls `heard` with each that is said. */
export const sayToAll = (word: string) => bell?.say(word);
export const whenSaid = (heard: (word: string) => void) => void eavesdroppers.add(heard);

export const secure = config.origin.startsWith('https:');

/** Where papers are made. */
export const press = openPress();

export async function closeRuntime() {
  press.close();
  await bell?.stop();
  await database.close();
}
