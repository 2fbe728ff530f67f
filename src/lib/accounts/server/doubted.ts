/** Readings that were not believed: who gave them, what they may have meant, and what staff decide about them. */
import { sql } from 'kysely';
import type { Actor } from '#lib/platform/actor.ts';
import { isKey } from '#lib/platform/posted.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { later } from '#lib/platform/server/jobs.ts';
import { writeAudit } from '#lib/people/server/audit.ts';
import { mayDecideReading } from '../access.ts';
import { impliedBy, likelyMeant, type Doubt, type Implied, type Known, type MeterUnit } from '../reading.ts';
import { believed, readingsOf } from './readings.ts';

/** How many are listed at once; the longest kept come first, so that the rest move up. */
export const mostDoubted = 50;

interface Row {
  id: string;
  meter_id: string;
  read_on: string;
  digits: string;
  why: Doubt;
  replaced: string[];
  serial: string;
  unit: MeterUnit;
  line: string;
  town: string;
  account_number: string;
  holder: string;
  /** Whose page at the desk it stands on; null where nobody has claimed the account. */
  person_id: string | null;
}

export type DoubtedReading = Omit<Row, 'meter_id'> & { meant: string | null; implied: Implied | null };

export async function countDoubted(db: Db): Promise<number> {
  const { count } = await db
    .selectFrom('reading')
    .select(sql<number>`count(*)::integer`.as('count'))
    .where('state', '=', 'quarantined')
    .executeTakeFirstOrThrow();
  return count;
}

/** What waits for a decision, the longest first; of one customer, or of all. */
export async function doubtedReadings(db: Db, personId?: string): Promise<DoubtedReading[]> {
  const { rows } = await sql<Row>`
    select r.id, r.meter_id, r.read_on, r.digits, r.why, r.replaced, m.serial, m.unit, p.line, p.town, a.number as account_number, a.holder,
           who.person_id
    from reading r
    join meter m on m.id = r.meter_id
    join premises p on p.id = m.premises_id
    join account a on a.id = p.account_id
    left join lateral (select person_id from account_member where account_id = a.id
                       order by (kind = 'holder') desc, created_at limit 1) as who on true
    where r.state = 'quarantined'
      and (${personId ?? null}::uuid is null
           or a.id in (select account_id from account_member where person_id = ${personId ?? null}))
    order by r.created_at
    limit ${mostDoubted}`.execute(db);
  return Promise.all(
    rows.map(async ({ meter_id, ...row }) => {
      const before = await believedBefore(db, meter_id, row);
      return { ...row, meant: likelyMeant(row, before), implied: impliedBy(row, before) };
    })
  );
}

const believedBefore = async (db: Db, meterId: string, reading: Known) =>
  believed(await readingsOf(db, meterId)).filter(({ read_on }) => read_on < reading.read_on);

export const decisions = ['accepted', 'rejected'] as const;

interface Decision {
  id: string;
  /** The digits that were looked at: those of a reading given again meanwhile are not decided upon unseen. */
  digits: string;
  to: (typeof decisions)[number];
  /** What it would make of the register was looked at: asked for where that is absurd. */
  sure?: boolean;
}

/** Accepts a doubted reading, so that it counts, or rejects it, so that it never does. */
export async function decideReading(db: Db, actor: Actor, { id, digits, to, sure = false }: Decision) {
  if (!mayDecideReading(actor) || !isKey(id)) refuse('missing', 'readings.not_found');
  return db.transaction().execute(async (tx) => {
    if (to === 'accepted' && !sure) await refuseAbsurd(tx, id);
    const done = await tx
      .updateTable('reading')
      .set({ state: to })
      .where('id', '=', id)
      .where('state', '=', 'quarantined')
      .where('digits', '=', digits)
      .executeTakeFirst();
    if (done.numUpdatedRows === 0n) {
      const there = await tx.selectFrom('reading').select('id').where('id', '=', id).executeTakeFirst();
      refuse(there ? 'conflict' : 'missing', there ? 'readings.decided' : 'readings.not_found');
    }
    await writeAudit(tx, actor, { action: `reading.${to}`, subject: { kind: 'reading', id } });
    await later(tx, 'accounts.tell_decided', { reading: id, digits, to });
  });
}

async function refuseAbsurd(db: Db, id: string) {
  const reading = await db
    .selectFrom('reading')
    .select(['meter_id', 'read_on', 'digits', 'state'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (reading?.state !== 'quarantined') return;
  const implied = impliedBy(reading, await believedBefore(db, reading.meter_id, reading));
  if (implied?.absurd) refuse('invalid', 'readings.absurd', { digits: reading.digits });
}
