/** When something can be brought to a place: what is offered to whoever orders, and that nothing else is taken. */
import { isServedFirst } from '#lib/accounts/server/priority.ts';
import { isStaff, type Actor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { rulesOf } from '#lib/slots/server/slot-rules.ts';
import { areaOf, isOffered, offeredSlots } from '#lib/slots/server/slots.ts';

/** Where it goes, and what drives there. */
export interface Brought {
  premises: string;
  skill: string;
}

/** The times that can be chosen, soonest first. */
export async function timesFor(db: Db, actor: Actor, { premises, skill }: Brought, now = new Date()) {
  const [area, rules] = [await areaOfPlace(db, premises), await rulesFor(db, actor)];
  if (!area) return [];
  const comesFirst = await isServedFirst(db, premises);
  return offeredSlots(db, { kind: 'delivery', area, skill, comesFirst, rules }, now);
}

/** Refuses a time that is not offered there: a page may have lain open for a week, and a form can say anything. */
export async function requireOffered(db: Db, actor: Actor, slot: string, to: Brought, now = new Date()) {
  const asked = { kind: 'delivery' as const, ...to, anyNotice: isStaff(actor) };
  if (!(await isOffered(db, slot, asked, now))) refuse('conflict', 'slots.slot_gone');
}

/** Staff may book at shorter notice than is offered to customers. */
async function rulesFor(db: Db, actor: Actor) {
  const rules = await rulesOf(db, 'delivery');
  return isStaff(actor) ? { ...rules, notice: 0 } : rules;
}

async function areaOfPlace(db: Db, premises: string) {
  const { postcode } = await db
    .selectFrom('premises')
    .select('postcode')
    .where('id', '=', premises)
    .executeTakeFirstOrThrow();
  return areaOf(db, postcode);
}
