/** Codes that the billing system prints on bills: one for every account that nobody has claimed here yet. */
import { randomUUIDv7 } from 'node:crypto';
import { open, rename } from 'node:fs/promises';
import type pg from 'pg';
import { withConnection } from '#lib/platform/server/connection.ts';
import { codeDigest, codeOf } from './codes.ts';

/** So many accounts at once: a million of them fit into no memory. */
const armful = 5000;

/**
 * Writes them to a file of the columns account and code, which only its owner may read. An account keeps the code it has:
 * asked again, the same stands in the file, because the code is made from its id. `url` must be the owner's.
 * Returns how many there are.
 */
export function writeClaimCodes(url: string, secret: string, path: string): Promise<number> {
  return withConnection(url, async (client) => {
    const half = `${path}.half`;
    const file = await open(half, 'w', 0o600);
    let count = 0;
    try {
      await file.write('account,code\r\n');
      for (let after = ''; ;) {
        const accounts = await unclaimed(client, after);
        const last = accounts.at(-1);
        if (!last) break;
        const codes = await codesFor(client, secret, accounts);
        await file.write(codes.map(({ number, code }) => `${number},${code}\r\n`).join(''));
        count += codes.length;
        after = last.number;
      }
    } finally {
      await file.close();
    }
    // Whole or not there at all: a list that broke off would go to the printer unseen.
    await rename(half, path);
    return count;
  });
}

interface Unclaimed {
  id: string;
  number: string;
  /** The newest code of theirs that is good for a while. */
  code: string | null;
  digest: string | null;
}

async function unclaimed(client: pg.ClientBase, after: string) {
  const { rows } = await client.query<Unclaimed>(
    `select a.id, a.number, c.id as code, c.digest
     from account a left join lateral (
       select id, digest from account_code
       where account_id = a.id and source = 'bill' and used_at is null and expires_at > now() + interval '90 days'
       order by id desc limit 1) c on true
     where a.number > $1 and not exists (select 1 from account_member m where m.account_id = a.id and m.kind = 'holder')
     order by a.number limit $2`,
    [after, armful]
  );
  return rows;
}

/** What is made anew is kept before it is written down. */
async function codesFor(client: pg.ClientBase, secret: string, accounts: readonly Unclaimed[]) {
  const made: { id: string; account_id: string; digest: string }[] = [];
  const codes = accounts.map(({ id: account_id, number, code: known, digest }) => {
    // One that was made before the secret was changed opens nothing.
    if (known && codeDigest(number, codeOf(known, secret), secret) === digest)
      return { number, code: codeOf(known, secret) };
    const id = randomUUIDv7();
    const code = codeOf(id, secret);
    made.push({ id, account_id, digest: codeDigest(number, code, secret) });
    return { number, code };
  });
  await client.query(
    `insert into account_code (id, account_id, digest, source, expires_at)
     select id, account_id, digest, 'bill', now() + interval '1 year'
     from jsonb_to_recordset($1::jsonb) as made (id uuid, account_id uuid, digest text)`,
    [JSON.stringify(made)]
  );
  return codes;
}
