/** What is done later for requests: letters, missed promises, closing, and forgetting what was only typed. */
import type { Occasion } from '../letters.ts';
import { sql } from 'kysely';
import { system } from '#lib/platform/actor.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { type Handlers, later, type Timetable } from '#lib/platform/server/jobs.ts';
import { type Post, sendOnce } from '#lib/platform/server/mail.ts';
import { wordsFor } from '#lib/platform/words.ts';
import { waysNow } from '#lib/people/server/letter-gate.ts';
import { requestsPastDue } from '#lib/sla/server/queries.ts';
import { forgetOldDrafts } from '#lib/forms/server/drafts.ts';
import { type Letterhead, letterKindOf, requestLetter } from '../letters.ts';
import type { Status } from '../status.ts';
import { move } from './transitions.ts';
import { missedPromises, wakeResting } from './promises.ts';
import { settleWaits } from './wait-outcomes.ts';
import { learnWaits } from './waits.ts';
import { gatherWords } from './words.ts';
import { addressedLetter, waitsForReading, type VisitLetters } from './letters.ts';

declare module '#lib/platform/jobs.ts' {
  interface Jobs {
    /** Writes to the customer about one event of their request, if there is still something to write. */
    'requests.tell_customer': { requestId: string; number: number; kind: Occasion; held?: boolean };
    /** Marks the promises that are past due as missed, and says so on the timeline. */
    'requests.miss_promises': Nothing;
    /** Closes what was resolved two weeks ago and never reopened. */
    'requests.close_resolved': Nothing;
    /** Gathers the words of new open requests for the desk's search, and lets go of those that have ended. */
    'requests.gather_words': Nothing;
    /** Learns from the requests of late how long each kind takes. */
    'requests.learn_waits': Nothing;
    /** Holds what was said about waiting against what came of it. */
    'requests.settle_waits': Nothing;
    /** Throws away old drafts, and the keys of forms that were sent long ago. */
    'requests.forget_drafts': Nothing;
  }
}

type RequestJob =
  | 'requests.tell_customer'
  | 'requests.miss_promises'
  | 'requests.close_resolved'
  | 'requests.gather_words'
  | 'requests.learn_waits'
  | 'requests.settle_waits'
  | 'requests.forget_drafts';

export const requestTimetable: Timetable = {
  'requests.miss_promises': '* * * * *',
  'requests.close_resolved': '7 * * * *',
  'requests.gather_words': '* * * * *',
  'requests.learn_waits': '*/30 * * * *',
  'requests.settle_waits': '*/2 * * * *',
  'requests.forget_drafts': '37 * * * *'
};

export const requestJobs = (
  post: Post,
  head: Letterhead & { secret: string },
  visits: VisitLetters
): Handlers<RequestJob> => ({
  async 'requests.tell_customer'(db, event) {
    const addressed = await addressedLetter(db, head.secret, event, visits);
    if (!addressed) return;
    if (waitsForReading(event, addressed))
      return later(
        db,
        'requests.tell_customer',
        { ...event, held: true },
        new Date(Date.now() + readingTakes)
      );

    const { person, email, locale, facts } = addressed;
    const { requestId, number, kind } = event;
    const about = letterKindOf(kind, facts);
    const again = { job: 'requests.tell_customer', payload: event } as const;
    const ways = person ? await waysNow(db, person, about, head.timeZone, again) : null;
    if (person && !ways) return;
    await sendOnce(
      db,
      post,
      { key: `request ${requestId} ${number} ${kind} ${person}`, kind, person, request: requestId, ways },
      {
        ...{ to: email, locale, ...requestLetter(wordsFor(locale), kind, facts, head) },
        calendar: await visits.calendar(db, { requestId, kind, locale, email })
      }
    );
  },

  async 'requests.miss_promises'(db) {
    await wakeResting(db);
    await forEachOf(
      () => requestsPastDue(db, armful),
      (id) => changeRequest(db, id, (tx) => missedPromises(tx, id))
    );
  },

  async 'requests.close_resolved'(db) {
    await forEachOf(
      () => resolvedLongAgo(db, armful),
      (id) =>
        changeRequest(db, id, async (tx, status) => {
          if (status === 'resolved') await move(tx, system, { id, status }, 'closed');
        })
    );
  },

  'requests.gather_words': (db) => gatherWords(db),

  'requests.learn_waits': (db) => learnWaits(db, new Date()),
  'requests.settle_waits': (db) => settleWaits(db),

  async 'requests.forget_drafts'(db) {
    await forgetOldDrafts(db);
    await sql`delete from submission where at < now() - interval '90 days'`.execute(db);
    await sql`delete from request_visitor where at < now() - interval '180 days'`.execute(db);
  }
});

/** So long, in milliseconds, an answer in the chat may stay unread before a letter tells of it. */
const readingTakes = 120_000;

const armful = 200;

/** Armful by armful, until one comes back that is not full. */
async function forEachOf(find: () => Promise<string[]>, change: (id: string) => Promise<void>) {
  for (;;) {
    const ids = await find();
    for (const id of ids) await change(id);
    if (ids.length < armful) return;
  }
}

/** One request at a time, with its row held first, as every command does: so jobs and people never lock crosswise. */
async function changeRequest(db: Db, id: string, change: (tx: Db, status: Status) => Promise<unknown>) {
  await db.transaction().execute(async (tx) => {
    const request = await tx
      .selectFrom('request')
      .select(sql<Status>`status`.as('status'))
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    if (request) await change(tx, request.status);
  });
}

/** Two weeks after it was resolved, and after the day that was asked for. */
async function resolvedLongAgo(db: Db, most: number) {
  const { rows } = await sql<{ id: string }>`
    select id from request
    where status = 'resolved'
      and greatest(resolved_at, wished_at) < now() - request_reopens_within()
    order by greatest(resolved_at, wished_at)
    limit ${most}`.execute(db);
  return rows.map((row) => row.id);
}
