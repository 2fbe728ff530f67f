/** Depots and the areas that each serves, as supervisors keep them; and how gas comes to a place beside the pipe. */
import { sql } from 'kysely';
import { isStaff, type PersonActor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { isCheckViolation, isUniqueViolation, type Db } from '#lib/platform/server/db.ts';
import { digestOf, once } from '#lib/platform/server/once.ts';
import { codeFrom } from '#lib/slots/planning-form.ts';
import { mayEditProducts } from './products.ts';

export interface DepotAreas {
  name: string;
  /** The codes of the areas that it serves. */
  areas: readonly string[];
}

/** Every depot, those in use first, with the areas that it serves. */
export async function depotList(db: Db, staff: PersonActor) {
  keeper(staff);
  const { rows } = await sql<{ code: string; name: string; retired: boolean; areas: string[] }>`
    select d.code, d.name, d.retired_at is not null as retired,
           array(select a.area from depot_area a where a.depot = d.code order by a.area) as areas
    from depot d order by d.retired_at nulls first, d.name`.execute(db);
  return rows;
}

/** A new one; its code comes from its name. */
export async function addDepot(db: Db, staff: PersonActor, { name, areas }: DepotAreas) {
  keeper(staff);
  const code = codeFrom(name);
  // Its code is its name's, so the same again is the same form, sent twice.
  const asked = { digest: digestOf([name, [...areas].sort()]), first: () => depotOf(db, code) };
  return once({ ...asked, refuseOther: refuseThere }, async () => {
    try {
      await db.transaction().execute(async (tx) => {
        await tx.insertInto('depot').values({ code, name }).execute();
        await serve(tx, code, areas);
      });
    } catch (problem) {
      if (isUniqueViolation(problem, 'depot_pkey')) refuseThere();
      throw inWords(problem);
    }
    return code;
  });
}

const refuseThere = () => refuse('conflict', 'orders.depot_there');

async function depotOf(db: Db, code: string) {
  const { rows } = await sql<{ name: string; areas: string[] }>`
    select d.name, array(select a.area from depot_area a where a.depot = d.code) as areas
    from depot d where d.code = ${code} and d.retired_at is null`.execute(db);
  return rows[0] && { digest: digestOf([rows[0].name, rows[0].areas.sort()]), result: code };
}

/** Its name and its areas. An area that another one served is served by this one from now on. */
export async function saveDepot(db: Db, staff: PersonActor, code: string, { name, areas }: DepotAreas) {
  keeper(staff);
  try {
    await db.transaction().execute(async (tx) => {
      const { numUpdatedRows } = await tx
        .updateTable('depot')
        .set({ name })
        .where('code', '=', code)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) refuse('missing', 'errors.missing');
      await tx
        .deleteFrom('depot_area')
        .where('depot', '=', code)
        .where('area', 'not in', areas.length > 0 ? areas : [''])
        .execute();
      await serve(tx, code, areas);
    });
  } catch (problem) {
    throw inWords(problem);
  }
}

/** Nothing new is brought from there, or it is again. What is ordered already still comes. */
export async function retireDepot(db: Db, staff: PersonActor, code: string, retired: boolean) {
  keeper(staff);
  await db
    .updateTable('depot')
    .set({ retired_at: retired ? sql<Date>`now()` : null })
    .where('code', '=', code)
    .execute();
}

async function serve(tx: Db, depot: string, areas: readonly string[]) {
  const there = new Set((await tx.selectFrom('area').select('code').execute()).map(({ code }) => code));
  if (!areas.every((area) => there.has(area))) refuse('missing', 'errors.missing');
  for (const area of areas)
    await tx
      .insertInto('depot_area')
      .values({ area, depot })
      .onConflict((there) => there.column('area').doUpdateSet({ depot }))
      .execute();
}

/** The places of an account, and how gas comes there beside the pipe. */
export const suppliesOf = (db: Db, account: string) =>
  db
    .selectFrom('premises as p')
    .leftJoin('bottled_supply as b', 'b.premises_id', 'p.id')
    .select(['p.id', 'p.line', 'p.town', sql<'cylinder' | 'tank' | null>`b.kind`.as('kind')])
    .where('p.account_id', '=', account)
    .orderBy('p.id')
    .execute();

/** In cylinders, into a tank, or not at all. */
export async function setSupply(
  db: Db,
  staff: PersonActor,
  { premises, kind }: { premises: string; kind: 'cylinder' | 'tank' | null }
) {
  if (!isStaff(staff)) refuse('missing', 'errors.missing');
  if (kind === null) await db.deleteFrom('bottled_supply').where('premises_id', '=', premises).execute();
  else
    await db
      .insertInto('bottled_supply')
      .values({ premises_id: premises, kind, changed_by: staff.id })
      .onConflict((there) =>
        there
          .column('premises_id')
          .doUpdateSet({ kind, changed_by: staff.id, since: sql<string>`current_date` })
      )
      .execute();
}

/** What the database refuses, in words. */
function inWords(problem: unknown): unknown {
  try {
    if (isCheckViolation(problem, 'depot_code_check')) refuse('invalid', 'orders.depot_wrong');
    if (isCheckViolation(problem, 'depot_area_in_use')) refuse('conflict', 'orders.depot_in_use');
  } catch (refusal) {
    return refusal;
  }
  return problem;
}

const keeper = (staff: PersonActor) => mayEditProducts(staff) || refuse('missing', 'errors.missing');
