/** What technicians do: only with what is theirs to see, once however often it is sent, and danger first. */
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { openStorage } from '#lib/files/server/storage.ts';
import { throwAwayFolder } from '../../../../tests/support/folder.ts';
import { rateVisit, recentVisitRatings, visitRating } from './rating.ts';
import { giveVisit, orderVisits, payCompensation, setOut, waiveCharge } from './work.ts';
import { sendReport } from './reporting.ts';
import { chargesDue, owedCompensations, visitsBefore, visitsOfDay } from './lists.ts';
import { chargeOf } from './booking.ts';

const urls = await freshDatabase();
const { aPerson, aRequest, sql } = await makersOn(urls.owner);
const database = openDatabase(urls.web, 'hearth_web');
afterAll(() => database.close());
const folder = throwAwayFolder();
afterAll(() => folder.remove());

const [ada, tom, una, sam] = [
  await aPerson(),
  await aPerson('agent', { name: 'Tom Field' }),
  await aPerson('agent', { name: 'Una Other' }),
  await aPerson('supervisor')
];
const zone = 'America/New_York';
const [team] = await sql<{ id: string }>(
  `insert into team (code, name) values ('network', 'Network') returning id`
);

/** A visit about a request of a team that neither agent is in. */
async function aVisit(day = 3) {
  const request = await aRequest(ada, { status: 'scheduled' });
  await sql('update request set team_id = $2, agent_id = null where id = $1', [request.id, team?.id]);
  const [visit] = await sql<{ id: string; on_day: string }>(
    `update visit set on_day = current_date + $2::int where request_id = $1 returning id, on_day::text`,
    [request.id, day]
  );
  if (!visit) throw new Error('no visit');
  return { ...visit, request: request.id };
}
const give = (id: string) => giveVisit(database.as(sam), sam, id, tom.id);
const storage = openStorage(folder.path);
const send = (who: typeof tom, id: string, what: ReturnType<typeof report>) =>
  sendReport(database.as(who), who, id, what, storage);
const report = (also: object = {}) => ({
  ...{ key: crypto.randomUUID(), outcome: 'done' as const, note: 'New valve.', met: 'Ada', digits: '' },
  ...{ happened_at: new Date(), locale: 'en' as const, zone, code: '', signature: '', attachment: [] },
  ...{ terms: { jurisdiction: 'US' as const, currency: 'USD' }, early: true },
  ...also
});
const state = async (request: string) =>
  (
    await sql<{ status: string; state: string }>(
      `select r.status, v.state from request r join visit v on v.request_id = r.id where r.id = $1`,
      [request]
    )
  )[0];

test('a technician sees the visits that were given to them, whichever team has the request, and nobody else’s', async () => {
  const visit = await aVisit();
  const seen = async (who: typeof tom) =>
    (await visitsOfDay(database.as(who), { day: visit.on_day, zone, technician: who.id })).map(
      ({ id }) => id
    );
  expect(await seen(tom)).toEqual([]);
  await expect(send(tom, visit.id, report())).rejects.toMatchObject({ kind: 'missing' });
  await give(visit.id);
  expect([await seen(tom), await seen(una)]).toEqual([[visit.id], []]);
  await expect(send(una, visit.id, report())).rejects.toMatchObject({ kind: 'missing' });
  await expect(giveVisit(database.as(sam), sam, visit.id, ada.id)).rejects.toMatchObject({
    words: 'visits.not_staff'
  });
});

test('setting out is said once, with the hour in which they are there', async () => {
  const visit = await aVisit();
  await give(visit.id);
  // The visit's window begins at eight.
  const at = (time: string) =>
    new Date(Temporal.ZonedDateTime.from(`${visit.on_day}T${time}[${zone}]`).epochMilliseconds);
  const tooEarly = { minutes: 30, now: at('05:59'), zone };
  await expect(setOut(database.as(tom), tom, visit.id, tooEarly)).rejects.toMatchObject({
    words: 'visits.out_too_early'
  });
  const out = { minutes: 30, now: at('09:00'), zone };
  for (const _ of ['once', 'and a second tap']) await setOut(database.as(tom), tom, visit.id, out);
  expect(
    await sql(
      `select payload->>'state' as state, payload->>'visit_from' as from, payload->>'visit_to' as to
       from request_event where request_id = $1 and kind = 'visit'`,
      [visit.request]
    )
  ).toEqual([{ state: 'on_the_way', from: '09:00', to: '10:00' }]);
});

