/** What others did for an account: all of it for who holds it, nothing of what is private, and nothing for anybody else. */
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { ordersOn } from '../../../../tests/support/orders.ts';
import { changePriority } from '#lib/accounts/server/priority.ts';
import { deedUses, readingUses } from '#lib/accounts/server/uses.ts';
import { endAccess } from '#lib/accounts/server/members.ts';
import { cardUses, programmeUses } from '#lib/programmes/server/uses.ts';
import { paymentUses } from '#lib/billing/server/uses.ts';
import { orderUses } from '#lib/orders/server/uses.ts';
import type { PersonActor } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { wordsFor } from '#lib/platform/words.ts';
import { requestUses } from './uses.ts';

const urls = await freshDatabase();
const { aPerson, aRequest, sql } = await makersOn(urls.owner);
const web = openDatabase(urls.web, 'hearth_web');
afterAll(() => web.close());

const [ada, ben, eve] = [
  await aPerson(),
  await aPerson('customer', { name: 'Ben Dale' }),
  await aPerson('customer', { name: 'Eve Stone' })
];
const [made] = await sql<{ account: string; premises: string; meter: string }>(
  `with a as (insert into account (number, holder) values ('62010001', 'Ada Brook') returning id),
        m as (insert into account_member (account_id, person_id, kind, scope)
              select id, $1::uuid, 'holder', 'act' from a union all select id, $2::uuid, 'authorised', 'act' from a),
        p as (insert into premises (account_id, line, town, postcode) select id, '1 Mill Lane', 'Millbrook', '01001' from a returning id, account_id)
   insert into meter (premises_id, serial, digits, installed_on) select id, 'G4-1', 5, '2020-01-01' from p
   returning id as meter, premises_id as premises, (select id from a) as account`,
  [ada.id, ben.id]
);
const { account, premises, meter } = made ?? { account: '', premises: '', meter: '' };

const t = wordsFor('en');
const sources = [
  ...[requestUses, readingUses, paymentUses, deedUses],
  ...[orderUses, programmeUses, cardUses]
];
async function uses(who: PersonActor) {
  const asked = { account, me: who.id };
  const lists = sources.map((source) => source(web.as(who), asked, { before: null, most: 50 }, t));
  return (await Promise.all(lists)).flat().map(({ who: name, text }) => [name, text]);
}

test('asked, said, read, paid, registered and left: each with who, for who holds the account', async () => {
  for (const by of [ben, ada]) {
    const { id } = await aRequest(by);
    await sql('update request set account_id = $1 where id = $2', [account, id]);
    await sql(`select set_config('app.person', $1, false), set_config('app.role', 'customer', false)`, [
      by.id
    ]);
    for (const kind of ['submitted', 'message'])
      await sql(`insert into request_event (request_id, kind, actor_role) values ($1, $2, '')`, [id, kind]);
    await sql(`select set_config('app.person', '', false), set_config('app.role', '', false)`);
    await sql(
      `insert into reading (meter_id, read_on, digits, source, taken_by) values ($1, $2, $3, 'customer', $4)`,
      [meter, by === ben ? '2026-01-01' : '2026-02-01', by === ben ? '00100' : '00200', by.id]
    );
    await sql(
      `insert into payment_attempt (reference, subject_kind, subject_id, account_id, person_id, form_key, amount,
                                    currency, provider, state, paid_on, ended_at)
       values ($1, 'account', $2::uuid, $2::uuid, $3, gen_random_uuid(), 4200, 'USD', 'demo', 'paid', '2026-01-01', now())`,
      [by === ben ? 'P-AAAAAAAA' : 'P-BBBBBBBB', account, by.id]
    );
  }
  const town = await ordersOn(sql);
  for (const by of [ben, ada]) {
    await town.order(by.id, account);
    const [programme] = await sql<{ id: string }>(
      `insert into programme (account_id, kind, state, method, card_name, began_on, ended_on, form_key, enrolled_by)
       values ($1, 'autopay', 'left', 'card', $2, '2026-01-01', '2026-01-02', gen_random_uuid(), $3) returning id`,
      [account, by.id, by.id]
    );
    await sql(
      `insert into programme_event (programme_id, account_id, what, actor_id, by_whom)
       values ($1, $2, 'left', $3, 'customer')`,
      [programme?.id, account, by.id]
    );
    await sql(
      `insert into kept_card (account_id, person_id, form_key, currency, provider, state, card_name, payer, brand, last_four)
       values ($1, $2::uuid, gen_random_uuid(), 'USD', 'demo', 'ended', $2::uuid::text, 'p', 'visa', '4242')`,
      [account, by.id]
    );
  }
  const said = { needs: ['age' as const], wants: [], shared: false, until: '2099-01-01' };
  await sql(
    `insert into audit_entry (actor_id, actor_role, action, subject_kind, subject_id)
     values ($1, 'customer', 'access.accepted', 'account', $2)`,
    [ben.id, account]
  );
  await changePriority(web.as(ben), ben, ben.id, premises, said);
  await endAccess(web.as(ben), ben, { account, person: ben.id });

  const seen = await uses(ada);
  expect(seen.map(([name]) => name)).toEqual(seen.map(() => 'Ben Dale'));
  expect(seen.map(([, text]) => text?.replace(/\w{4}-\w{4}|O-\w{8}/, 'X')).toSorted()).toEqual([
    'Accepted an invitation',
    'Added the card ending in 4242 to pay bills',
    'Asked for service: A question about a bill (X)',
    'Changed the priority services',
    'Gave a reading: meter G4-1, 00100',
    'Left the account',
    'Ordered: X, $21.99',
    'Paid $42.00 by card',
    'Pay automatically: ended',
    'Wrote to us: A question about a bill (X)'
  ]);
});

test('what is private stays so, and whoever does not hold the account sees none of it', async () => {
  await sql('update request set private = true where requester_id = $1', [ben.id]);
  expect((await uses(ada)).some(([, text]) => text?.includes('A question'))).toBe(false);
  expect(await uses(eve)).toEqual([]);
});
