/** Keeps the bot's knowledge fresh: what has changed is learned beside the work, and takes over when it is learned. */
import type { Db } from '#lib/platform/server/db.ts';
import { log } from '#lib/platform/server/log.ts';
import { whenChanged } from '#lib/platform/server/runtime.ts';
import { knowledgeNow, stateOfKnowledge } from './knowledge.ts';
import { teach, type Sorter } from './sorter.ts';

/** What was learned last, of which state of knowledge, when and on what somebody last looked, and whether somebody will. */
const here = {
  state: '',
  sorter: null as Promise<Sorter | null> | null,
  looked: 0,
  db: null as Db | null,
  next: null as NodeJS.Timeout | null
};

/** How long a change may stay unseen, in milliseconds. */
const everyMilliseconds = 5_000;

/** Bells may be missed, so a process that answers looks now and then in any case. */
const atLeastEvery = 30_000;

/** Any commit, of any process, may have changed what is learned from. */
whenChanged(() => lookIn(here.looked + everyMilliseconds - Date.now()));
setInterval(() => lookIn(0), atLeastEvery).unref();

/** One look is planned at a time; a process that has learned nothing yet has nothing to renew. */
function lookIn(milliseconds: number) {
  const { db } = here;
  if (!db || here.next) return;
  const look = () => {
    here.next = null;
    here.looked = 0;
    beginLearning(db);
  };
  here.next = setTimeout(look, Math.max(milliseconds, 0)).unref();
}

/** The sorter that knows what is known now, or the one before it while that one still learns; null where none could. */
export async function currentSorter(db: Db): Promise<Sorter | null> {
  if (here.sorter && Date.now() - here.looked < everyMilliseconds) return here.sorter;
  here.looked = Date.now();
  here.db = db;
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
    return await teach(await knowledgeNow(db));
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
