/** Demo data: a believable town with its history, so that no page of the product is empty on the first look. */
import './own-node.ts';
import type pg from 'pg';
import { withConnection } from '#lib/platform/server/connection.ts';
import { needs } from '#lib/accounts/priority.ts';
import type { Config } from '#lib/platform/server/config.ts';
import { demoPassword } from '#lib/people/demo.ts';
import { hashPassword } from '#lib/people/server/password.ts';
import { calendarsOf } from '#lib/sla/hours.ts';
import { groups, serviceTypes } from '#lib/catalogue/all.ts';
import { catalogueOf } from '#lib/catalogue/local.ts';
import { skillOf } from '#lib/catalogue/skills.ts';
import { makeAssistant } from './seed/assistant.ts';
import { makeBills } from './seed/bills.ts';
import { chance } from './seed/chance.ts';
import { makeComing } from './seed/coming.ts';
import { makeDays } from './seed/days.ts';
import { standOnLadder } from './seed/dunning.ts';
import { makeEmergencies } from './seed/emergencies.ts';
import { makeHistory } from './seed/history.ts';
import { makeOrders } from './seed/orders.ts';
import { makeNewcomers } from './seed/newcomers.ts';
import { mergeSome } from './seed/merging.ts';
import { sellAhead } from './seed/prebuys.ts';
import { beginProgrammes } from './seed/programmes.ts';
import { seedReaders } from './seed/readers.ts';
import { insertRows, withoutTriggers } from './seed/rows.ts';
import { storeSamples } from './seed/samples.ts';
import { makeSharing } from './seed/sharing.ts';
import { makeStaffChanges } from './seed/staff.ts';
import { customersOfTown, makeTown } from './seed/town.ts';
import { liveOn } from './seed/today.ts';
import { bookVisits, planVisits } from './seed/visits.ts';
import { seedWaits } from './seed/waits.ts';

/**
 * Fills an empty database, all of it or nothing. Where there are people already, their day goes on: so it may be called
 * at every start. `url` must be the owner's. Answers whether it filled anything.
 */
export async function seedDemo(url: string, config: Config, now = new Date()): Promise<boolean> {
  return withConnection(url, async (client) => {
    await client.query('begin');
    await client.query('lock table person in exclusive mode');
    const { rowCount } = await client.query('select 1 from person limit 1');
    if (!rowCount) await fill(client, config, now);
    await liveOn(client, config, now);
    await client.query('commit');
    if (!rowCount) await client.query('analyze');
    return !rowCount;
  });
}

