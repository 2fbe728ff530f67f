/** Files come in whole or not at all, again without harm, and out as they came in. */
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { throwAwayFolder } from '../../../../tests/support/folder.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { originalFile } from '#lib/files/server/storage.ts';
import { withConnection } from '#lib/platform/server/connection.ts';
import { inOrder, type Kind } from '../kinds.ts';
import { papersIn } from '#lib/billing/server/bill-papers.ts';
import { writeErrors } from './errors-file.ts';
import { exportFiles } from './export.ts';
import { importFiles } from './run.ts';

const urls = await freshDatabase();
const { sql } = await makersOn(urls.owner);
const folder = throwAwayFolder();
afterAll(() => folder.remove());
const papers = papersIn(folder.path);
mkdirSync(join(folder.path, 'bills'));
const aPaper = (text: string, name = 'B-2601.pdf') =>
  writeFileSync(join(folder.path, 'bills', name), `%PDF-1.7\n${text}\n%%EOF\n`);
aPaper('as it was issued');

const good: Record<Kind, string[]> = {
  accounts: ['number,holder', '40010001,Ada Brook', '40010002,"Muñoz, Ben"'],
  customers: ['account,email,phone,language', '40010001,ada@home.example,555 0100,en'],
  premises: ['reference,account,line,town,postcode', 'P-1,40010001,1 High St,Ashford,90210'],
  meters: ['serial,premises,digits,unit,installed_on,removed_on', 'M-1,P-1,5,ccf,2019-05-01,'],
  readings: ['meter,read_on,digits,source', 'M-1,2026-01-31,00412,utility', 'M-1,2026-02-28,00498,estimate'],
  bills: [
    'number,account,currency,issued_on,due_on,period_from,period_to,total,quantity,unit,meter,opening,closing,estimated,temperature,pdf',
    'B-2601,40010001,USD,2026-03-02,2026-03-23,2026-02-01,2026-02-28,70.05,88.4,therm,M-1,00412,00498,yes,-3.5,B-2601.pdf'
  ],
  'bill-lines': [
    'bill,number,code,label,currency,quantity,unit,rate,amount',
    'B-2601,1,standing,,USD,28,day,0.3575,10.01',
    'B-2601,2,gas,Winter gas,USD,88.4,therm,0.67918,60.04'
  ],
  payments: [
    'reference,account,amount,currency,method,state,paid_on,bill',
    'BANK-1,40010001,70.05,USD,bank,settled,2026-03-20,B-2601'
  ],
  weather: ['day,temperature', '2026-02-01,-4.5', '2026-02-02,0']
};

/** Brings in all good files but for those that are given. */
const bring = (changes: Partial<Record<Kind, string[] | Buffer>> = {}, options = {}) =>
  bringOnly({ ...good, ...changes }, options);

async function bringOnly(files: Partial<Record<Kind, string[] | Buffer>>, options = {}) {
  const sources = inOrder.flatMap((kind) => {
    const lines = files[kind];
    if (!lines) return [];
    const path = join(folder.path, `${kind}.csv`);
    writeFileSync(path, Array.isArray(lines) ? `${lines.join('\n')}\n` : lines);
    return { kind, path };
  });
  const { kept, outcomes } = await importFiles(urls.owner, sources.reverse(), papers, options);
  const of = (kind: Kind) => outcomes.find((outcome) => outcome.kind === kind);
  return {
    kept,
    outcomes,
    changes: outcomes.reduce((sum, { added, changed }) => sum + added + changed, 0),
    problems: (kind: Kind) => of(kind)?.problems.told.map(({ row, column, reason }) => [row, column, reason])
  };
}

const count = async () =>
  (
    await sql<{ n: string }>(
      `select (select count(*) from account) || ' ' || (select count(*) from reading) || ' ' ||
              (select count(*) from bill_line) || ' ' || (select count(*) from payment) as n`
    )
  )[0]?.n;

