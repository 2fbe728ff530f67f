/** What somebody on the register wishes for: asked of the desk once, and read wherever staff meet them. */
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { readCustomer } from '#lib/accounts/server/customers.ts';
import { serviceTypes } from '#lib/catalogue/all.ts';
import { publish } from '#lib/catalogue/server/catalogue.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import type { Registration } from '#lib/accounts/priority.ts';
import { register } from './priority-wishes.ts';
import { visitsOfDay } from '#lib/visits/server/lists.ts';

const urls = await freshDatabase();
const { aPerson, aRequest, sql } = await makersOn(urls.owner);
const web = openDatabase(urls.web, 'hearth_web');
afterAll(() => web.close());
await publish(urls.owner, serviceTypes);

const [ada, grace] = [await aPerson(), await aPerson('agent', { name: 'Grace Hill' })];
const [home] = await sql<{ id: string; account: string }>(
  `with a as (insert into account (number, holder) values ('40100001', 'Ada Brook') returning id),
        m as (insert into account_member (account_id, person_id, kind, scope)
              select id, $1::uuid, 'holder', 'act' from a)
   insert into premises (account_id, line, town, postcode) select id, '4 Elm Street', 'Northgate', '10001' from a
   returning id, account_id as account`,
  [ada.id]
);
const place = home?.id ?? '';
const wishing = (...wants: Registration['wants']): Registration => ({
  ...{ needs: ['age'], wants, shared: false, until: '2099-01-01' }
});
const asked = () =>
  sql<{ services: string[]; channel: string; requester_id: string; description: string }>(
    `select answers->'services' as services, channel, requester_id, description from request
     where service_type = 'PSR' order by submitted_at`
  );

test('what needs a person is asked of the desk once, with a promise; what the visitor reads at the door is not', async () => {
  const save = (said: Registration) => register(web.as(ada), ada, ada.id, place, said);
  await save(wishing('knock'));
  expect(await asked()).toEqual([]);
  await Promise.all([save(wishing('knock', 'password')), save(wishing('knock', 'password'))]);
  await save(wishing('password'));
  expect(await asked()).toEqual([
    {
      ...{ services: ['password'], channel: 'web', requester_id: ada.id },
      description: expect.stringContaining('password')
    }
  ]);
  expect(await sql(`select 1 from promise p join request r on r.id = p.request_id`)).not.toEqual([]);
  // As they told the desk: it is theirs all the same.
  await register(web.as(grace), grace, ada.id, place, wishing('password', 'heating'));
  expect((await asked()).at(-1)).toMatchObject({
    ...{ services: ['heating'], channel: 'phone', requester_id: ada.id }
  });
});

test('whoever takes the call or comes to the door reads it, and nobody once it has run out', async () => {
  await sql(`insert into contact_wish (person_id, formats) values ($1, '{no_calls}')`, [ada.id]);
  const { id } = await aRequest(ada, { status: 'scheduled' });
  await sql('update request set account_id = $2, premises_id = $3 where id = $1', [id, home?.account, place]);
  const [visit] = await sql<{ day: string }>('select on_day::text as day from visit where request_id = $1', [
    id
  ]);
  const atTheDoor = async () =>
    (await visitsOfDay(web.as(grace), { day: visit?.day ?? '', zone: 'UTC' })).map(({ care }) => care);
  const onThePhone = async () => (await readCustomer(web.as(grace), ada.id))?.care;
  const said = { needs: ['age'], wants: ['heating', 'password'], formats: ['no_calls'] };
  expect([await atTheDoor(), await onThePhone()]).toEqual([[said], said]);

  await sql('update priority_service set since = current_date - 9, until = current_date - 1');
  const left = { needs: [], wants: [], formats: ['no_calls'] };
  expect([await atTheDoor(), await onThePhone()]).toEqual([[left], left]);
});
