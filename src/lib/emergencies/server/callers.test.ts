/** Everybody who calls has a record of their own; what they say is kept whole, and a flood is folded and never dropped. */
import { randomUUID } from 'node:crypto';
import { sql as rawSql } from 'kysely';
import { afterAll, describe, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { homesOn } from '../../../../tests/support/homes.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { nobody, type Actor } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { wordsOf } from '../callers-words.ts';
import { addToEmergency, moveEmergency, openEmergency, type NewEmergency } from './commands.ts';
import { knownOfCaller } from './caller.ts';
import { supplyOfCaller } from './supply.ts';
import { acknowledgeFold } from './acknowledging.ts';
import { getEmergency, listFold, listOpen } from './queries.ts';
import { readLog } from './reading-log.ts';

const urls = await freshDatabase();
const make = await makersOn(urls.owner);
const { aPerson, sql } = make;
const aHome = homesOn(make);
const web = openDatabase(urls.web, 'hearth_web');

const ada = await aPerson();
const grace = await aPerson('agent', { name: 'Grace Hill' });

afterAll(() => web.close());

describe('saying it again', () => {
  test('by another form adds to the record that nobody has acknowledged, and wakes nobody twice', async () => {
    const eve = await aPerson();
    const first = await open(eve, { verdict: 'possible', text: 'odd smell' });
    await addToEmergency(web.as(eve), { id: first.id, kind: 'said_safe' });
    expect(await open(eve, { form: randomUUID(), text: 'the meter hisses' })).toEqual(first);

    const row = (await listOpen(web.as(grace))).find(({ id }) => id === first.id);
    expect(row).toMatchObject({ verdict: 'emergency', safe_said_at: null });
    expect(wordsOf(row?.said ?? [])).toEqual(['odd smell', 'the meter hisses']);
    const kinds = (await readLog(web.as(grace), { ids: [first.id] })).map(({ kind }) => kind);
    expect(kinds).toEqual(['received', 'shown', 'said_safe', 'said_again', 'shown']);
    expect(await jobsOf(first.id)).toEqual(['emergencies.raise_alarm', 'emergencies.escalate']);
  });

  test('nobody else is taken for the caller, and what is acknowledged hides nothing new', async () => {
    const [eve, address] = [await aPerson(), 'one office'];
    const first = await open(eve, { address });
    const others = [await aPerson(), visitor('a browser'), nobody, nobody];
    const opened = await Promise.all(others.map((other) => open(other, { address })));
    expect(new Set([first, ...opened].map(({ id }) => id)).size).toBe(5);

    await moveEmergency(web.as(grace), grace, first.reference, { to: 'acknowledged' });
    expect((await open(eve, { address })).id).not.toBe(first.id);
  });

  test('staff write down what others say: each call is its own', async () => {
    const calls = await Promise.all([open(grace), open(grace), open(grace)]);
    expect(new Set(calls.map(({ id }) => id)).size).toBe(3);
  });

  test('a flood is answered every time; one browser has one record, and of a network twenty alarm', async () => {
    const browser = visitor('a flooding browser');
    const repeated = await oneByOne(30, () => open(browser, { form: randomUUID() }));
    expect(new Set(repeated).size).toBe(1);
    expect((await readLog(web.as(grace), { ids: repeated })).length).toBeLessThanOrEqual(1 + 20 + 20);

    const from = { address: 'a flooding address' };
    const scripted = await oneByOne(26, (i) => open(visitor(`cookie ${i}`), from));
    expect(new Set(scripted).size).toBe(26);
    const alarming = await Promise.all(scripted.map(jobsOf));
    expect(alarming.filter((jobs) => jobs.length > 0)).toHaveLength(20);

    const { id } = await open(await aPerson(), from);
    expect(scripted).not.toContain(id);
    expect(await jobsOf(id)).toHaveLength(2);
  });

  test('behind one network everybody has a record of their own, whatever form or search it came by', async () => {
    const [from, form] = [{ address: 'a block of flats' }, randomUUID()];
    const callers = [visitor('flat 1'), visitor('flat 2'), nobody, nobody];
    const opened = await Promise.all(
      callers.map((who, nth) => open(who, { ...from, form, text: `gas in flat ${nth + 1}` }))
    );
    const ids = opened.map(({ id }) => id);
    expect(new Set(ids).size).toBe(4);
    await addToEmergency(web.as(nobody), { id: ids[1] ?? '', kind: 'contact_given', phone: '555 2' });
    await addToEmergency(web.as(nobody), { id: ids[2] ?? '', kind: 'said_safe' });
    expect((await rowsOf(ids)).map((row) => [row.text, row.phone, row.safe_said_at !== null])).toEqual([
      ['gas in flat 1', null, false],
      ['gas in flat 2', '555 2', false],
      ['gas in flat 3', null, true],
      ['gas in flat 4', null, false]
    ]);
  });

  test('nothing that was said is cut or written over', async () => {
    const [eve, form] = [await aPerson(), randomUUID()];
    const long = `I smell gas. ${'It is very strong here. '.repeat(3000)}`;
    const { id } = await open(eve, { form, text: long });
    await open(eve, { form, text: 'all is well' });
    const contact = { id, kind: 'contact_given' } as const;
    await addToEmergency(web.as(nobody), { ...contact, phone: '555 1', place: 'Elm 4' });
    await addToEmergency(web.as(nobody), { ...contact, phone: '555 2' });
    const [row] = await rowsOf([id]);
    expect(row).toMatchObject({ phone: '555 2', place: 'Elm 4' });
    expect(wordsOf(row?.said ?? [])).toEqual([long, 'all is well']);
    expect(row?.said.flatMap(({ phone }) => phone ?? [])).toEqual(['555 1', '555 2']);
    for (const change of [`update emergency_said set text = ''`, 'delete from emergency_said'])
      await expect(asWeb(change)).rejects.toThrow('permission denied');
  });

  test('"I am safe" three hundred times over, and the same number and place, are said once', async () => {
    const { id } = await open(await aPerson());
    const contact = { id, kind: 'contact_given', phone: '555 1', place: 'Elm 4' } as const;
    for (let i = 0; i < 300; i++) await addToEmergency(web.as(nobody), { id, kind: 'said_safe' });
    for (let i = 0; i < 30; i++) expect(await addToEmergency(web.as(nobody), contact)).toBe(true);
    const kinds = (await readLog(web.as(grace), { ids: [id] })).map(({ kind }) => kind);
    expect(kinds).toEqual(['received', 'shown', 'said_safe', 'contact_given']);

    // Other words are never folded; but nobody is found by a hundred numbers.
    const taken = await Promise.all(
      Array.from({ length: 70 }, (_, i) =>
        addToEmergency(web.as(nobody), { ...contact, phone: `555 ${i + 2}` })
      )
    );
    expect(taken.filter(Boolean)).toHaveLength(59);
  });

  test('who is in danger again and then safe again is heard both times', async () => {
    const eve = await aPerson();
    const { id } = await open(eve);
    await addToEmergency(web.as(eve), { id, kind: 'said_safe' });
    await open(eve, { form: randomUUID(), text: 'it smells again' });
    await addToEmergency(web.as(eve), { id, kind: 'said_safe' });
    const kinds = (await readLog(web.as(grace), { ids: [id] })).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'said_safe')).toHaveLength(2);
    expect((await rowsOf([id]))[0]?.safe_said_at).toBeInstanceOf(Date);
  });

  test('once the one that alarms is acknowledged, the next of the flood alarms in its place', async () => {
    const from = { address: 'a mobile network' };
    const alarming = await oneByOne(20, (i) => open(visitor(`telephone ${i}`), from));
    const quiet = await oneByOne(3, (i) => open(visitor(`one more telephone ${i}`), from));
    expect(await Promise.all(quiet.map(jobsOf))).toEqual([[], [], []]);

    const waiting = await rowsOf(alarming);
    await Promise.all(
      waiting.map(({ reference }) => moveEmergency(web.as(grace), grace, reference, { to: 'acknowledged' }))
    );
    expect(await Promise.all(quiet.map(jobsOf))).toEqual([['emergencies.escalate'], [], []]);

    const [heir, ...others] = await rowsOf(quiet);
    await moveEmergency(web.as(grace), grace, heir?.reference ?? '', { to: 'acknowledged' });
    expect(await jobsOf(others[0]?.id ?? '')).toEqual(['emergencies.escalate']);
  });
});