test('a dry run says what would come of it, and keeps nothing', async () => {
  const { kept, changes } = await bring({}, { dryRun: true });
  expect([kept, changes, await count()]).toEqual([false, 13, '0 0 0 0']);
});

test('one bad row, and nothing of any file is kept', async () => {
  const result = await bring({
    payments: [...good.payments, 'BANK-2,40010001,0.00,USD,bank,settled,2026-03-20,']
  });
  expect(result.kept).toBe(false);
  expect(result.problems('payments')).toEqual([[3, 'amount', 'Must not be zero.']]);
  expect(await count()).toBe('0 0 0 0');
});

test('another currency than the account has is refused, with its row, whether in the same file or after', async () => {
  const why = 'Is not the currency of this account: its other bills and payments are in another.';
  const [head = '', bill = ''] = good.bills;
  const euro = bill.replace('B-2601,', 'B-2602,').replace('USD', 'EUR').replace('B-2601.pdf', '');
  const bills = await bring({ bills: [head, bill, euro] });
  expect([bills.kept, bills.problems('bills')]).toEqual([false, [[3, 'currency', why]]]);
  const payments = await bring({
    payments: [...good.payments, 'BANK-2,40010001,900,JPY,bank,settled,2026-03-20,']
  });
  expect([payments.kept, payments.problems('payments')]).toEqual([false, [[3, 'currency', why]]]);
  expect(await count()).toBe('0 0 0 0');
});

test('all kinds come in together, parents first whatever their order', async () => {
  expect(await bring()).toMatchObject({ kept: true, changes: 13 });
  expect(await count()).toBe('2 2 2 1');
  expect(await sql('select total::int, quantity::text, temperature::text from bill')).toEqual([
    { total: 7005, quantity: '88.400', temperature: '-3.5' }
  ]);
  expect(await sql('select rate::text from bill_line order by number')).toEqual([
    { rate: '35.750000' },
    { rate: '67.918000' }
  ]);
});

test('the same files twice change nothing', async () => {
  expect(await bring()).toMatchObject({ kept: true, changes: 0 });
});

test('what goes in comes out', async () => {
  const out = join(folder.path, 'out');
  await exportFiles(urls.owner, out, papers);
  expect(readFileSync(join(out, 'bills/B-2601.pdf'), 'utf8')).toContain('as it was issued');
  for (const kind of inOrder)
    expect(readFileSync(join(out, `${kind}.csv`), 'utf8')).toBe(`${good[kind].join('\n')}\n`);
});

test('the paper of a bill is replaced by another, refused where it is none, and never left behind', async () => {
  const kept = async () =>
    (await sql<{ file: string; size: number }>('select file, size from bill_paper'))[0];
  const onDisk = async () => (await Array.fromAsync(papers.ids())).length;
  const first = await kept();
  aPaper('issued again');
  expect(await bringOnly({ bills: good.bills })).toMatchObject({ kept: true });
  const second = await kept();
  expect(second?.file).not.toBe(first?.file);
  expect(readFileSync(papers.path(second?.file ?? '', originalFile), 'utf8')).toContain('issued again');
  expect(await onDisk()).toBe(1);

  aPaper('a third time');
  const named = (pdf: string) => good.bills.map((line) => line.replace('B-2601.pdf', pdf));
  writeFileSync(join(folder.path, 'bills/page.pdf'), '<html>');
  symlinkSync('/etc/passwd', join(folder.path, 'bills/link.pdf'));
  for (const [pdf, why] of [
    ['page.pdf', /not a PDF/],
    ['none.pdf', /no file of this name/],
    ['link.pdf', /no file of this name/],
    ['../B-2601.pdf', /the name of a PDF/]
  ] as const) {
    const { kept: whole, problems } = await bringOnly({ bills: named(pdf) });
    expect([whole, problems('bills')?.[0]?.slice(0, 2)]).toEqual([false, [2, 'pdf']]);
    expect(String(problems('bills')?.[0]?.[2])).toMatch(why);
  }
  // One row of another file is wrong: the paper that came with it is not kept either.
  const { kept: whole } = await bringOnly({
    bills: good.bills,
    payments: [good.payments[0] ?? '', 'X,40019999,1,USD,bank,settled,2026-03-20,']
  });
  expect([whole, await kept(), await onDisk()]).toEqual([false, second, 1]);

  // Files from before know no such column, and take nothing away.
  const without = good.bills.map((line) => line.slice(0, line.lastIndexOf(',')));
  expect(await bringOnly({ bills: without })).toMatchObject({ kept: true, changes: 0 });
  expect(await kept()).toEqual(second);
  aPaper('issued again');
});

