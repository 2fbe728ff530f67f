/** Writes the same files out again that come in: what goes in comes out. */
import { createWriteStream } from 'node:fs';
import { copyFile, mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { originalFile, type Storage } from '#lib/files/server/storage.ts';
import { withConnection } from '#lib/platform/server/connection.ts';
import { step } from '#lib/platform/server/progress.ts';
import { placesOfAll } from '../cells.ts';
import { papersFolder } from '../paper-file.ts';
import { handedOn } from './handed-on.ts';
import { inOrder, type Kind, kinds } from '../kinds.ts';

/** Where the rows of a kind come from, what is not the column of that name in `t`, and their order. */
interface Origin {
  from: string;
  cells?: Readonly<Record<string, string>>;
  order: string;
}

const inMajor = (amount: string, currency: string) =>
  `(select round(${amount} / power(10::numeric, c.places), c.places) from currency_places c where c.code = ${currency})`;

const account = { account: 'a.number' };

const origins: Readonly<Record<Kind, Origin>> = {
  accounts: { from: 'account t', order: 't.number' },
  customers: {
    from: 'account_contact t join account a on a.id = t.account_id',
    cells: account,
    order: 'a.number'
  },
  premises: {
    from: 'premises t join account a on a.id = t.account_id',
    cells: account,
    order: 't.reference'
  },
  meters: {
    from: 'meter t join premises p on p.id = t.premises_id',
    cells: { premises: 'p.reference' },
    order: 't.serial'
  },
  readings: {
    from: `(select * from reading where state = 'accepted') t join meter m on m.id = t.meter_id`,
    cells: { meter: 'm.serial' },
    order: 'm.serial, t.read_on, t.source'
  },
  bills: {
    from: `bill t join account a on a.id = t.account_id left join meter m on m.id = t.meter_id
           left join bill_paper q on q.bill_id = t.id`,
    cells: {
      ...account,
      pdf: `case when q.bill_id is not null then t.number || '.pdf' end`,
      meter: 'm.serial',
      total: inMajor('t.total', 't.currency'),
      quantity: 'trim_scale(t.quantity)',
      temperature: 'trim_scale(t.temperature)',
      estimated: `case when t.estimated then 'yes' else 'no' end`
    },
    order: 't.number'
  },
  'bill-lines': {
    from: 'bill_line t join bill b on b.id = t.bill_id',
    cells: {
      bill: 'b.number',
      currency: 'b.currency',
      quantity: 'trim_scale(t.quantity)',
      rate: `(select trim_scale(t.rate / power(10::numeric, c.places)) from currency_places c where c.code = b.currency)`,
      amount: inMajor('t.amount', 'b.currency')
    },
    order: 'b.number, t.number'
  },
  payments: {
    from: 'payment t join account a on a.id = t.account_id left join bill b on b.id = t.bill_id',
    cells: { ...account, bill: 'b.number', amount: inMajor('t.amount', 't.currency') },
    order: 't.reference'
  },
  weather: { from: 'weather_day t', cells: { temperature: 'trim_scale(t.temperature)' }, order: 't.day' }
};

/** Words that would begin a formula get an apostrophe, which the import takes away again. */
const words = (cell: string) =>
  `case when ${cell} ~ '^''*\\s*[=+\\-@|＝＋－＠]' then '''' || ${cell} else ${cell} end`;
const people = new Set([
  'holder',
  'line',
  'town',
  'postcode',
  'label',
  'reference',
  'serial',
  'premises',
  'meter'
]);

/** Writes a file of each kind into the folder, all of the same moment. `url` must be the owner's. */
export async function exportFiles(url: string, folder: string, papers: Storage) {
  await mkdir(folder, { recursive: true });
  await withConnection(url, async (client) => {
    await client.query('begin isolation level repeatable read');
    await client.query('create temporary table currency_places (code text, places integer) on commit drop');
    await client.query(
      `insert into currency_places select code, places from unnest($1::text[], $2::int[]) as c (code, places)`,
      [placesOfAll().map(([code]) => code), placesOfAll().map(([, places]) => places)]
    );
    const files = [
      ...inOrder.map((kind) => [kind, statementFor(kind)] as const),
      ...Object.entries(handedOn({ inMajor, words })).map(([name, rows]) => [name, asCsv(rows)] as const)
    ];
    for (const [name, statement] of files) {
      const path = join(folder, `${name}.csv`);
      await step(`Writing ${path}`, () =>
        pipeline(client.query(copyTo(statement)), createWriteStream(`${path}.part`, { flush: true }))
      );
      await rename(`${path}.part`, path);
    }
    await step('Writing papers of bills', () => copyPapers(client, folder, papers));
    await client.query('commit');
  });
}

async function copyPapers(client: pg.Client, folder: string, papers: Storage) {
  await mkdir(join(folder, papersFolder), { recursive: true });
  let after = '';
  for (;;) {
    const { rows } = await client.query<{ number: string; file: string }>(
      `select b.number, p.file from bill_paper p join bill b on b.id = p.bill_id
       where b.number > $1 order by b.number limit 500`,
      [after]
    );
    for (const { number, file } of rows)
      await copyFile(papers.path(file, originalFile), join(folder, papersFolder, `${number}.pdf`));
    if (rows.length < 500) return;
    after = rows.at(-1)?.number ?? '';
  }
}

function statementFor(kind: Kind) {
  const { from, cells = {}, order } = origins[kind];
  const columns = kinds[kind].map(({ name }) => {
    const cell = cells[name] ?? `t.${name}`;
    return `${people.has(name) ? words(cell) : cell} as ${name}`;
  });
  return asCsv(`select ${columns.join(', ')} from ${from} order by ${order}`);
}

const asCsv = (rows: string) => `copy (${rows}) to stdout with (format csv, header)`;
