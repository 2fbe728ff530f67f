/** What is said later stands on the record that is open: another danger, a place, and what a caller says on the telephone. */
import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { homesOn } from '../../../../tests/support/homes.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import type { Actor } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { addToEmergency, openEmergency, type NewEmergency } from './commands.ts';
import { getEmergency } from './queries.ts';
import { readLog } from './reading-log.ts';

const urls = await freshDatabase();
const make = await makersOn(urls.owner);
const { aPerson, sql } = make;
const aHome = homesOn(make);
const web = openDatabase(urls.web, 'hearth_web');
afterAll(() => web.close());

const grace = await aPerson('agent', { name: 'Grace Hill' });

test('another danger stands beside the first, and a place that is known only now is on top', async () => {
  const eve = await aPerson();
  const first = await open(eve, { hazard: 'co', channel: 'search', text: 'the alarm beeps' });
  const [home = ''] = await aHome(eve, ['meter']);
  await open(eve, { hazard: 'gas', form: randomUUID(), text: 'a smell near the tank' });
  const row = await getEmergency(web.as(grace), first.reference);
  expect(row).toMatchObject({ hazards: ['co', 'gas'], premises_guessed: false });
  expect(row.address).not.toBe('');
  expect(await sql('select premises_id from emergency where id = $1', [first.id])).toEqual([
    { premises_id: home }
  ]);

  // What they said of it themselves stands, whatever a later form is about.
  const [other = ''] = await aHome(eve, ['meter']);
  await addToEmergency(web.as(eve), { id: first.id, kind: 'contact_given', premises: home });
  await open(eve, { form: randomUUID(), text: 'and a hiss', premises: other });
  expect(await sql('select premises_id from emergency where id = $1', [first.id])).toEqual([
    { premises_id: home }
  ]);
});

test('what a caller says on the telephone is written down by whoever speaks with them', async () => {
  const { id, reference } = await open({ kind: 'visitor', visitor: 'on the line' });
  const told = { phone: '555 0100', place: 'Behind the mill' };
  expect(await addToEmergency(web.as(grace), { id, kind: 'contact_given', ...told })).toBe(true);
  expect(await getEmergency(web.as(grace), reference)).toMatchObject(told);
  const last = (await readLog(web.as(grace), { ids: [id] })).at(-1);
  expect(last).toMatchObject({ kind: 'contact_given', actor_name: 'Grace Hill' });
});

const open = (actor: Actor, more: Partial<NewEmergency> = {}) =>
  openEmergency(web.as(actor), {
    ...{ verdict: 'emergency', hazard: 'gas', channel: 'form', text: 'I smell gas', locale: 'en' },
    ...more
  });