test('a changed row updates, and a line that a bill has no more goes', async () => {
  const lines = good['bill-lines'].slice(0, 2);
  const bills = good.bills.map((line) => line.replace('70.05', '10.01'));
  const accounts = good.accounts.map((line) => line.replace('Ada Brook', 'Ada Stone'));
  expect(await bring({ accounts, bills, 'bill-lines': lines })).toMatchObject({ kept: true, changes: 3 });
  expect(await sql('select holder from account order by number limit 1')).toEqual([{ holder: 'Ada Stone' }]);
  expect(await bring()).toMatchObject({ kept: true, changes: 3 });
});

test('a bill that does not add up is refused, whichever of its files came', async () => {
  const bills = good.bills.map((line) => line.replace('70.05', '70.06'));
  const wrong = await bringOnly({ bills });
  expect(wrong.problems('bills')).toEqual([[2, 'total', 'Is not what the lines of the bill add up to.']]);
  const short = await bringOnly({ 'bill-lines': good['bill-lines'].slice(0, 2) });
  expect(short.problems('bill-lines')).toEqual([
    [2, 'amount', 'The lines of this bill do not add up to its total.']
  ]);
});

test('hostile rows of readings are refused, each with its row, its column and why', async () => {
  const { kept, problems } = await bringOnly({
    readings: Buffer.concat([
      Buffer.from(
        [
          ...good.readings,
          '',
          'M-1,2026-02-30,00500,utility',
          'M-9,2026-03-31,00500,utility',
          'M-1,2026-03-31,0500,utility',
          'M-1,2018-03-31,00500,utility',
          'M-1,2199-03-31,00500,utility',
          'M-1,2026-01-31,00413,utility',
          '=HYPERLINK("x"),2026-03-31,00500,utility',
          'M-1,2026-03-31,00500',
          ',2026-03-31,1e5,nobody',
          ''
        ].join('\n')
      ),
      Buffer.from('M\xfcnz,2026-03-31,00500,utility\n', 'latin1'),
      Buffer.from('M-1,2026-03-31,"00"500,utility\n')
    ])
  });
  expect(kept).toBe(false);
  expect(problems('readings')).toEqual([
    [5, 'read_on', 'There is no such date in the calendar.'],
    [6, 'meter', 'There is no meter with this serial number.'],
    [7, 'digits', 'Must have as many digits as the register of the meter.'],
    [8, 'read_on', 'The meter was not there on that day.'],
    [9, 'read_on', 'Lies in the future.'],
    [10, 'meter', 'The same meter, read_on, source stands in row 2 already.'],
    [11, '', expect.stringMatching('quotation mark')],
    [12, '', 'Has 3 cells; the header has 4.'],
    [13, 'meter', 'Must not be empty.'],
    [13, 'digits', 'Must be the 4 to 8 digits of the register, zeros in front too.'],
    [13, 'source', 'Must be one of: customer, utility, estimate.'],
    [14, 'meter', 'Holds characters that are not UTF-8. Save the file as “CSV UTF-8”.'],
    [15, '', expect.stringMatching('quotation mark')]
  ]);
});

