/** Teaching the bot: each change is a new version of all that it was taught, and any earlier one can be had back. */
import { sql } from 'kysely';
import { isStaff, type PersonActor, type Staff } from '#lib/platform/actor.ts';
import { isKey } from '#lib/platform/posted.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { isCheckViolation, isUniqueViolation, type Db } from '#lib/platform/server/db.ts';
import { writeAudit } from '#lib/people/server/audit.ts';
import { mayTeach } from '../access.ts';
import { problemWithLesson, type Lesson } from '../lesson.ts';
import { lastVersion, newVersion, oneAtATime } from './lesson-versions.ts';
import { isTopic } from './topics.ts';

/** `askedBy` is whose words they are, so that they are forgotten with them. */
export type Taught = Lesson & { askedBy: string | null };

/** Teaches, or proposes where the actor may not teach. Tells whether it is in force. */
export async function teachLesson(db: Db, actor: PersonActor, lesson: Taught): Promise<boolean> {
  if (!isStaff(actor)) refuse('missing', 'errors.missing');
  const problem = problemWithLesson(lesson.question);
  if (problem) refuse('invalid', problem);
  if (!(await isTopic(db, lesson.topic))) refuse('invalid', 'bot.lesson_topic');
  return bounded(() =>
    db.transaction().execute(async (tx) => {
      await oneAtATime(tx);
      // Clicked twice, it is taught or proposed once.
      if (await isKnown(tx, actor, lesson)) return mayTeach(actor);
      const since = mayTeach(actor) ? await newVersion(tx, actor) : null;
      if (since) await takeOut(tx, since, sql`lower(question) = lower(${lesson.question})`);
      await write(tx, actor, lesson, since);
      await writeAudit(tx, actor, {
        action: since ? 'bot.taught' : 'bot.proposed',
        subject: { kind: 'bot_version', id: null },
        detail: { version: since, topic: lesson.topic }
      });
      return since !== null;
    })
  );
}

/** Takes a proposal into force, or drops it. */
export async function decideProposal(
  db: Db,
  actor: PersonActor,
  { id, isGood }: { id: string; isGood: boolean }
) {
  const teacher = teacherIn(actor);
  return bounded(() =>
    db.transaction().execute(async (tx) => {
      const proposal = isKey(id)
        ? await tx
            .selectFrom('bot_lesson')
            .select(['question', 'topic'])
            .where('id', '=', id)
            .where('since', 'is', null)
            .forUpdate()
            .executeTakeFirst()
        : undefined;
      if (!proposal) return refuse('conflict', 'bot.decided');
      if (isGood) {
        const since = await newVersion(tx, teacher);
        await takeOut(tx, since, sql`lower(question) = lower(${proposal.question})`);
        await tx.updateTable('bot_lesson').set({ since }).where('id', '=', id).execute();
      } else await tx.deleteFrom('bot_lesson').where('id', '=', id).where('since', 'is', null).execute();
      await writeAudit(tx, teacher, {
        action: isGood ? 'bot.approved' : 'bot.declined',
        subject: { kind: 'bot_lesson', id },
        detail: { topic: proposal.topic }
      });
    })
  );
}

/** Takes one lesson out of force. */
export async function takeBack(db: Db, actor: PersonActor, id: string) {
  const teacher = teacherIn(actor);
  await db.transaction().execute(async (tx) => {
    const until = await newVersion(tx, teacher);
    const gone = isKey(id) ? await takeOut(tx, until, sql`id = ${id}`) : 0n;
    if (gone === 0n) refuse('conflict', 'bot.decided');
    await writeAudit(tx, teacher, { action: 'bot.taken_back', subject: { kind: 'bot_lesson', id } });
  });
}

/** Has the state after an earlier version back, as a new version. Version 0 is before anything was taught. */
export async function rollBack(db: Db, actor: PersonActor, version: number) {
  const teacher = teacherIn(actor);
  return bounded(() =>
    db.transaction().execute(async (tx) => {
      await oneAtATime(tx);
      if ((await lastVersion(tx))?.back_to === version) return;
      const now = await newVersion(tx, teacher, version);
      const then = sql<boolean>`since <= ${version} and (until is null or until > ${version})`;
      const { rows: missing } = await sql<Taught & { proposedBy: string }>`
        select question, topic, asked_by as "askedBy" from bot_lesson where ${then} and until is not null
        order by id`.execute(tx);
      await takeOut(tx, now, sql`since > ${version}`);
      for (const lesson of missing) await write(tx, teacher, lesson, now);
      await writeAudit(tx, teacher, {
        action: 'bot.rolled_back',
        subject: { kind: 'bot_version', id: null },
        detail: { version: now, back_to: version }
      });
    })
  );
}

const teacherIn = (actor: PersonActor): Staff =>
  mayTeach(actor) ? actor : refuse('missing', 'errors.missing');

/** Whether just this is in force already, or, of who may only propose, waits as their proposal. */
async function isKnown(tx: Db, actor: PersonActor, { question, topic }: Taught) {
  const known = tx
    .selectFrom('bot_lesson')
    .select('id')
    .where('question', '=', question)
    .where('topic', '=', topic)
    .where('until', 'is', null);
  const mine = mayTeach(actor)
    ? known.where('since', 'is not', null)
    : known.where('since', 'is', null).where('proposed_by', '=', actor.id);
  return (await mine.executeTakeFirst()) !== undefined;
}

async function takeOut(tx: Db, until: number, which: ReturnType<typeof sql>) {
  const { numAffectedRows } = await sql`
    update bot_lesson set until = ${until} where since is not null and until is null and ${which}`.execute(
    tx
  );
  return numAffectedRows ?? 0n;
}

const write = (tx: Db, actor: Staff, { question, topic, askedBy }: Taught, since: number | null) =>
  tx
    .insertInto('bot_lesson')
    .values({ question, topic, asked_by: askedBy, proposed_by: actor.id, since })
    .execute();

async function bounded<T>(teach: () => Promise<T>): Promise<T> {
  try {
    return await teach();
  } catch (error) {
    if (isCheckViolation(error, 'bot_lesson_bounds')) refuse('conflict', 'bot.too_many_lessons');
    if (isUniqueViolation(error, 'bot_lesson_in_force')) refuse('conflict', 'bot.decided');
    throw error;
  }
}
