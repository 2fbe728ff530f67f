/** Putting rows into tables as they are, many at once. */
import type pg from 'pg';

/** Inserts rows of one shape. Dates and objects go in as JSON and come out as what the column is. */
export async function insertRows(client: pg.ClientBase, table: string, rows: readonly object[], more = '') {
  const first = rows[0];
  if (!first) return;
  const columns = Object.keys(first).join(', ');
  for (let from = 0; from < rows.length; from += 2000) {
    await client.query(
      `insert into ${table} (${columns}) ${more}
       select ${columns} from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
      [JSON.stringify(rows.slice(from, from + 2000))]
    );
  }
}

/** Lets the past be written as it was: while this runs, triggers neither sign nor number nor date anything. */
export async function withoutTriggers(
  client: pg.ClientBase,
  tables: readonly string[],
  work: () => Promise<void>
) {
  for (const table of tables) await client.query(`alter table ${table} disable trigger user`);
  await work();
  for (const table of tables) await client.query(`alter table ${table} enable trigger user`);
}
