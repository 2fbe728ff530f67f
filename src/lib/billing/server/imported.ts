/** What an import writes about bills, in its own transaction and on its own connection. */
import type pg from 'pg';

/** Lines that a bill has no more: the file that was staged names all lines of the bills it speaks of. */
export async function dropLines(client: pg.Client) {
  const { rowCount } = await client.query(
    `delete from bill_line l using bill b
     where b.id = l.bill_id and b.number in (select bill from staged_bill_lines)
       and not exists (select 1 from staged_bill_lines s where s.bill = b.number and s.number = l.number)`
  );
  return rowCount ?? 0;
}

interface NewPaper {
  bill: string;
  file: string;
  sha256: string;
  size: number;
}

/** The paper that came with a bill; a newer one takes its place. */
export const notePaper = (client: pg.Client, { bill, file, sha256, size }: NewPaper) =>
  client.query(
    `insert into bill_paper (bill_id, file, sha256, size) values ($1, $2, $3, $4)
     on conflict (bill_id) do update set file = excluded.file, sha256 = excluded.sha256, size = excluded.size,
       received_at = now()`,
    [bill, file, sha256, size]
  );
