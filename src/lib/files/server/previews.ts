/** What is made of a file after it came: pictures to show, and the answer to whether it tells where it was taken. */
import { dirname } from 'node:path';
import * as v from 'valibot';
import { log } from '#lib/platform/server/log.ts';
import { ErrandProblem, sandboxed, type Errand } from './sandbox.ts';
import { originalFile, type Storage } from './storage.ts';

/** What was found out and made. Whatever could not be said is null. */
export interface Prepared {
  preview: 'made' | 'none' | 'too_large' | 'failed';
  has_position: boolean | null;
  stripped: boolean;
  width: number | null;
  height: number | null;
  seconds: number | null;
}

/** How far one file may go. */
export const bounds = { seconds: 90, megabytes: 1200 };

/** Makes everything that is shown of a file of this type. Doing it again makes the same again. */
export async function prepareFile(
  storage: Storage,
  id: string,
  type: string,
  within = bounds
): Promise<Prepared> {
  const folder = dirname(storage.path(id, originalFile));
  const run = (program: Errand['program']) => attempt({ program, task: { folder, type }, ...within });

  if (type.startsWith('video/')) {
    return { ...nothing, ...(await run('film-position')), ...(await oneAtATime(() => run('poster'))) };
  }
  return { ...nothing, ...(await run(type === 'application/pdf' ? 'document' : 'pictures')) };
}

const nothing: Prepared = {
  preview: 'failed',
  has_position: null,
  stripped: false,
  width: null,
  height: null,
  seconds: null
};

/** The answer comes from a program that a stranger's file may have taken over: only its shape is believed. */
const Answer = v.partial(
  v.object({
    preview: v.picklist(['made', 'none', 'failed']),
    has_position: v.nullable(v.boolean()),
    stripped: v.boolean(),
    width: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4096)),
    height: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4096)),
    seconds: v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(1e6)))
  })
);

async function attempt(errand: Errand): Promise<Partial<Prepared>> {
  try {
    return v.parse(Answer, await sandboxed(errand));
  } catch (error) {
    // Whatever it was, somebody waits to hear what became of their file.
    if (!(error instanceof ErrandProblem)) log.warn('a file could not be prepared', { error });
    return { preview: error instanceof ErrandProblem && error.why !== 'broke' ? 'too_large' : 'failed' };
  }
}

let last: Promise<unknown> = Promise.resolve();

/** Films are decoded one after the other: each takes a whole processor and a good part of the memory. */
function oneAtATime<T>(work: () => Promise<T>): Promise<T> {
  const mine = last.then(work, work);
  last = mine.catch(() => {});
  return mine;
}
