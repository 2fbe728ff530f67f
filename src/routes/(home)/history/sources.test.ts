/** Somebody's history: all of it, page by page, and nothing of anybody else. */
import { afterAll, expect, test } from 'vitest';
import type { PersonActor } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { wordsFor } from '#lib/platform/words.ts';
import type { HistoryLine, Mark } from '#lib/accounts/history.ts';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { ordersOn } from '../../../../tests/support/orders.ts';
import { historyOf } from './sources.ts';

const urls = await freshDatabase();
const { sql, aPerson, aRequest } = await makersOn(urls.owner);
const database = openDatabase(urls.web, 'hearth_web');
afterAll(() => database.close());

const [ada, zoe, liam] = [await aPerson(), await aPerson(), await aPerson()];
const requests = [await aRequest(ada), await aRequest(ada)];
await sql(
  `with a as (insert into account (number, holder) values ('30000001', 'Ada') returning id),
        m as (insert into account_member (account_id, person_id, kind, scope)
              select a.id, p.person, k.kind, k.scope
              from a, (values ($1::uuid, 1), ($2::uuid, 2)) p (person, nth)
              join (values (1, 'holder', 'act'), (2, 'nominee', 'notices')) k (nth, kind, scope) using (nth)),
        b as (insert into bill (account_id, number, currency, issued_on, due_on, period_from, period_to, total)
              select a.id, 'B-' || n, 'USD', '2026-01-05', '2026-01-26', '2025-12-03', '2026-01-02', 100
              from a, generate_series(1001, 1005) n returning id),
        l as (insert into bill_line (bill_id, number, code, amount) select id, 1, 'other', 100 from b)
   insert into payment (account_id, amount, currency, method, state, paid_on, reference)
   select a.id, 100, 'USD', 'bank', 'settled', '2026-01-05', 'P-' || n from a, generate_series(1, 4) n`,
  [ada.id, liam.id]
);

const t = wordsFor('en');
const read = (actor: PersonActor, before: Mark | null, most = 3) =>
  historyOf(database.as(actor), actor, t, { kind: null, before, most });

test('every line comes once, however the pages fall, newest first', async () => {
  const seen: HistoryLine[] = [];
  for (let before: Mark | null = null, pages = 0; pages < 10; pages++) {
    const { lines, next }: { lines: HistoryLine[]; next: Mark | null } = await read(ada, before);
    seen.push(...lines);
    if (!next) break;
    before = next;
  }
  expect(new Set(seen.map(({ key }) => key)).size).toBe(seen.length);
  expect(seen.map(({ kind }) => kind).toSorted()).toEqual([
    ...Array<string>(5).fill('bill'),
    ...Array<string>(4).fill('payment'),
    ...Array<string>(2).fill('request')
  ]);
  expect(seen.map(({ at }) => at)).toEqual(
    seen
      .map(({ at }) => at)
      .toSorted()
      .reverse()
  );
  expect(seen[0]?.href).toBe(`/requests/${requests[1]?.reference}`);
  expect(seen.some(({ text }) => text === 'Paid: $1.00')).toBe(true);
});

test('another sees none of it, and whoever only gets notices sees no bill', async () => {
  expect((await read(zoe, null)).lines).toEqual([]);
  expect((await read(liam, null)).lines).toEqual([]);
});

const found = async (search: string, who: PersonActor = ada) =>
  (await historyOf(database.as(who), who, t, { kind: null, before: null, most: 50, search })).lines.map(
    ({ text }) => text
  );

test('visits, orders and what was said are among it, of those who may see them', async () => {
  const [{ account } = { account: '' }] = await sql<{ account: string }>(`select id as account from account`);
  const [first] = requests;
  const order = await (await ordersOn(sql)).order(ada.id, account);
  await sql(
    `insert into visit (request_id, on_day, from_time, to_time, zone, state, ended_at)
     values ($1, '2026-02-03', '08:00', '12:00', 'UTC', 'done', now())`,
    [first?.id]
  );
  await sql(`select set_config('app.person', $1, false), set_config('app.role', 'customer', false)`, [
    ada.id
  ]);
  await sql(
    `insert into message (request_id, author_role, visibility, text) values ($1, '', 'public', 'Thank you')`,
    [first?.id]
  );
  await sql(`select set_config('app.person', '', false), set_config('app.role', '', false)`);
  await sql(
    `insert into message (request_id, author_role, visibility, text) values ($1, 'agent', 'internal', 'A note')`,
    [first?.id]
  );

  const texts = (await read(ada, null, 50)).lines.map(({ text }) => text);
  expect(texts).toContain(`Visit for ${first?.reference}: Done`);
  expect(texts).toContain(`Order ${order}, $21.99: Ordered`);
  expect(texts).toContain(`You wrote: “Thank you” (${first?.reference})`);
  expect(texts.join()).not.toContain('A note');
  for (const who of [zoe, liam]) expect((await read(who, null, 50)).lines).toEqual([]);
});

