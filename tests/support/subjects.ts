/** What the matrix is tried on: a bill, an emergency, a file, a team, each somebody's or nobody's. */
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import { emergencyReferenceFrom } from '#lib/emergencies/reference.ts';
import { ordersOn } from './orders.ts';
import { openStorage, originalFile } from '#lib/files/server/storage.ts';
import type { Somebody } from './makers.ts';

type Sql = <Row extends pg.QueryResultRow>(text: string, values?: unknown[]) => Promise<Row[]>;

/** Makes them behind the scenes, on a database and a place for files. */
export function subjectsOn(sql: Sql, storage: ReturnType<typeof openStorage>) {
  return { aTeam, aBill, aPayment, anEmergency, aFile, aCopy, anOrder, refills };

  /** An order of an account; without one, of somebody else's. It is placed, and comes in a week. */
  async function anOrder({ id: person }: Somebody, account?: string) {
    const { order } = await ordersOn(sql);
    return order(person, account);
  }

  /** Regular refills of somebody's account: the id. */
  async function refills({ id: person }: Somebody, account?: string) {
    const { plan } = await ordersOn(sql);
    return plan(person, account);
  }

  async function aTeam(code: string) {
    const [team] = await sql<{ id: string }>('insert into team (code, name) values ($1, $1) returning id', [
      code
    ]);
    return team?.id;
  }

  /** A bill of an account; without one, of somebody else's. */
  async function aBill(account?: string) {
    const number = `B-${randomUUID().slice(0, 8).toUpperCase()}`;
    await sql(
      `with a as (insert into account (number, holder) select '20000002', 'Zoe Quiet' where $1::uuid is null returning id),
            b as (insert into bill (account_id, number, currency, issued_on, due_on, period_from, period_to, total)
                  select coalesce($1, (select id from a)), $2, 'USD', '2026-01-05', '2026-01-26', '2025-12-03',
                         '2026-01-02', 4200 returning id)
       insert into bill_line (bill_id, number, code, amount) select id, 1, 'other', 4200 from b`,
      [account ?? null, number]
    );
    return number;
  }

  /** A copy of somebody's data that can be taken. */
  async function aCopy({ id: person }: Somebody) {
    const [copy] = await sql<{ id: string }>(
      `insert into data_copy (person_id, locale, state, ready_at, expires_at, size)
       values ($1, 'en', 'ready', now(), now() + interval '1 day', 8) returning id`,
      [person]
    );
    const id = copy?.id ?? '';
    const copies = openStorage(join(storage.directory, 'copies'));
    await copies.create(id, originalFile);
    await writeFile(copies.path(id, originalFile), 'PK of it');
    return id;
  }

  /** A payment of somebody for a bill: it went through. */
  async function aPayment({ id }: Somebody, bill: string) {
    const reference = `P-${randomUUID().slice(0, 8).toUpperCase()}`;
    await sql(
      `insert into payment_attempt (reference, subject_kind, subject_id, account_id, person_id, form_key, amount, currency,
                                    provider, state, paid_on, ended_at)
       select $1, 'bill', id, account_id, $2, gen_random_uuid(), 4200, 'USD', 'demo', 'paid', '2026-01-20', now()
       from bill where number = $3`,
      [reference, id, bill]
    );
    return reference;
  }

  async function anEmergency({ id }: Somebody) {
    const reference = emergencyReferenceFrom(Buffer.from(randomUUID()));
    await sql(
      `insert into emergency (reference, verdict, channel, person_id, locale, wording_version)
       values ($1, 'reported', 'button', $2, 'en', '1')`,
      [reference, id]
    );
    return reference;
  }

  /** A file of a request; or, without one, an upload that is under way. */
  async function aFile({ id: person }: Somebody, request: string | null = null) {
    const id = randomUUID();
    await storage.create(id, originalFile);
    if (request) await writeFile(storage.path(id, originalFile), '%PDF-1.4');
    await sql(
      `insert into attachment (id, form_key, person_id, request_id, name, size, state, type, sha256, received_at, scan,
                               preview, has_position, expires_at)
       select $1, gen_random_uuid(), $2, $3::uuid, 'bill.pdf', 8, case when sent then 'ready' else 'receiving' end,
              case when sent then 'application/pdf' end, case when sent then repeat('0', 64) end,
              case when sent then now() end, case when sent then 'clean' else 'pending' end,
              case when sent then 'none' else 'pending' end, case when sent then false end,
              case when not sent then now() + interval '1 day' end
       from (select $3::uuid is not null as sent) as s`,
      [id, person, request]
    );
    return id;
  }
}

/** Enough for every form to be read: whoever is refused is refused for who they are. */
export const wellFormed = {
  seen: '99',
  text: 'Hello',
  reason: 'because',
  into: 'QRST-2222',
  form: 'reply',
  priority: '1',
  status: 'resolved',
  visit_on: '2030-01-02',
  visit_from: '08:00',
  visit_to: '12:00',
  role: 'agent',
  heir: '',
  group: 'bills',
  place: '',
  team_name: 'Night shift',
  needs: 'yes',
  slot: '01890000-0000-7000-8000-000000000000'
};