async function fill(client: pg.ClientBase, config: Config, now: Date) {
  const luck = chance(20_261_122);
  // Of its own, so that what came later did not change the town that was there.
  const more = chance(20_261_127);
  const town = makeTown(now, await hashPassword(demoPassword), luck);
  const calendars = calendarsOf(config);
  const setting = {
    ...town,
    types: catalogueOf(config.jurisdiction, serviceTypes),
    now,
    zone: config.timeZone,
    calendars
  };
  const history = makeHistory(setting, luck);
  const staff = makeStaffChanges(town, now);

  await insertRows(client, 'team', town.teams);
  // What needs help and support can be anything: it comes to all.
  for (const { code } of groups.filter((group) => group.code !== 'support'))
    await client.query(
      `update service_type s set team_id = $2 from service_type_version v
       where v.code = s.code and v.version = s.version and v.definition->>'group' = $1`,
      [code, town.teamOf(code)]
    );
  await insertRows(client, 'person', town.people);
  await insertRows(client, 'person', staff.people);
  const assistant = makeAssistant(town, now);
  await insertRows(client, 'bot_answer', assistant.answers);
  await insertRows(client, 'bot_version', assistant.versions);
  await insertRows(client, 'bot_lesson', assistant.lessons);
  await insertRows(client, 'invitation', staff.invitations);
  await insertRows(client, 'audit_entry', staff.entries);
  await insertRows(client, 'sign_in_method', town.methods);
  await insertRows(
    client,
    'account',
    town.homes.map(({ account }) => account)
  );
  await insertRows(
    client,
    'account_member',
    town.homes.map(({ member }) => member)
  );
  const sharing = makeSharing(town, config.secret, now);
  await insertRows(client, 'account_member', sharing.members);
  await insertRows(client, 'account_invitation', sharing.invitations);
  await insertRows(client, 'audit_entry', sharing.entries);
  await insertRows(client, 'outbox', sharing.letters);
  await insertRows(
    client,
    'premises',
    town.homes.map(({ premises }) => premises)
  );
  await insertRows(
    client,
    'meter',
    town.homes.map(({ meter }) => meter)
  );

  // Every ninth home has somebody who is served first, Ada's among them.
  await insertRows(
    client,
    'priority_service',
    town.homes
      .filter((_, index) => index % 9 === 0)
      .map(({ premises }, index) => ({
        premises_id: premises.id,
        needs: [needs[index % needs.length]],
        since: '2025-10-01'
      }))
  );
  const housed = [...town.homes];
  const [taken] = town.homes;
  if (taken) {
    const newcomers = makeNewcomers(taken, customersOfTown, config.secret, now, chance(20_261_129));
    for (const table of ['account', 'premises', 'meter'] as const)
      await insertRows(
        client,
        table,
        newcomers.homes.map((home) => home[table])
      );
    housed.push(...newcomers.homes);
    await insertRows(client, 'account_code', newcomers.codes);
    await insertRows(client, 'outbox', newcomers.letters);
  }
  const { readings, bills, lines, payments, letters } = makeBills(
    { homes: housed, now, config },
    chance(20_261_129)
  );
  // Ben's meter tells every day.
  const meter = town.homes[1]?.meter;
  const days = makeDays({ meter, readings, now, timeZone: config.timeZone }, chance(20_261_130));
  await insertRows(client, 'weather_day', days.weather);
  await withoutTriggers(client, ['reading', 'bill', 'bill_line'], async () => {
    await insertRows(client, 'reading', [...readings, ...days.readings]);
    await insertRows(client, 'bill', bills);
    await insertRows(client, 'bill_line', lines);
  });
  await insertRows(client, 'payment', payments);
  await client.query(
    `update reading r set taken_by = $2, source = 'customer', created_at = read_on + time '18:20'
     where id = (select id from reading where meter_id = $1 and read_on < $3 order by read_on desc limit 1)`,
    [sharing.read.meter, sharing.read.by, sharing.read.before]
  );
  await insertRows(client, 'bill_letter', letters);
  await beginProgrammes(client, { homes: town.homes, now, config });
  const late = town.homes[5];
  if (late) await standOnLadder(client, { account: late.account.id, now, config });

  const coming = makeComing(setting, chance(20_261_131));
  const lives = [...history, ...mergeSome(history, setting, more), ...coming].sort(
    (a, b) => a.request.submitted_at.getTime() - b.request.submitted_at.getTime()
  );
  await withoutTriggers(client, ['request', 'request_event', 'message', 'attachment'], async () => {
    const requests = lives.map(({ request }) => request);
    const references = requests.map(({ reference, id }) => ({ reference, request_id: id }));
    await insertRows(client, 'request', requests);
    await insertRows(client, 'request_reference', references);
    await insertRows(
      client,
      'message',
      lives.flatMap(({ messages }) => messages)
    );
    await storeSamples(client, config, history, luck);
    await insertRows(
      client,
      'request_event',
      lives.flatMap(({ events }) => events)
    );
    await insertRows(
      client,
      'promise',
      lives.flatMap(({ promises }) => promises)
    );
  });

  await seedReaders(client, now);
  await planVisits(client, config.timeZone);
  await bookVisits(client, config.timeZone, skillOf);

  // Whose words are to be gathered: what notes it was off while the town was made.
  await client.query(
    `insert into words_due
     select id from request where request_is_open(status) on conflict do nothing`
  );

  const { emergencies, entries } = makeEmergencies({ ...town, jurisdiction: config.jurisdiction, now }, more);
  await insertRows(client, 'emergency', emergencies);
  await client.query(`
    update emergency e set account_id = p.account_id, premises_id = p.id
    from account_member m join premises p on p.account_id = m.account_id
    where m.person_id = e.person_id and m.kind = 'holder'`);
  await client.query(`
    insert into emergency_said (emergency_id, at, kind, text, phone, place)
    select id, received_at, 'words', text, null, null from emergency
    union all select id, received_at + interval '1 minute', 'contact', null, phone, place from emergency
    where coalesce(phone, place) is not null`);
  await withoutTriggers(client, ['emergency_entry'], () => insertRows(client, 'emergency_entry', entries));

  await seedWaits(client, { working: calendars.working, now });
  const [driver] = town.agents;
  if (driver) await makeOrders(client, { ...town, driver: driver.id, config, now }, chance(20_261_130));
  const by = town.people.find(({ role }) => role === 'supervisor')?.id;
  if (by) await sellAhead(client, { homes: town.homes, by, config });
}
