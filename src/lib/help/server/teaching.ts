/** Keeps the bot's knowledge fresh: what has changed is learned beside the work, and takes over when it is learned. */
import type { Db } from '#lib/platform/server/db.ts';
import { log } from '#lib/platform/server/log.ts';
import { whenChanged } from '#lib/platform/server/runtime.ts';
import { lessons, stateOfKnowledge } from './knowledge.ts';
import { teach, type Sorter } from './sorter.ts';

/** What was learned last, of which state of knowledge, and when somebody last looked whether there is a newer one. */
const here = { state: '', sorter: null as Promise<Sorter | null> | null, looked: 0 };

/** How long a change may stay unseen, in milliseconds. */
const everyMilliseconds = 15_000;

/** Any commit may have changed what is learned from: the next question then looks. */
whenChanged(() => {
  if (Date.now() - here.looked > everyMilliseconds) here.looked = 0;
});

/** The sorter that knows what is known now, or the one before it while that one still learns; null where none could. */
export async function currentSorter(db: Db): Promise<Sorter | null> {
  if (here.sorter && Date.now() - here.looked < everyMilliseconds) return here.sorter;
  here.looked = Date.now();
  const state = await stateOfKnowledge(db);
  if (here.sorter && here.state === state) return here.sorter;
  const before = here.sorter;
  here.state = state;
  const learning = learn(db);
  here.sorter = before ?? learning;
  void learning.then((sorter) => takeOver(state, sorter, before));
  return here.sorter;
}

/** Learns while somebody is still typing their first question to this process. */
export const beginLearning = (db: Db) =>
  void currentSorter(db).catch((error: unknown) =>
    log.error('the bot could not look what to learn', { error })
  );

async function learn(db: Db): Promise<Sorter | null> {
  try {
    return await teach(await lessons(db));
  } catch (error) {
    log.error('the bot could not learn', { error });
    return null;
  }
}

/** One that could not learn leaves the one before in its place; the next look tries again. */
async function takeOver(state: string, sorter: Sorter | null, before: Promise<Sorter | null> | null) {
  if (here.state !== state) return sorter?.close();
  if (!sorter) {
    here.state = '';
    here.sorter = before;
    return;
  }
  here.sorter = Promise.resolve(sorter);
  await (await before)?.close();
}
