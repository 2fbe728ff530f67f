/** The life of an order, and what may be ordered. */
import { expect, test } from 'vitest';
import { wordsFor } from '#lib/platform/words.ts';
import { canCancel, canChooseSlot, canPayAtDoor, canSeeCode } from './access.ts';
import { judgeCart, type Offer, supplyOfCart, typedCart } from './cart.ts';
import { totalOf } from './pricing.ts';
import { slotRules } from '#lib/slots/rules.ts';
import { canMove, isEnded, orderStatuses } from './status.ts';

const cylinder: Offer = {
  ...{ code: 'CYL-20', kind: 'cylinder', unit: 'piece', name: 'Propane', about: '', takes_back: true },
  ...{
    least: 1,
    most: 4,
    skill: 'cylinder_delivery',
    amount: 2199n,
    prebought: 0,
    held: 2,
    deposit: 4000n,
    free: 3,
    sold_from: null,
    expected_on: null
  }
};
const alarm: Offer = {
  ...cylinder,
  code: 'ALARM',
  kind: 'alarm',
  name: 'Alarm',
  takes_back: false,
  amount: 2900n,
  deposit: 0n
};
const bulk: Offer = {
  ...alarm,
  code: 'BULK',
  kind: 'bulk',
  unit: 'gallon',
  skill: 'bulk_delivery',
  least: 100,
  most: 500,
  free: 900
};
const offers = [cylinder, alarm, bulk];
const t = wordsFor('en');
const judged = (query: string) => judgeCart(offers, typedCart(new URLSearchParams(query), offers), t);

test('only what was handed over against the code is delivered, and nothing happens after the end', () => {
  for (const from of orderStatuses) {
    expect(canMove(from, 'delivered', 'staff')).toBe(from === 'on_the_way');
    expect(canMove(from, 'delivered', 'customer')).toBe(false);
    if (isEnded(from)) for (const to of orderStatuses) expect(canMove(from, to, 'staff')).toBe(false);
  }
});

test('a cart of several things adds up, with a deposit for what brings no empty back', () => {
  const cart = judged('q-CYL-20=2&e-CYL-20=1&q-ALARM=1');
  expect(cart).toMatchObject({
    ok: true,
    lines: [
      { product: 'CYL-20', quantity: 2, empties: 1 },
      { product: 'ALARM', quantity: 1, empties: 0 }
    ]
  });
  expect(cart.ok && totalOf(cart.lines, offers)).toBe(2n * 2199n + 4000n + 2900n);
  expect(judged('q-CYL-20=2')).toMatchObject({ lines: [{ empties: 2 }] });
  expect(judged('q-CYL-20=２&e-CYL-20=٢')).toEqual(judged('q-CYL-20=2'));
});

test('whoever says nothing of empties hands back no more than they have of ours, and pays a deposit for the rest', () => {
  const blank = (held: number) => {
    const here = [{ ...cylinder, held }];
    const cart = judgeCart(here, typedCart(new URLSearchParams('q-CYL-20=3'), here), t);
    return cart.ok && { empties: cart.lines[0]?.empties, total: totalOf(cart.lines, here) };
  };
  expect(blank(0)).toEqual({ empties: 0, total: 3n * (2199n + 4000n) });
  expect(blank(2)).toEqual({ empties: 2, total: 3n * 2199n + 4000n });
  expect(blank(5)).toEqual({ empties: 3, total: 3n * 2199n });
  // Nobody offers more back than there are.
  for (const held of [0, 1]) {
    const few = [{ ...cylinder, held }];
    const { name } = cylinder;
    expect(judgeCart(few, typedCart(new URLSearchParams('q-CYL-20=2&e-CYL-20=2'), few), t)).toMatchObject({
      problems: { 'e-CYL-20': t('orders.empties_not_there', { name, held }) }
    });
  }
});

test('a cart tells how the gas comes: in cylinders or a tank; an alarm tells nothing', () => {
  const told = (...products: string[]) =>
    supplyOfCart(
      products.map((product) => ({ product })),
      offers
    );
  expect([told('CYL-20'), told('ALARM', 'CYL-20'), told('BULK')]).toEqual([
    'cylinder',
    'cylinder',
    'cylinder'
  ]);
  expect([told('ALARM'), told()]).toEqual([undefined, undefined]);
});

test.each([
  ['', ''],
  ['q-CYL-20=five', 'q-CYL-20'],
  ['q-CYL-20=5', 'q-CYL-20'],
  ['q-CYL-20=4', 'q-CYL-20'],
  ['q-CYL-20=-1', 'q-CYL-20'],
  ['q-CYL-20=1&e-CYL-20=2', 'e-CYL-20'],
  ['q-BULK=99', 'q-BULK'],
  ['q-BULK=100&q-ALARM=1', '']
])('“%s” is refused at “%s”, in words', (query, field) => {
  const cart = judged(query);
  expect(cart.ok ? [] : Object.keys(cart.problems)).toEqual([field]);
});

test('a customer calls off and moves until the cut-off of the slot, and only they ever read the code', () => {
  const ada = { kind: 'person', id: 'a', role: 'customer', team: null } as const;
  const grace = { ...ada, role: 'agent' } as const;
  const order = {
    status: 'placed',
    may_act: true,
    slot: { on_day: '2026-12-03', zone: 'America/New_York' },
    held_until: null
  } as const;
  const early = new Date('2026-12-02T20:00:00Z');
  const late = new Date('2026-12-02T21:30:00Z');
  const by = (now: Date) => ({ rules: slotRules.delivery, now });
  expect([canCancel(ada, order, by(early)), canCancel(ada, order, by(late))]).toEqual([true, false]);
  expect([canChooseSlot(ada, order, by(early)), canChooseSlot(ada, order, by(late))]).toEqual([true, false]);
  expect(canCancel(grace, order, by(late))).toBe(true);
  expect(canCancel(ada, { ...order, may_act: false }, by(early))).toBe(false);
  expect([canSeeCode(ada, order), canSeeCode(grace, order)]).toEqual([true, false]);
  expect(canSeeCode(ada, { ...order, may_act: false })).toBe(false);
  const held = { ...order, held_until: new Date('2026-12-02T21:00:00Z') };
  expect([canSeeCode(ada, held), canPayAtDoor(ada, held, early)]).toEqual([false, true]);
  expect([canPayAtDoor(ada, held, late), canPayAtDoor(ada, order, early)]).toEqual([false, false]);
});