describe('how the gas comes', () => {
  test('is told by the account that is meant, else by all of theirs, and never by others’', async () => {
    const [eve, ben] = [await aPerson(), await aPerson()];
    await aHome(eve);
    expect(await supplyOfCaller(web.as(eve), {})).toBe('cylinder');
    const [piped = '', bottled = ''] = await aHome(ben, ['meter', 'cylinder']);
    expect(await supplyOfCaller(web.as(ben), {})).toBe('unknown');
    expect(await supplyOfCaller(web.as(ben), { premises: piped })).toBe('piped');
    expect(await supplyOfCaller(web.as(ben), { premises: bottled })).toBe('cylinder');
    const [{ account_id } = { account_id: '' }] = await sql<{ account_id: string }>(
      'select account_id from premises where id = $1',
      [piped]
    );
    expect(await supplyOfCaller(web.as(grace), { account: account_id, premises: bottled })).toBe('cylinder');
    for (const other of [eve, nobody, grace])
      expect(await supplyOfCaller(web.as(other), { premises: piped })).toBe(null);
    expect(await supplyOfCaller(web.as(eve), { account: account_id })).toBe(null);
    expect(await supplyOfCaller(web.as(await aPerson()), {})).toBe(null);
  });

  test('who has several places is asked which, and the desk sees the one they say, or that it is none', async () => {
    const ben = await aPerson();
    const places = await aHome(ben, ['meter', 'cylinder']);
    const { id } = await open(ben);
    const asked = await knownOfCaller(web.as(ben), id);
    expect(asked?.guessed).toBe(true);
    expect(asked?.places.map((place) => place.chosen)).toEqual([true, false]);
    expect(asked?.places.map((place) => place.id).sort()).toEqual(places.toSorted());
    expect(await knownOfCaller(web.as(ada), id)).toBe(null);

    const other = asked?.places[1]?.id ?? '';
    await addToEmergency(web.as(ben), { id, kind: 'contact_given', premises: other });
    const [row] = await rowsOf([id]);
    expect([row?.premises_guessed, row?.said.at(-1)?.address]).toEqual([
      false,
      row?.address.replace('12345 ', '')
    ]);
    expect((await knownOfCaller(web.as(ben), id))?.places[0]).toMatchObject({ id: other, chosen: true });
    await addToEmergency(web.as(ben), { id, kind: 'contact_given', elsewhere: true });
    expect((await rowsOf([id]))[0]?.address).toBe('');
  });
});

