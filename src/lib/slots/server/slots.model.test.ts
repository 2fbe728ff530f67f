/** Whatever is held, taken, moved, given back, closed or runs out, and in whatever order: the database agrees with a plain model. */
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { giveBack, holdPlace, moveHeld, movePlace, takePlace } from './slots.ts';

const urls = await freshDatabase();
const { aPerson, aRequest, sql } = await makersOn(urls.owner);
const database = openDatabase(urls.web, 'hearth_web', { size: 2 });
afterAll(() => database.close());
await sql(`insert into area (code, name) values ('mill', 'Millbrook')`);
const ada = await aPerson();
// Whoever works here may move as often as they like.
const db = database.as(await aPerson('supervisor'));

let made = 0;
async function aSlot(capacity: number) {
  const at = made++;
  const [row] = await sql<{ id: string }>(
    `insert into slot (kind, area, skill, on_day, from_time, to_time, zone, capacity)
     values ('visit', 'mill', 'meter', current_date + 5 + $1::int, $2::time, $2::time + interval '30 minutes', 'UTC', $3)
     returning id`,
    [Math.floor(at / 20), `${String(at % 20).padStart(2, '0')}:00`, capacity]
  );
  return row?.id ?? '';
}

const step = fc.record({
  what: fc.constantFrom('hold', 'take', 'move', 'shift', 'back', 'run_out', 'close'),
  who: fc.nat(2),
  slot: fc.nat(1)
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

interface Place {
  taken: number | null;
  held: { slot: number; ranOut: boolean } | null;
}

/** The same in memory: who sits where, and what each slot has room for. */
class Model {
  readonly places: Place[] = [0, 1, 2].map(() => ({ taken: null, held: null }));
  readonly closed = [false, false];
  private readonly room: readonly number[];
  constructor(room: readonly number[]) {
    this.room = room;
  }
  /** What ran out counts until somebody else needs the room. */
  count = (slot: number) =>
    this.places.reduce(
      (sum, { taken, held }) => sum + Number(taken === slot) + Number(held?.slot === slot),
      0
    );

  does({ what, who, slot }: Step): boolean {
    const mine = this.places[who] ?? { taken: null, held: null };
    if (what === 'back') return ((mine.taken = null), (mine.held = null), true);
    if (what === 'close') return (this.closed[slot] = true);
    if (what === 'run_out') return (mine.held && (mine.held.ranOut = true), true);
    if (what === 'shift' && (!mine.held || mine.held.ranOut)) return false;
    if (what === 'shift' && mine.held?.slot === slot) return true;
    if (what === 'move' && mine.taken === null) return false;
    if (what === 'move' && mine.taken === slot) return ((mine.held = null), true);
    if (what === 'take' && mine.held?.slot === slot) return ((mine.taken = slot), (mine.held = null), true);
    const others = this.places.filter((one) => one !== mine);
    // Who has one there and holds another is in the way twice.
    const inTheWay =
      others.reduce(
        (sum, { taken, held }) => sum + Number(taken === slot) + Number(held?.slot === slot && !held.ranOut),
        0
      ) + Number(what !== 'move' && mine.taken === slot);
    if (this.closed[slot] || inTheWay >= (this.room[slot] ?? 0)) return false;
    for (const one of others) if (one.held?.slot === slot && one.held.ranOut) one.held = null;
    mine.held = what === 'hold' || what === 'shift' ? { slot, ranOut: false } : null;
    if (what === 'take' || what === 'move') mine.taken = slot;
    return true;
  }
}

test('the database and the model agree after every step', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 1, max: 2 })),
      fc.array(step, { minLength: 4, maxLength: 14 }),
      async (room, steps) => {
        const slots = [await aSlot(room[0]), await aSlot(room[1])];
        const subjects = [];
        for (let n = 0; n < 3; n++) subjects.push({ kind: 'request' as const, id: (await aRequest(ada)).id });
        const model = new Model(room);
        for (const one of steps) {
          // Whoever has a place moves it; a second is never asked for.
          const what =
            one.what === 'take' && model.places[one.who]?.taken !== null ? ('move' as const) : one.what;
          const asked = { ...one, what };
          expect(await done(asked, slots, subjects), JSON.stringify(asked)).toBe(model.does(asked));
          const counted = await sql<{ taken: number }>(
            'select taken from slot where id = any ($1) order by array_position($1, id)',
            [slots]
          );
          expect(counted.map(({ taken }) => taken)).toEqual([model.count(0), model.count(1)]);
        }
      }
    ),
    {
      numRuns: 40,
      examples: [
        [
          [2, 1],
          [
            { what: 'take', who: 2, slot: 0 },
            { what: 'hold', who: 2, slot: 0 },
            { what: 'hold', who: 0, slot: 0 }
          ]
        ]
      ]
    }
  );
}, 120_000);

/** Whether it was let through. */
async function done(
  { what, who, slot }: Step,
  slots: readonly string[],
  subjects: readonly { kind: 'request'; id: string }[]
): Promise<boolean> {
  const subject = subjects[who] ?? { kind: 'request' as const, id: '' };
  const place = { slot: slots[slot] ?? '', subject };
  if (what === 'close') {
    await sql(`update slot set closed_reason = 'weather', closed_at = now() where id = $1`, [place.slot]);
    return true;
  }
  if (what === 'run_out') {
    await sql(
      `update slot_place set hold_until = now() - interval '1 second' where subject_id = $1 and state = 'held'`,
      [subject.id]
    );
    return true;
  }
  try {
    await db.transaction().execute(async (tx) => {
      if (what === 'hold') await holdPlace(tx, place, 15);
      else if (what === 'take') await takePlace(tx, place);
      else if (what === 'move') await movePlace(tx, place);
      else if (what === 'shift') await moveHeld(tx, place);
      else await giveBack(tx, subject);
    });
    return true;
  } catch (refusal) {
    if (refusal instanceof Refusal) return false;
    throw refusal;
  }
}
