/** The rows of a file in their staging table: checked all at once, written by one statement, and bills added up. */
import type pg from 'pg';
import { dropLines } from '#lib/billing/server/imported.ts';
import type { Kind } from '../kinds.ts';
import { mostProblems, type Problems } from './file.ts';
import { targets } from './tables.ts';

export const stagedOf = (kind: Kind) => `staged_${kind.replace('-', '_')}`;
export const refusedOf = (kind: Kind) => `refused_${kind.replace('-', '_')}`;

/** Notes the rows that cannot be taken, and takes them out. */
export async function check(client: pg.Client, kind: Kind) {
  const { checks, fileKey } = targets[kind];
  const [staged, refused] = [stagedOf(kind), refusedOf(kind)];
  await client.query(`analyze ${staged}`);
  await client.query(
    `insert into ${refused}
     select row, $1, 'The same ' || $2 || ' stands in row ' || first || ' already.'
     from (select row, first_value(row) over (partition by ${fileKey.join(', ')} order by row) as first
           from ${staged}) as numbered
     where row <> first`,
    [fileKey[0], fileKey.join(', ')]
  );
  for (const { column, reason, where } of checks)
    await client.query(`insert into ${refused} select s.row, $1, $2 from ${staged} s ${where}`, [
      column,
      reason
    ]);
  await client.query(`delete from ${staged} s using ${refused} r where r.row = s.row`);
}

/** Rows that are new are added, those that differ are changed, the others stay untouched. */
export async function write(client: pg.Client, kind: Kind) {
  const { table, key, values, joins } = targets[kind];
  const columns = Object.keys(values);
  const others = columns.filter((column) => !key.includes(column));
  // A row that stands there as it came would be locked and written by the insert, though nothing changes.
  const same = columns.map((column) =>
    key.includes(column)
      ? `o.${column} = ${values[column]}`
      : `o.${column} is not distinct from ${values[column]}`
  );
  const untouched = `exists (select 1 from ${table} o where ${same.join(' and ')})`;
  const { rows } = await client.query<{ added: number; changed: number }>(
    `with written as (
       insert into ${table} as t (${columns.join(', ')})
       select ${Object.values(values).join(', ')} from ${stagedOf(kind)} s ${joins} where not ${untouched} order by s.row
       on conflict (${key.join(', ')}) do update
         set ${others.map((column) => `${column} = excluded.${column}`).join(', ')}
       returning (xmax = 0) as fresh)
     select count(*) filter (where fresh)::int as added, count(*) filter (where not fresh)::int as changed
     from written`
  );
  const { added, changed } = rows[0] ?? { added: 0, changed: 0 };
  return { added, changed: changed + (kind === 'bill-lines' ? await dropLines(client) : 0) };
}

/** Each bill that came, and each that a line came for, must be the sum of its lines, before the database refuses it. */
export async function addUp(client: pg.Client, kinds: readonly Kind[]) {
  const came = (kind: Kind) => kinds.includes(kind);
  const wrong = (rows: string) =>
    `from (${rows}) s join bill b on b.number = s.number
       left join lateral (select sum(l.amount) as lines from bill_line l where l.bill_id = b.id) as of_lines on true
     where coalesce(of_lines.lines, 0) <> b.total`;
  if (came('bills'))
    await client.query(
      `insert into refused_bills select s.row, 'total', 'Is not what the lines of the bill add up to.'
       ${wrong('select row, number from staged_bills')}`
    );
  if (came('bill-lines'))
    await client.query(
      `insert into refused_bill_lines select s.row, 'amount', 'The lines of this bill do not add up to its total.'
       ${wrong('select min(row) as row, bill as number from staged_bill_lines group by bill')}
       ${came('bills') ? 'and not exists (select 1 from refused_bills r join staged_bills c on c.row = r.row where c.number = b.number)' : ''}`
    );
}

/** What the checks found joins what the reading did, in the order of the rows. */
export async function gather(client: pg.Client, kind: Kind, problems: Problems) {
  const { rows: counts } = await client.query<{ n: number }>(
    `select count(*)::int as n from ${refusedOf(kind)}`
  );
  const { rows } = await client.query<{ row: number; column: string; reason: string }>(
    `select row, name as column, reason from ${refusedOf(kind)} order by row limit ${mostProblems}`
  );
  const untold = (counts[0]?.n ?? 0) - rows.length;
  problems.add(...rows);
  problems.count += untold;
  problems.told.sort((a, b) => a.row - b.row);
}