test('missing parents, other accounts and formulas are refused in every kind', async () => {
  const { problems } = await bringOnly({
    accounts: ['number,holder', '40010009,=1+1'],
    premises: ['reference,account,line,town,postcode', 'P-9,40010099,9 High St,Ashford,90210'],
    meters: ['serial,premises,digits,unit,installed_on,removed_on', 'M-9,P-99,5,ccf,2019-05-01,'],
    bills: good.bills.map((line) => line.replace('40010001', '40010002')),
    'bill-lines': [...good['bill-lines'], 'B-9999,1,gas,,USD,,,,1.00'],
    payments: good.payments.map((line) => line.replace('B-2601', 'B-9999'))
  });
  expect(problems('accounts')?.[0]?.[2]).toMatch('formula');
  expect(problems('premises')).toEqual([[2, 'account', 'There is no account with this number.']]);
  expect(problems('meters')).toEqual([[2, 'premises', 'There are no premises with this reference.']]);
  expect(problems('bills')).toEqual([[2, 'account', 'It belongs to another account already.']]);
  expect(problems('bill-lines')).toEqual([[4, 'bill', 'There is no bill with this number.']]);
  expect(problems('payments')).toEqual([[2, 'bill', 'This account has no bill with this number.']]);
});

test('a file in UTF-16, an empty one and one without a header are refused as a whole', async () => {
  const utf16 = Buffer.from('\ufeffnumber,holder\n40010007,Eve\n', 'utf16le');
  expect((await bringOnly({ accounts: utf16 })).problems('accounts')?.[0]?.[2]).toMatch('UTF-8');
  expect((await bringOnly({ accounts: Buffer.alloc(0) })).problems('accounts')?.[0]?.[2]).toMatch('empty');
  expect((await bringOnly({ accounts: good.accounts.slice(1) })).kept).toBe(false);
});

test('a file of a spreadsheet comes in: with a mark in front, semicolons and quotation marks', async () => {
  const accounts = Buffer.from('\ufeffholder;number\r\n"Eve; ""Evi"" Stone";40010003\r\n');
  expect(await bringOnly({ accounts })).toMatchObject({ kept: true, changes: 1 });
  expect(await sql(`select holder from account where number = '40010003'`)).toEqual([
    { holder: 'Eve; "Evi" Stone' }
  ]);
});

test('a killed import leaves nothing, and is repeated without harm', async () => {
  const readings = ['meter,read_on,digits,source', 'M-1,2026-04-30,00600,utility'];
  await withConnection(urls.owner, async (holding) => {
    // Somebody holds the meter's row, so that the import stands still in the middle of its transaction.
    await holding.query('begin');
    await holding.query(`lock table reading in share mode`);
    const under = bringOnly({ readings });
    const killed = expect(under).rejects.toThrow();
    await expect
      .poll(
        async () =>
          (
            await sql(
              `select pg_terminate_backend(pid) from pg_stat_activity
               where datname = current_database() and wait_event_type = 'Lock' and query like '%into reading%'
                 and pid <> pg_backend_pid()`
            )
          ).length,
        { timeout: 10_000 }
      )
      .toBe(1);
    await killed;
    await holding.query('rollback');
  });
  expect(await count()).toBe('3 2 2 1');
  expect(await bringOnly({ readings })).toMatchObject({ kept: true, changes: 1 });
});

test('the errors file says row, column and reason, and goes when all is well', async () => {
  mkdirSync(join(folder.path, 'errors'), { recursive: true });
  const { outcomes } = await bringOnly({ accounts: ['number,holder', '4001,Ada'] });
  const [{ problems } = { problems: null }] = outcomes;
  const path = join(folder.path, 'errors', 'accounts.csv');
  const file = problems && (await writeErrors(path, problems));
  expect(file).toMatch(/accounts\.errors\.csv$/);
  expect(readFileSync(file ?? '', 'utf8')).toBe(
    '\ufeffrow,column,reason\r\n2,number,Must be an account number of 8 to 12 digits.\r\n'
  );
});