test('“you” is only who paid, and what was paid for an order and goes back is among the payments', async () => {
  const [{ account } = { account: '' }] = await sql<{ account: string }>(`select id as account from account`);
  const noah = await aPerson();
  await sql(
    `insert into account_member (account_id, person_id, kind, scope) values ($1, $2, 'authorised', 'view')`,
    [account, noah.id]
  );
  const order = await (await ordersOn(sql)).order(ada.id, account);
  await sql(`select set_config('app.person', $1, false), set_config('app.role', 'customer', false)`, [
    ada.id
  ]);
  await sql(
    `with o as (select id from customer_order where reference = $3),
          a as (insert into payment_attempt (reference, subject_kind, subject_id, account_id, person_id, form_key, amount,
                                             currency, provider, state, paid_on, ended_at)
                select 'P-00000007', 'order', o.id, $1::uuid, $2::uuid, uuidv7(), 2199, 'USD', 'demo', 'paid',
                       '2026-01-06', now() from o returning id),
          p as (insert into order_payment (attempt_id, order_id, amount) select a.id, o.id, 2199 from a, o),
          b as (insert into payment (account_id, amount, currency, method, state, paid_on, reference, person_id)
                values ($1::uuid, 700, 'USD', 'card', 'settled', '2026-01-06', 'P-7', $2::uuid))
     insert into order_refund (order_id, amount, currency) select o.id, 2199, 'USD' from o`,
    [account, ada.id, order]
  );
  await sql(`select set_config('app.person', '', false), set_config('app.role', '', false)`);
  const texts = async (who: PersonActor) => (await read(who, null, 50)).lines.map(({ text }) => text);
  const hers = await texts(ada);
  expect(hers).toContain('You paid $7.00');
  expect(hers).toContain(`You paid $21.99 for order ${order}`);
  expect(hers).toContain(`$21.99 for order ${order} will be sent back`);
  const his = await texts(noah);
  expect(his).toContain('Paid: $7.00');
  expect(his).toContain(`Paid for order ${order}: $21.99`);
  expect(his.filter((text) => text.startsWith('You paid'))).toEqual([]);
  expect(await texts(liam)).toEqual([]);
});

test('it is searched by title and reference, number of a bill, and serial number of a meter', async () => {
  await sql(
    `with p as (insert into premises (account_id, line, town, postcode) select id, '1 Mill Lane', 'Millbrook', '01001'
                from account returning id),
          m as (insert into meter (premises_id, serial, digits, installed_on) select id, 'NG-70077', 5, '2020-01-01' from p
                returning id)
     insert into reading (meter_id, read_on, digits, source) select id, '2026-01-01', '00100', 'utility' from m`
  );
  expect(await found('b-1003')).toEqual(['Bill B-1003: $1.00']);
  expect(await found('ng-700')).toEqual(['Meter NG-70077: 00100']);
  expect(await found('TOO HIGH')).toHaveLength(2);
  expect(await found(requests[1]?.reference.toLowerCase() ?? '')).toHaveLength(1);
  expect(await found('1003 B')).toEqual(['Bill B-1003: $1.00']);
  expect(await found(requests[1]?.reference.replace('-', '') ?? '')).toHaveLength(1);
  expect(await found('100%')).toEqual([]);
  expect(await found('b-1003', zoe)).toEqual([]);
});

test('of several accounts each line says which it belongs to; of one it does not', async () => {
  const tess = await aPerson();
  for (const number of ['30000091', '30000092']) {
    await sql(
      `with a as (insert into account (number, holder) values ($1, 'Tess') returning id),
            p as (insert into payment (account_id, amount, currency, method, state, paid_on, reference)
                  select id, 100, 'USD', 'bank', 'settled', '2026-01-05', 'T-' || $1 from a)
       insert into account_member (account_id, person_id, kind, scope) select id, $2, 'holder', 'act' from a`,
      [number, tess.id]
    );
    const texts = (await read(tess, null)).lines.map(({ text }) => text);
    expect(texts.toSorted()).toEqual(
      number === '30000091'
        ? ['Paid: $1.00']
        : ['Paid: $1.00 · account 30000091', 'Paid: $1.00 · account 30000092']
    );
  }
});
