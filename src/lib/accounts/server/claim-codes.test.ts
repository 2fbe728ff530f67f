/** Codes for bills: each opens its account, none stands in the database, and asked again they are the same. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { throwAwayFolder } from '../../../../tests/support/folder.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { system } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { claimAccount } from './claiming.ts';
import { writeClaimCodes } from './claim-codes.ts';

const secret = 'a secret that only this test installation knows';
const urls = await freshDatabase();
const { aPerson, sql } = await makersOn(urls.owner);
const web = openDatabase(urls.web, 'hearth_web');
const signIn = openDatabase(urls.auth, 'hearth_auth');
afterAll(() => Promise.all([web.close(), signIn.close()]));

const folder = throwAwayFolder();
afterAll(() => folder.remove());
const file = join(folder.path, 'codes.csv');
async function codes(of = secret) {
  await writeClaimCodes(urls.owner, of, file);
  const lines = (await readFile(file, 'utf8')).trim().split(/\r?\n/).slice(1);
  return new Map(lines.map((line) => line.split(',') as [string, string]));
}

await sql(
  `with a as (insert into account (number, holder) values ('70010001', 'Ada'), ('70010002', 'Ben') returning id)
   insert into premises (account_id, line, town, postcode) select id, '1 Mill Lane', 'Millbrook', '01001' from a`
);

test('every account that nobody claimed has one, the same each time, readable by nobody else and kept nowhere', async () => {
  const first = await codes();
  expect([...first.keys()]).toEqual(['70010001', '70010002']);
  expect(await codes()).toEqual(first);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const [row] = await sql<{ kept: string }>('select json_agg(c)::text as kept from account_code c');
  for (const code of first.values()) expect(row?.kept).not.toContain(code);
  expect(await sql('select 1 from account_code')).toHaveLength(2);
});

test('whoever has the bill is the holder by it, and then there is none any more', async () => {
  const ada = await aPerson();
  const claim = { number: '70010001', postcode: '01001', code: (await codes()).get('70010001') ?? '' };
  const counter = { db: signIn.as(system), secret };
  expect(await claimAccount(web.as(ada), counter, ada, claim, '10.2.0.1')).toMatchObject({ kind: 'holder' });
  expect([...(await codes()).keys()]).toEqual(['70010002']);
});

test('with another secret they are others', async () => {
  const before = await codes();
  expect(await codes('another secret of this installation')).not.toEqual(before);
});
