/** Teams: made, renamed, and retired when nothing is left in them. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Actor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { isCheckViolation, isUniqueViolation, type Db } from '#lib/platform/server/db.ts';
import { digestOf, once } from '#lib/platform/server/once.ts';
import { mayManageStaff } from '../access.ts';
import { writeAudit } from './audit.ts';

/** Its id is the key of its form: sent twice, it is one team. */
export function makeTeam(db: Db, actor: Actor, name: string, id: string = randomUUID()): Promise<string> {
  if (!mayManageStaff(actor)) refuse('forbidden', 'errors.forbidden');

  return once({ digest: digestOf([name]), first: () => teamOfForm(db, id) }, () =>
    named(() =>
      db.transaction().execute(async (tx) => {
        await tx
          .insertInto('team')
          .values({ id, code: await freeCode(tx, name), name })
          .execute();
        await writeAudit(tx, actor, { action: 'team.made', subject: { kind: 'team', id }, detail: { name } });
        return id;
      })
    )
  );
}

async function teamOfForm(db: Db, id: string) {
  const team = await db.selectFrom('team').select('name').where('id', '=', id).executeTakeFirst();
  return team && { digest: digestOf([team.name]), result: id };
}

export function renameTeam(db: Db, actor: Actor, id: string, name: string) {
  if (!mayManageStaff(actor)) refuse('forbidden', 'errors.forbidden');

  return named(() =>
    db.transaction().execute(async (tx) => {
      const before = await hold(tx, id);
      if (before.name === name) return;

      await tx.updateTable('team').set({ name }).where('id', '=', id).execute();
      const detail = { from: before.name, to: name };
      await writeAudit(tx, actor, { action: 'team.renamed', subject: { kind: 'team', id }, detail });
    })
  );
}

/** Old requests keep saying which team had them, so a team is never deleted. What must be gone, the database checks. */
export function retireTeam(db: Db, actor: Actor, id: string) {
  if (!mayManageStaff(actor)) refuse('forbidden', 'errors.forbidden');

  return db.transaction().execute(async (tx) => {
    const { name } = await hold(tx, id);
    try {
      await tx
        .updateTable('team')
        .set({ retired_at: sql`now()` })
        .where('id', '=', id)
        .execute();
    } catch (error) {
      if (isCheckViolation(error, 'team_is_empty')) refuse('conflict', 'staff.team_not_empty');
      throw error;
    }
    await writeAudit(tx, actor, { action: 'team.retired', subject: { kind: 'team', id }, detail: { name } });
  });
}

/** Refuses a team that is not there, or not any more. */
export async function checkTeam(tx: Db, id: string | null) {
  if (id === null) return;
  const team = await tx
    .selectFrom('team')
    .select('id')
    .where('id', '=', id)
    .where('retired_at', 'is', null)
    .executeTakeFirst();
  if (!team) refuse('invalid', 'staff.no_such_team');
}

async function hold(tx: Db, id: string) {
  const team = await tx
    .selectFrom('team')
    .select('name')
    .where('id', '=', id)
    .where('retired_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  return team ?? refuse('missing', 'staff.no_such_team');
}

async function named<Done>(act: () => Promise<Done>): Promise<Done> {
  try {
    return await act();
  } catch (error) {
    if (isUniqueViolation(error, 'team_name')) refuse('conflict', 'staff.team_name_taken');
    throw error;
  }
}

/** A code for programs, from the name: `Bills & payments` is `bills-payments`. It stays when the name changes. */
async function freeCode(tx: Db, name: string): Promise<string> {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const words = plain
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, 24)
    .replace(/-+$/, '');
  const code = words.length < 2 ? 'team' : words;
  const taken = await tx.selectFrom('team').select('code').where('code', 'like', `${code}%`).execute();
  const codes = new Set(taken.map((team) => team.code));
  if (!codes.has(code)) return code;
  for (let number = 2; ; number++) if (!codes.has(`${code}-${number}`)) return `${code}-${number}`;
}
