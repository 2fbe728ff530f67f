/** What one call and one network may bring has an end; who is past it is told to call, and the desk hears of it. */
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { homesOn } from '../../../../tests/support/homes.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import type { Actor } from '#lib/platform/actor.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { moveEmergency, openEmergency, type NewEmergency } from './commands.ts';
import { knownOfCaller } from './caller.ts';
import { getEmergency } from './queries.ts';
import { readLog } from './reading-log.ts';

const urls = await freshDatabase();
const make = await makersOn(urls.owner);
const { aPerson, sql } = make;
const aHome = homesOn(make);
const web = openDatabase(urls.web, 'hearth_web');
const grace = await aPerson('agent');

afterAll(() => web.close());

test('what one call brings has an end: three hundred texts in an hour, and twenty places to choose from', async () => {
  const landlord = await aPerson();
  await aHome(
    landlord,
    Array.from({ length: 25 }, () => 'meter')
  );
  const { id } = await open(landlord);
  expect((await knownOfCaller(web.as(landlord), id))?.places).toHaveLength(20);

  await sql(
    `insert into emergency_said (emergency_id, kind, text) select $1, 'words', 'word ' || n from generate_series(1, 298) as n`,
    [id]
  );
  const last = { text: 'gas, the last of three hundred' };
  expect(await open(landlord, last)).toMatchObject({ id, kept: true });
  for (const text of ['gas, and one more', 'gas, and two more'])
    expect(await open(landlord, { text })).toMatchObject({ id, kept: false });
  expect(await open(landlord, last)).toMatchObject({ id, kept: true });
  expect(await seen(id)).toMatchObject({ said: { length: 300 }, said_again: 4, full: ['words_full'] });
  expect(await entriesOf([id], 'words_full')).toBe(1);
});

test('what one network brings has an end: past three hundred calls an hour it is told to call', async () => {
  const from = { address: 'a network with a script' };
  const early = await open(visitor('an early cookie'), from);
  await open(grace, from);
  const fresh: string[] = [];
  for (let n = 0; n < 400; n++) fresh.push(await openOrSay(visitor(`fresh cookie ${n}`), from));
  expect(fresh.indexOf('errors.too_many_writes')).toBe(299);
  expect(new Set(fresh.slice(299)).size).toBe(1);
  expect(await callsFrom(from.address)).toBe(300);

  const again = (text: string) => open(visitor('an early cookie'), { ...from, text });
  expect(await again('it is stronger')).toMatchObject({ id: early.id, kept: true });
  await moveEmergency(web.as(grace), grace, early.reference, { to: 'acknowledged' });
  expect(await again('nobody has come')).toMatchObject({ id: early.id, kept: true });
  for (const who of [await aPerson(), grace]) expect((await open(who, from)).kept).toBe(true);
  await open(visitor('elsewhere'), { address: 'another network' });
  expect(await callsFrom(from.address)).toBe(300);

  expect((await seen(fresh[298] ?? '')).full).toEqual(['network_full']);
  expect(await entriesOf(fresh.slice(0, 299), 'network_full')).toBe(1);
});

const visitor = (digest: string): Actor => ({ kind: 'visitor', visitor: digest });

const open = (actor: Actor, more: Partial<NewEmergency> = {}) =>
  openEmergency(web.as(actor), {
    ...{ verdict: 'emergency', hazard: 'gas', channel: 'form', text: 'I smell gas', locale: 'en' },
    ...more
  });

const openOrSay = async (actor: Actor, more: Partial<NewEmergency>) => {
  try {
    return (await open(actor, more)).id;
  } catch (problem) {
    return problem instanceof Refusal ? problem.words : String(problem);
  }
};

async function seen(id: string) {
  const [{ reference } = { reference: '' }] = await sql<{ reference: string }>(
    'select reference from emergency where id = $1',
    [id]
  );
  return getEmergency(web.as(grace), reference);
}

const entriesOf = async (ids: string[], kind: string) =>
  (await readLog(web.as(grace), { ids })).filter((entry) => entry.kind === kind).length;

/** How many have called from there without signing in. */
const callsFrom = async (address: string) =>
  (
    await sql('select from emergency where address = $1 and person_id is null and logged_by is null', [
      address
    ])
  ).length;
