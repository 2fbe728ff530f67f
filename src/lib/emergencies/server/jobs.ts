/** What follows an emergency: the desks look up at once; and the people on call are told, until it is in good hands. */
import { sql } from 'kysely';
import type { Db } from '#lib/platform/server/db.ts';
import { type Handlers, later, type Timetable } from '#lib/platform/server/jobs.ts';
import type { Post } from '#lib/platform/server/mail.ts';
import { alarmLetter, type AlarmFacts } from '../letters.ts';
import type { EmergencyStatus } from '../life.ts';
import { minutesAfter } from '../on-call.ts';
import { type Duty, tellDuty } from './duty.ts';
import { urgeWhereDue } from './urging.ts';

declare module '#lib/platform/jobs.ts' {
  interface Jobs {
    /** Makes the open desks look at an emergency that has just come in. */
    'emergencies.raise_alarm': { emergencyId: string };
    /** Tells the people on call about an emergency that nobody has acknowledged; `step` counts how often. */
    'emergencies.escalate': { emergencyId: string; step?: number };
    /** Urges where somebody should have been sent, or should be there by now. */
    'emergencies.watch': Nothing;
    /** Throws away what the screen said long ago. */
    'emergencies.forget_verdicts': Nothing;
  }
}

type EmergencyJob =
  'emergencies.raise_alarm' | 'emergencies.escalate' | 'emergencies.watch' | 'emergencies.forget_verdicts';

export const emergencyTimetable: Timetable = {
  'emergencies.watch': '* * * * *',
  'emergencies.forget_verdicts': '53 * * * *'
};

export const emergencyJobs = (post: Post, duty: Duty): Handlers<EmergencyJob> => ({
  // The commit that opened the emergency has rung the bell already, unless its process died right after.
  async 'emergencies.raise_alarm'(db) {
    await sql`select pg_notify('hearth', '')`.execute(db);
  },

  async 'emergencies.escalate'(db, { emergencyId, step = 0 }) {
    const emergency = await findUnacknowledged(db, emergencyId, step);
    if (!emergency) return;

    const told = await tellDuty(db, post, duty, {
      emergency,
      key: `${step}`,
      step,
      letter: (t) => alarmLetter(t, emergency, duty),
      call: { type: 'emergency.unacknowledged', ...calledOf(emergency), step }
    });
    await db.transaction().execute(async (tx) => {
      const first = await writeDown(tx, emergencyId, { step, ...told });
      if (!first) return;
      const next = new Date(Date.now() + minutesAfter(step) * 60_000);
      await later(tx, 'emergencies.escalate', { emergencyId, step: step + 1 }, next);
    });
  },

  /** Urges where nobody has been sent or nobody is there; and takes up an alarm whose next step was lost. */
  async 'emergencies.watch'(db) {
    await urgeWhereDue(db, post, duty, new Date());
    for (const { id, step } of await lostAlarms(db))
      await db.transaction().execute((tx) => later(tx, 'emergencies.escalate', { emergencyId: id, step }));
  },

  async 'emergencies.forget_verdicts'(db) {
    await sql`delete from screen_verdict where at < now() - interval '1 year'`.execute(db);
  }
});

interface Alarm extends AlarmFacts {
  id: string;
}

const calledOf = ({ hazard, received_at, minutes }: Alarm) => ({ hazard, received_at, minutes });

async function findUnacknowledged(db: Db, id: string, step: number): Promise<Alarm | null> {
  const { rows } = await sql<Omit<Alarm, 'next'> & { status: EmergencyStatus }>`
    select e.id, e.reference, e.hazard, e.received_at, e.status,
           floor(extract(epoch from now() - e.received_at) / 60)::integer as minutes,
           (select count(*)::integer from emergency o
            where o.address = e.address and o.status = 'received' and not o.alarms) as others
    from emergency e where e.id = ${id}`.execute(db);
  const emergency = rows[0];
  return emergency?.status === 'received' ? { ...emergency, next: minutesAfter(step) } : null;
}

/** False when this step stands in the log already: the job ran before, and what follows from it is on its way. */
async function writeDown(tx: Db, emergencyId: string, payload: { step: number }) {
  await tx
    .updateTable('emergency')
    .set({ escalated_at: sql<Date>`coalesce(escalated_at, now())` })
    .where('id', '=', emergencyId)
    .execute();
  const { rows } = await sql`
    select from emergency_entry
    where emergency_id = ${emergencyId} and kind = 'escalated' and (payload->>'step')::integer = ${payload.step}
  `.execute(tx);
  if (rows.length > 0) return false;

  await tx
    .insertInto('emergency_entry')
    .values({ emergency_id: emergencyId, kind: 'escalated', payload: JSON.stringify(payload) })
    .execute();
  return true;
}

/** Nobody has acknowledged them, and nobody was told for longer than the longest pause. */
async function lostAlarms(db: Db) {
  const { rows } = await sql<{ id: string; step: number }>`
    select e.id, coalesce(told.step + 1, 0)::integer as step
    from emergency e
    left join lateral (
      select max((payload->>'step')::integer) as step, max(at) as at from emergency_entry
      where emergency_id = e.id and kind = 'escalated'
    ) as told on true
    where e.status = 'received' and e.alarms
      and coalesce(told.at, e.received_at) < now() - interval '20 minutes'`.execute(db);
  return rows;
}