test('a report that is sent again is one report; another one is refused, for it is over', async () => {
  const visit = await aVisit();
  await give(visit.id);
  const words = report();
  for (const _ of ['once', 'and again after the line broke']) await send(tom, visit.id, words);
  expect(await state(visit.request)).toEqual({ status: 'resolved', state: 'done' });
  expect(await sql('select note, met from visit_report where visit_id = $1', [visit.id])).toEqual([
    { note: 'New valve.', met: 'Ada' }
  ]);
  expect(
    await sql(
      `select kind, visibility from request_event where request_id = $1 and kind in ('visit', 'note')`,
      [visit.request]
    )
  ).toEqual([
    { kind: 'visit', visibility: 'public' },
    { kind: 'note', visibility: 'internal' }
  ]);
  await expect(send(tom, visit.id, report())).rejects.toMatchObject({
    words: 'visits.is_over'
  });
});

test.each(['no_access', 'parts_missing'] as const)('after %s the request goes on', async (outcome) => {
  const visit = await aVisit();
  await give(visit.id);
  await send(tom, visit.id, report({ outcome }));
  expect(await state(visit.request)).toEqual({ status: 'open', state: outcome });
});

test('what is unsafe opens one emergency, however often it is sent', async () => {
  const visit = await aVisit();
  await give(visit.id);
  const words = report({ outcome: 'unsafe', early: false, note: 'The flue leaks into the room.' });
  for (const _ of ['once', 'again']) await send(tom, visit.id, words);
  expect(await sql(`select verdict, hazard, person_id from emergency`)).toEqual([
    { verdict: 'reported', hazard: 'gas', person_id: ada.id }
  ]);
  expect(await state(visit.request)).toEqual({ status: 'open', state: 'unsafe' });
  // The customer is told not to use it, and not that we only come again.
  const kinds = `select payload->>'kind' as kind from outbox where payload->>'requestId' = $1`;
  expect(await sql(kinds, [visit.request])).toContainEqual({ kind: 'visit_unsafe' });
});

test('a report that was late after all takes back what was owed, a visit that was late does not; supervisors alone say what was paid', async () => {
  const [late, missed, tooLate] = [await aVisit(-2), await aVisit(-2), await aVisit(-2)];
  for (const { id } of [late, tooLate]) await give(id);
  for (const { id, request } of [late, missed, tooLate]) {
    await sql(`update visit set state = 'missed', ended_at = now() where id = $1`, [id]);
    await sql(
      `insert into compensation (visit_id, request_id, rule, reason, amount, currency, due_on) values ($1, $2, 'test', 'missed', 5000, 'USD', current_date + 10)`,
      [id, request]
    );
  }
  await send(tom, late.id, report({ happened_at: new Date(Date.now() - 86_400_000) }));
  await send(tom, tooLate.id, report());
  expect(await sql('select visit_id from compensation where state = $1', ['withdrawn'])).toEqual([
    { visit_id: late.id }
  ]);
  const owed = await owedCompensations(database.as(sam));
  expect(owed.map(({ amount }) => amount)).toEqual([5000, 5000]);
  const id = owed[0]?.id ?? '';
  await expect(payCompensation(database.as(tom), tom, id)).rejects.toMatchObject({ kind: 'forbidden' });
  await payCompensation(database.as(sam), sam, id);
  await expect(payCompensation(database.as(sam), sam, id)).rejects.toMatchObject({
    words: 'visits.paid_already'
  });
});

test('somebody orders the visits of their own day and nobody else’s', async () => {
  const [one, two, other] = [await aVisit(8), await aVisit(8), await aVisit(8)];
  for (const { id } of [one, two]) await give(id);
  await orderVisits(database.as(tom), tom, [two.id, other.id, one.id]);
  expect(
    await sql('select id, place_in_day from visit where id = any($1) order by place_in_day nulls last', [
      [one.id, two.id, other.id]
    ])
  ).toEqual([
    { id: two.id, place_in_day: 1 },
    { id: one.id, place_in_day: 3 },
    { id: other.id, place_in_day: null }
  ]);
});

test('it is confirmed by the code that only the customer reads, or by a hand that is kept as a file', async () => {
  const visit = await aVisit();
  await give(visit.id);
  const { code = '' } =
    (await database
      .as(ada)
      .selectFrom('visit_code')
      .select('code')
      .where('visit_id', '=', visit.id)
      .executeTakeFirst()) ?? {};
  expect(code).toMatch(/^\d{6}$/);
  expect(await database.as(tom).selectFrom('visit_code').selectAll().execute()).toEqual([]);
  const wrong = code === '111111' ? '222222' : '111111';
  await expect(send(tom, visit.id, report({ code: wrong }))).rejects.toMatchObject({
    words: 'visits.code_wrong'
  });
  const right = report({ code });
  for (const _ of ['once', 'again']) await send(tom, visit.id, right);
  expect(await sql('select signed_how, signature from visit_report where visit_id = $1', [visit.id])).toEqual(
    [{ signed_how: 'code', signature: null }]
  );

  const other = await aVisit();
  await give(other.id);
  await expect(send(tom, other.id, report({ signature: 'data:text/html,x' }))).rejects.toMatchObject({
    words: 'visits.signature_wrong'
  });
  const drawn = report({ note: '', signature: `data:image/png;base64,${dot}` });
  for (const _ of ['once', 'again']) await send(tom, other.id, drawn);
  expect(
    await sql(
      `select a.name, a.visibility, a.request_id, r.signed_how from visit_report r join attachment a on a.id = r.signature
       where r.visit_id = $1`,
      [other.id]
    )
  ).toEqual([
    { name: 'signature.png', visibility: 'internal', request_id: other.request, signed_how: 'drawn' }
  ]);
});