describe('the list', () => {
  test('leaves out none that is open, and shows first what nobody has acknowledged, the newest on top', async () => {
    const ids = await oneByOne(130, async () => open(await aPerson()));
    const [first = '', second = ''] = ids;
    for (const { reference } of await rowsOf([first]))
      await moveEmergency(web.as(grace), grace, reference, { to: 'acknowledged' });
    const listed = (await listOpen(web.as(grace))).filter(({ id }) => ids.includes(id));
    expect(listed).toHaveLength(130);
    expect(listed[0]?.id).toBe(ids.at(-1));
    expect(listed.slice(-2).map(({ id }) => id)).toEqual([second, first]);
  });

  test('folds a flood of one network, but nobody in it who says where they are, and each is still to be read', async () => {
    const from = { address: 'a school' };
    const [found = '', ...flood] = await oneByOne(12, (i) => open(visitor(`pupil ${i}`), from));
    await addToEmergency(web.as(nobody), { id: found, kind: 'contact_given', place: 'Room 4' });
    const listed = (await listOpen(web.as(grace))).filter(({ id }) => [found, ...flood].includes(id));
    expect(listed.map(({ id, of_source }) => [id, of_source])).toEqual([
      ...flood
        .slice(-3)
        .toReversed()
        .map((id) => [id, 11]),
      [found, 1]
    ]);
    const fold = await listFold(web.as(grace), listed[0]?.reference ?? '');
    expect(fold.map(({ id }) => id)).toEqual(flood.toReversed());
    expect(await listFold(web.as(ada), listed[0]?.reference ?? '')).toEqual([]);

    const upTo = fold[0]?.received_at ?? new Date();
    const late = await open(visitor('a late pupil'), from);
    const acknowledge = (who: typeof grace) =>
      acknowledgeFold(web.as(who), who, fold[0]?.reference ?? '', upTo);
    await expect(acknowledge(ada)).rejects.toMatchObject({ kind: 'missing' });
    expect(await acknowledge(grace)).toBe(11);
    expect((await rowsOf([found, late.id])).map(({ status }) => status)).toEqual(['received', 'received']);
    expect(
      (await readLog(web.as(grace), { ids: flood })).filter(({ kind }) => kind === 'acknowledged')
    ).toHaveLength(11);
  });
});

async function oneByOne(times: number, call: (i: number) => Promise<{ id: string }>) {
  const ids: string[] = [];
  for (let i = 0; i < times; i++) ids.push((await call(i)).id);
  return ids;
}

const visitor = (digest: string): Actor => ({ kind: 'visitor', visitor: digest });

const open = (actor: Actor, more: Partial<NewEmergency> = {}) =>
  openEmergency(web.as(actor), {
    verdict: 'emergency',
    hazard: 'gas',
    channel: 'form',
    text: 'I smell gas',
    locale: 'en',
    wordingVersion: 'US 1',
    ...more
  });

/** These, in the order in which they are asked for. */
async function rowsOf(ids: string[]) {
  const references = await sql<{ id: string; reference: string }>(
    'select id, reference from emergency where id = any($1)',
    [ids]
  );
  const rows = await Promise.all(references.map(({ reference }) => getEmergency(web.as(grace), reference)));
  return rows.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
}

const asWeb = (statement: string) => rawSql.raw(statement).execute(web.as(grace));

const jobsOf = async (id: string) =>
  (
    await sql<{ job: string }>(`select job from outbox where payload->>'emergencyId' = $1 order by id`, [id])
  ).map(({ job }) => job);
