/** Ten years of bills, page by page: each bill once and as it stands, and no page reads more than it shows. */
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { usageBefore } from '#lib/usage/server/periods.ts';
import { differencesOf } from './differences.ts';
import { billsBefore, billsOnPage, markIn, openBills, paymentsBeside, writeBillMark } from './pages.ts';
import { standingOf } from './one-bill.ts';
import { readBills } from './queries.ts';

const urls = await freshDatabase();
const { aPerson, aMember, sql } = await makersOn(urls.owner);
const database = openDatabase(urls.web, 'hearth_web');
afterAll(() => database.close());

const [ada, eve] = [await aPerson(), await aPerson()];
const db = database.as(ada);
const today = '2026-02-10';

test('page after page there is each bill once, as it stands in the whole, and each payment beside its time', async () => {
  const account = await tenYears(30 * 7000 + 2500);
  const whole = await readBills(db, account);
  const bills: unknown[] = [];
  const payments: string[] = [];
  let before = null;
  for (let pages = 0; pages < 20; pages += 1) {
    const page = await billsBefore(db, account, today, before);
    const { older } = page;
    expect(page.balance).toBe(whole.balance);
    expect(page.bills.length).toBeLessThanOrEqual(billsOnPage);
    bills.push(...page.bills.map(({ number, open }) => [number, open]));
    payments.push(...(await paymentsBeside(db, account, { before, older })).map(({ id }) => id));
    if (!older) break;
    expect(markIn(writeBillMark(older))).toEqual(older);
    before = older;
  }
  expect(bills).toEqual(whole.bills.map(({ number, open }) => [number, open]));
  expect(payments).toEqual(whole.payments.map(({ id }) => id));
});

test.each([0, 7000, 20 * 7000 + 1, -500])('what is open is found, however old: %i owed', async (owed) => {
  const account = await tenYears(owed);
  const whole = (await readBills(db, account)).bills.filter(({ open }) => open > 0n);
  expect((await openBills(db, account, today)).map(({ number, open }) => [number, open])).toEqual(
    whole.map(({ number, open }) => [number, open])
  );
});

test('nobody else has a page of it, and what is no mark is none', async () => {
  const account = await tenYears(7000);
  expect(await billsBefore(database.as(eve), account, today, null)).toEqual({
    bills: [],
    balance: 0n,
    older: null
  });
  for (const text of [null, '', '2026-02-30~B-1', '2026-01-01', "2026-01-01~'; drop"])
    expect(markIn(text)).toBeNull();
});

test('usage goes page by page too, each period with the year before it and how cold it was', async () => {
  const account = await tenYears(0);
  await sql(
    `insert into weather_day select day, 4.5 from generate_series(date '2025-06-01', date '2026-01-31', interval '1 day') d (day)
     on conflict do nothing`
  );
  const seen: string[] = [];
  let before: string | null = null;
  for (let pages = 0; pages < 20; pages += 1) {
    const page = await usageBefore(db, account, before);
    expect(page.periods.every(({ to, yearBefore }) => yearBefore !== null || to < '2017-02-01')).toBe(true);
    seen.push(...page.periods.map(({ to }) => to));
    if (!page.older) break;
    before = page.older;
  }
  expect(new Set(seen).size).toBe(120);
  const { periods } = await usageBefore(db, account, null);
  expect(periods.slice(0, 2).map(({ temperature }) => temperature)).toEqual([45, 45]);
  expect(periods.at(-1)?.temperature).toBeNull();
});

test.each([0, 7000, 20 * 7000 + 1, -500])(
  'each bill stands by itself as it does in the whole: %i owed',
  async (owed) => {
    const account = await tenYears(owed);
    await sql(
      `insert into payment (account_id, reference, amount, currency, method, paid_on)
       select $1::uuid, 'MORE-' || $1 || n, n, 'USD', 'bank', '2018-03-03' from unnest(array[1500, 9000]) n`,
      [account]
    );
    await sql(
      `with b as (insert into bill (account_id, number, currency, issued_on, due_on, period_from, period_to, total)
         values ($1, 'C-' || $2::text, 'USD', '2019-05-05', '2019-05-26', '2019-04-01', '2019-04-30', -2500) returning id)
       insert into bill_line (bill_id, number, code, amount) select id, 1, 'adjustment', -2500 from b`,
      [account, account.slice(-8).toUpperCase()]
    );
    const { bills, balance } = await readBills(db, account);
    for (const bill of bills) {
      const { open, paid_on } = bill;
      expect(await standingOf(db, bill), bill.number).toEqual({ open, paid_on, balance });
    }
  }
);

/** A bill for each month of ten years, all paid but for so much (in credit where it is less than nothing). */
async function tenYears(owed: number) {
  const number = String(50_000_000 + Math.floor(Math.random() * 9_000_000));
  const [made] = await sql<{ id: string }>(
    `insert into account (number, holder) values ($1, 'Ada Brook') returning id`,
    [number]
  );
  const account = made?.id ?? '';
  await aMember(account, ada, 'holder', 'act');
  await sql(
    `with b as (
       insert into bill (account_id, number, currency, issued_on, due_on, period_from, period_to, total, quantity, unit)
       select $1, 'B-' || $2::text || '-' || n, 'USD', month + 2, month + 23, month - interval '1 month' + interval '1 day',
              month, 7000, 40, 'therm'
       from generate_series(1, 120) n, lateral (select (date '2016-02-01' + n * interval '1 month' - interval '1 day')::date as month) m
       returning id)
     insert into bill_line (bill_id, number, code, amount) select id, 1, 'gas', 7000 from b`,
    [account, number]
  );
  // Paid month by month, and the last of it with what is left.
  await sql(
    `insert into payment (account_id, reference, amount, currency, method, paid_on)
     select $1::uuid, 'BANK-' || $2::text || '-' || n, 7000, 'USD', 'bank', (date '2016-02-20' + n * interval '1 month')::date
     from generate_series(1, (840000 - $3::int) / 7000) n
     union all
     select $1::uuid, 'REST-' || $2::text, (840000 - $3::int) % 7000, 'USD', 'bank', date '2026-02-05' where (840000 - $3::int) % 7000 > 0`,
    [account, number, owed]
  );
  return account;
}

test('why a bill differs knows the weather of its days, where neither bill says how cold it was', async () => {
  const account = await tenYears(0);
  await sql(
    `insert into weather_day select day, case when day < '2026-01-01' then 9 else 3 end
     from generate_series(date '2025-12-01', date '2026-01-31', interval '1 day') d (day)
     on conflict (day) do update set temperature = excluded.temperature`
  );
  const { bills } = await readBills(db, account);
  const { before, yearBefore } = await differencesOf(db, bills[0]!);
  expect(before).toMatchObject({ number: bills[1]?.number, degrees: -60 });
  expect(yearBefore).toMatchObject({ number: bills[12]?.number, degrees: null });
});