test('who was visited says how it went, once and changed by them alone; supervisors read it', async () => {
  const visit = await aVisit();
  await give(visit.id);
  const [{ reference } = { reference: '' }] = await sql<{ reference: string }>(
    'select reference from request where id = $1',
    [visit.request]
  );
  const ben = await aPerson();
  const say = (who: typeof ada, score: number) =>
    rateVisit(database.as(who), who, reference, { score, words: 'Kind.' });
  await expect(say(ada, 5)).rejects.toMatchObject({ words: 'visits.nothing_to_rate' });
  await send(tom, visit.id, report());
  await expect(say(ben, 1)).rejects.toMatchObject({ kind: 'missing' });
  await expect(say(tom, 5)).rejects.toMatchObject({ kind: 'missing' });
  await say(ada, 4);
  await say(ada, 5);
  expect(await visitRating(database.as(ada), ada, visit.request)).toEqual({
    own: { score: 5, words: 'Kind.' },
    by_other: false
  });
  expect(await recentVisitRatings(database.as(sam))).toMatchObject([{ score: 5, technician: 'Tom Field' }]);
  expect(await recentVisitRatings(database.as(tom))).toEqual([]);
});

const dot =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

test('who goes to a place reads what was found there before, and nobody else does', async () => {
  const [home] = await sql<{ account: string; premises: string }>(
    `with a as (insert into account (number, holder) values ('38887766', 'Ada Brook') returning id),
          p as (insert into premises (account_id, line, town, postcode) select id, '4 Mill Lane', 'Millbrook', '04210' from a returning id)
     select a.id as account, p.id as premises from a, p`
  );
  const there = async (also = '') => {
    const visit = await aVisit();
    await sql(`update request set account_id = $2, premises_id = $3 ${also} where id = $1`, [
      ...[visit.request, home?.account, home?.premises]
    ]);
    await give(visit.id);
    return visit;
  };
  const [first, secret, now] = [await there(), await there(', private = true'), await there()];
  await send(tom, first.id, report({ outcome: 'no_access', note: 'The gate was locked.' }));
  await send(tom, secret.id, report());
  const before = async (who: typeof tom) =>
    (await visitsBefore(database.as(who), now.id)).map(({ id }) => id);
  expect(await visitsBefore(database.as(tom), now.id)).toMatchObject([
    { id: first.id, state: 'no_access', note: 'The gate was locked.', technician: 'Tom Field' }
  ]);
  expect([await before(una), await before(sam), await before(ada)]).toEqual([[], [], []]);
});

test('not being let in costs what the rule says, which is said also where it is nothing; a supervisor lets it go', async () => {
  const missed = async (day = -1) => {
    const visit = await aVisit(day);
    await give(visit.id);
    await send(tom, visit.id, report({ outcome: 'no_access' }));
    return visit;
  };
  const free = await missed();
  expect(await chargeOf(database.as(ada), free.request)).toMatchObject({ state: 'free', amount: 0 });
  await sql(
    `insert into slot_rule (kind, notice, ahead, move_days, move_at, cancel_days, cancel_at, no_access_fee)
     values ('visit', 18, 35, 0, '00:00', 0, '00:00', 2500)`
  );
  const dear = await missed();
  expect(await chargeOf(database.as(ada), dear.request)).toMatchObject({ state: 'due', amount: 2500 });
  // Whoever comes before the agreed hours finds nobody who had to be there.
  const early = await missed(3);
  expect(await chargeOf(database.as(ada), early.request)).toMatchObject({ state: 'free', amount: 0 });
  expect((await chargesDue(database.as(sam))).map(({ visit_id }) => visit_id)).toEqual([dear.id]);
  await expect(waiveCharge(database.as(tom), tom, dear.id)).rejects.toMatchObject({ kind: 'forbidden' });
  await waiveCharge(database.as(sam), sam, dear.id);
  await expect(waiveCharge(database.as(sam), sam, dear.id)).rejects.toMatchObject({ kind: 'conflict' });
  expect(await chargeOf(database.as(ada), dear.request)).toMatchObject({ state: 'waived' });
  expect(await chargesDue(database.as(sam))).toEqual([]);
});
