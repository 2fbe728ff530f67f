/** What is done later about programmes: those who share the account are told, and days are compared with payments. */
import { todayAt } from '#lib/platform/dates.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { later, type Handlers, type Timetable } from '#lib/platform/server/jobs.ts';
import { type Post, sendOnce } from '#lib/platform/server/mail.ts';
import { localeOf } from '#lib/platform/language.ts';
import { wordsFor } from '#lib/platform/words.ts';
import { waysNow } from '#lib/people/server/letter-gate.ts';
import type { Letterhead } from '#lib/billing/letters.ts';
import { programmeLetter } from '../letters.ts';
import type { Jurisdiction } from '#lib/billing/programme-rules.ts';
import { climbLadder } from './dunning/climbing.ts';
import { sendStep, tellStep } from './dunning/letters.ts';
import { judgeProgrammes } from './judging.ts';
import { findInstalmentLetters, sendInstalment, type InstalmentLetter } from './reminding.ts';

declare module '#lib/platform/jobs.ts' {
  interface Jobs {
    /** Has everybody who may act on the account told what became of a programme. */
    'billing.tell_programme': { entry: string };
    /** Tells one of them. */
    'billing.send_programme': { entry: string; person: string };
    /** Compares the days of plans with what was paid, and reckons budgets anew whose day has come. */
    'billing.judge_programmes': Nothing;
    /** Takes what is overdue a step on, where nothing holds it back. */
    'billing.climb_ladder': Nothing;
    /** Has everybody told whom a step concerns. */
    'billing.tell_dunning': { entry: string };
    'billing.send_dunning': { entry: string; person: string };
    /** Tells somebody that a day of a plan comes, or has passed. */
    'billing.send_instalment': {
      programme: string;
      number: number;
      letter: InstalmentLetter;
      person: string;
    };
  }
}

/** Every half hour: a day ends at another hour in each zone. */
export const programmeTimetable: Timetable = {
  'billing.judge_programmes': '7,37 * * * *',
  'billing.climb_ladder': '22 * * * *'
};

type ProgrammeJob =
  | 'billing.tell_programme'
  | 'billing.send_programme'
  | 'billing.judge_programmes'
  | 'billing.climb_ladder'
  | 'billing.tell_dunning'
  | 'billing.send_dunning'
  | 'billing.send_instalment';

interface Settings extends Letterhead {
  timeZone: string;
  jurisdiction: Jurisdiction;
}

export const programmeJobs = (post: Post, settings: Settings): Handlers<ProgrammeJob> => ({
  async 'billing.tell_programme'(db, { entry }) {
    for (const { person_id: person } of await readersOf(db, entry))
      await later(db, 'billing.send_programme', { entry, person });
  },

  async 'billing.send_programme'(db, { entry, person }) {
    const told = await whatHappened(db, entry, person);
    if (!told) return;
    const again = { job: 'billing.send_programme', payload: { entry, person } } as const;
    const ways = await waysNow(db, person, { kind: 'news' }, settings.timeZone, again);
    if (!ways) return;

    const t = wordsFor(localeOf(told.locale));
    const about = { key: `programme ${entry} ${person}`, kind: 'programme', person, request: null };
    await sendOnce(
      db,
      post,
      { ...about, ways },
      {
        to: told.email,
        locale: t.locale,
        ...programmeLetter(t, told, settings)
      }
    );
  },

  async 'billing.judge_programmes'(db) {
    const today = todayAt(settings.timeZone);
    await judgeProgrammes(db, today, settings.jurisdiction);
    await findInstalmentLetters(db, today);
  },

  'billing.climb_ladder': (db) => climbLadder(db, todayAt(settings.timeZone), settings.jurisdiction),
  'billing.tell_dunning': (db, { entry }) => tellStep(db, entry),
  'billing.send_dunning': (db, told) => sendStep(db, post, told, settings),
  'billing.send_instalment': (db, told) => sendInstalment(db, post, told, settings)
});

const readersOf = (db: Db, entry: string) =>
  db
    .selectFrom('programme_event as e')
    .innerJoin('account_member as m', 'm.account_id', 'e.account_id')
    .select('m.person_id')
    .where('e.seq', '=', entry)
    .where('m.scope', '=', 'act')
    .orderBy('m.person_id')
    .execute();

/** What became of which programme, for somebody who may still act on its account. */
const whatHappened = (db: Db, entry: string, person: string) =>
  db
    .selectFrom('programme_event as e')
    .innerJoin('programme as g', 'g.id', 'e.programme_id')
    .innerJoin('account as a', 'a.id', 'e.account_id')
    .innerJoin('account_member as m', 'm.account_id', 'e.account_id')
    .innerJoin('person as p', 'p.id', 'm.person_id')
    .select(['e.what', 'g.kind', 'a.number', 'p.name', 'p.email', 'p.locale'])
    .where('e.seq', '=', entry)
    .where('m.person_id', '=', person)
    .where('m.scope', '=', 'act')
    .executeTakeFirst();
