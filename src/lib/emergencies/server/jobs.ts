/** What follows an emergency: the desks look up at once; and while nobody acknowledges, the people on call are told. */
import { sql } from 'kysely';
import type { Db } from '#lib/platform/server/db.ts';
import { type Handlers, later } from '#lib/platform/server/jobs.ts';
import { log } from '#lib/platform/server/log.ts';
import { type Post, sendOnce } from '#lib/platform/server/mail.ts';
import { callWebhook } from '#lib/platform/server/webhook.ts';
import { isLocale, wordsFor } from '#lib/platform/words.ts';
import { alarmLetter, type AlarmFacts } from '../letters.ts';
import type { EmergencyStatus, Hazard } from '../life.ts';
import { betweenSteps, mostSteps, onCallAt } from '../on-call.ts';

/** How the people on call are reached. */
export interface Duty {
  origin: string;
  timeZone: string;
  dutyEmails: string[];
  dutyWebhook: string | null;
  dutyWebhookSecret: string | null;
}

type EmergencyJob = 'emergencies.raise_alarm' | 'emergencies.escalate';

export const emergencyJobs = (post: Post, duty: Duty): Handlers<EmergencyJob> => ({
  // The commit that opened the emergency has rung the bell already, unless its process died right after.
  async 'emergencies.raise_alarm'(db) {
    await sql`select pg_notify('hearth', '')`.execute(db);
  },

  async 'emergencies.escalate'(db, { emergencyId, step = 0 }) {
    const emergency = await findUnacknowledged(db, emergencyId);
    if (!emergency) return;

    const told = await tellDuty(db, post, duty, { ...emergency, step });
    await db.transaction().execute(async (tx) => {
      const first = await writeDown(tx, emergencyId, { step, ...told });
      if (!first || step + 1 >= mostSteps) return;
      const next = new Date(Date.now() + betweenSteps);
      await later(tx, 'emergencies.escalate', { emergencyId, step: step + 1 }, next);
    });
  }
});

interface Alarm extends AlarmFacts {
  id: string;
  step: number;
}

async function findUnacknowledged(db: Db, id: string): Promise<Omit<Alarm, 'step'> | null> {
  const { rows } = await sql<Omit<Alarm, 'step'> & { status: EmergencyStatus; hazard: Hazard | null }>`
    select id, reference, hazard, received_at, status,
           floor(extract(epoch from now() - received_at) / 60)::integer as minutes
    from emergency where id = ${id}`.execute(db);
  const emergency = rows[0];
  return emergency?.status === 'received' ? emergency : null;
}

/** Tries every way and lets none hold up another: what failed is in the log, and tried again in a minute. */
async function tellDuty(db: Db, post: Post, duty: Duty, alarm: Alarm) {
  const people = await peopleOnCall(db, duty, alarm.step);
  const [webhook, ...letters] = await Promise.all([
    callDuty(duty, alarm),
    ...people.map((person) => writeTo(db, post, duty, alarm, person))
  ]);
  return { letters: letters.filter(Boolean).length, of: letters.length, webhook };
}

interface OnCall {
  email: string;
  locale: string;
}

/** Those on the list; where there is none, all supervisors and admins who have not left. */
async function peopleOnCall(db: Db, { dutyEmails }: Duty, step: number): Promise<OnCall[]> {
  if (dutyEmails.length > 0) return onCallAt(step, dutyEmails).map((email) => ({ email, locale: 'en' }));
  return db
    .selectFrom('person')
    .select(['email', 'locale'])
    .where('role', 'in', ['supervisor', 'admin'])
    .where('deactivated_at', 'is', null)
    .execute();
}

async function writeTo(db: Db, post: Post, duty: Duty, alarm: Alarm, { email, locale }: OnCall) {
  const letter = alarmLetter(wordsFor(isLocale(locale) ? locale : 'en'), alarm, duty);
  const about = {
    key: `emergency ${alarm.id} ${alarm.step} ${email}`,
    kind: 'alarm',
    person: null,
    request: null
  };
  try {
    return (await sendOnce(db, post, about, { to: email, ...letter })) !== 'refused';
  } catch (problem) {
    log.error('an alarm letter was not taken', {
      emergency: alarm.reference,
      step: alarm.step,
      error: problem
    });
    return false;
  }
}

async function callDuty({ dutyWebhook, dutyWebhookSecret, origin }: Duty, alarm: Alarm) {
  if (!dutyWebhook) return 'none';
  const { id, reference, hazard, received_at, minutes, step } = alarm;
  try {
    await callWebhook({ url: dutyWebhook, secret: dutyWebhookSecret ?? '' }, `${id}.${step}`, {
      type: 'emergency.unacknowledged',
      ...{ reference, hazard, received_at, minutes, step },
      link: `${origin}/desk/emergencies/${reference}`
    });
    return 'taken';
  } catch (problem) {
    log.error('the duty webhook was not taken', { emergency: reference, step, error: problem });
    return 'failed';
  }
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
