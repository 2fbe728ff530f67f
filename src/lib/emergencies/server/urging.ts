/** Urges the people on call where an emergency was acknowledged and nobody has been sent, or nobody is there. */
import { sql } from 'kysely';
import type { Db } from '#lib/platform/server/db.ts';
import type { Post } from '#lib/platform/server/mail.ts';
import { type Clock, clocksOf } from '../clocks.ts';
import { clockLetter } from '../letters.ts';
import type { EmergencyStatus, Hazard } from '../life.ts';
import { type Duty, tellDuty } from './duty.ts';

/**
 * Once for each time a clock warns, is late, or has been late for another hour. Those of which the same is to be said go
 * into one letter. The log remembers what was said; what reached nobody is said again in a minute.
 */
export async function urgeWhereDue(db: Db, post: Post, duty: Duty, now: Date) {
  const due = (await underWay(db)).flatMap((emergency) =>
    clocksOf(emergency, now)
      .filter(({ step, level }) => level > (emergency.urged[step] ?? 0))
      .map((clock) => ({ emergency, clock }))
  );
  const groups = Map.groupBy(due, ({ clock }) => `${clock.step} ${clock.state}`);
  await Promise.all([...groups.values()].map((group) => urge(db, post, duty, group, now)));
}

interface Due {
  emergency: UnderWay;
  clock: Clock;
}

interface UnderWay {
  id: string;
  reference: string;
  hazard: Hazard | null;
  status: EmergencyStatus;
  received_at: Date;
  /** How far each clock had come when it was last said. */
  urged: Partial<Record<Clock['step'], number>>;
}

async function underWay(db: Db) {
  const { rows } = await sql<UnderWay>`
    select e.id, e.reference, e.hazard, e.status, e.received_at,
           coalesce((select jsonb_object_agg(said.step, said.level) from (
             select payload->>'clock' as step, max((payload->>'level')::integer) as level from emergency_entry
             where emergency_id = e.id and kind = 'urged' group by 1) as said), '{}') as urged
    from emergency e
    where e.status not in ('made_safe', 'stood_down') and e.status in ('acknowledged', 'dispatched')
    order by e.received_at`.execute(db);
  return rows;
}

/** The longest waiting stands in the letter; how many more there are, beside it. */
async function urge(db: Db, post: Post, duty: Duty, group: readonly Due[], now: Date) {
  const [first, ...others] = group;
  if (!first) return;
  const { emergency, clock } = first;
  const { hazard, received_at, reference } = emergency;
  const { step, state, level, due } = clock;
  const about = { hazard, received_at, due, minutes: minutesTo(due, now), others: others.length };
  const told = await tellDuty(db, post, duty, {
    emergency,
    key: `${step} ${level}`,
    // All of them: it is nobody's alone any more.
    step: Infinity,
    letter: (t) => clockLetter(t, { ...about, reference, step, late: state === 'late' }, duty),
    call: { type: `emergency.${step}_${state}`, ...about }
  });
  if (told.of > 0 && told.letters === 0 && told.webhook !== 'taken') return;

  const entries = group.map((one) => ({
    emergency_id: one.emergency.id,
    kind: 'urged',
    payload: JSON.stringify({
      clock: step,
      state,
      level: one.clock.level,
      minutes: minutesTo(one.clock.due, now),
      ...told
    })
  }));
  await db.insertInto('emergency_entry').values(entries).execute();
}

const minutesTo = (due: Date, now: Date) => Math.round(Math.abs(due.getTime() - now.getTime()) / 60_000);
