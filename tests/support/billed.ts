/** Accounts with bills and payments, and the worker that writes about them: what letters about money are tried on. */
import { afterAll, beforeEach } from 'vitest';
import { billingJobs } from '#lib/billing/server/jobs.ts';
import { system, type PersonActor } from '#lib/platform/actor.ts';
import { todayAt } from '#lib/platform/dates.ts';
import type { Jobs } from '#lib/platform/jobs.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import type { Mail } from '#lib/platform/server/mail.ts';
import { freshDatabase } from './database.ts';
import { makersOn } from './makers.ts';

/** Call it at the top of a test file: before each test the bills are gone and nothing is queued. */
export async function billedTown() {
  const urls = await freshDatabase();
  const { aPerson, aMember, aRequest, sql } = await makersOn(urls.owner);
  const worker = openDatabase(urls.worker, 'hearth_worker');
  afterAll(() => worker.close());
  const db = worker.as(system);

  const today = todayAt('UTC');
  const day = (days: number) => Temporal.PlainDate.from(today).add({ days }).toString();
  const sent: Mail[] = [];
  const settings = {
    demo: true,
    origin: 'http://hearth.example',
    timeZone: 'UTC',
    utilityName: 'Gas',
    utilityPhone: '555 0100',
    stripeSecretKey: null,
    stripeWebhookSecret: null,
    jurisdiction: 'US' as const
  };
  const jobs = billingJobs(
    {
      send: (mail) => {
        sent.push(mail);
        return Promise.resolve();
      },
      close: () => {}
    },
    settings
  );

  beforeEach(async () => {
    sent.length = 0;
    await sql('truncate bill cascade');
    await sql('delete from outbox');
  });

  return {
    ...{ db, sql, aPerson, aRequest, jobs, sent, today, day, deliver, settled },
    ...{ anAccount, member, joins, aBill, pay }
  };

  /** Does what is queued, as the worker would, and answers with what it was. */
  async function deliver() {
    const queued = await sql<{ payload: Jobs['billing.tell_bill'] }>(
      `delete from outbox where job = 'billing.tell_bill' returning payload`
    );
    for (const { payload } of queued) await jobs['billing.tell_bill'](db, payload);
    return queued.map(({ payload }) => payload);
  }

  async function anAccount() {
    const number = String(10_000_000 + Math.trunc(Math.random() * 89_999_999));
    const [made] = await sql<{ id: string }>(
      `insert into account (number, holder) values ($1, 'Ada Brook') returning id`,
      [number]
    );
    return { account: made?.id ?? '', number };
  }

  function member(account: string, who: PersonActor, scope: string) {
    return aMember(account, who, 'authorised', scope);
  }

  function joins(account: string, who: PersonActor, kind: string, more: Record<string, unknown> = {}) {
    return sql(
      `insert into programme (account_id, kind, state, began_on, form_key, enrolled_by, days, method, most, currency)
       values ($1, $2, 'active', $3, gen_random_uuid(), $4, $5, $6, $7, $8)`,
      [
        ...[account, kind, day(-60), who.id],
        ...['days', 'method', 'most', 'currency'].map((name) => more[name] ?? null)
      ]
    );
  }

  async function aBill(
    account: string,
    number: string,
    { issued, due, total = 7000 }: { issued: number; due: number; total?: number }
  ) {
    const [made] = await sql<{ id: string }>(
      `with b as (insert into bill (account_id, number, currency, issued_on, due_on, period_from, period_to, total)
         values ($1, $2, 'USD', $3, $4, $3::date - 32, $3::date - 2, $5) returning id)
       insert into bill_line (bill_id, number, code, amount) select id, 1, 'other', $5 from b returning bill_id as id`,
      [account, number, day(issued), day(due), total]
    );
    return made?.id ?? '';
  }

  function pay(account: string, amount: number, state: string, on = 0, bill: string | null = null) {
    return sql<{ reference: string }>(
      `insert into payment (account_id, reference, amount, currency, method, state, paid_on, bill_id)
       values ($1, 'P-' || upper(left(md5(random()::text), 8)), $2, 'USD', 'bank', $3, $4, $5) returning reference`,
      [account, amount, state, day(on), bill]
    );
  }

  /** Whom the queued letters about paid bills reach, each job done twice. */
  async function settled() {
    const queued = await sql<{ payload: Jobs['billing.tell_settled'] }>(
      `delete from outbox where job = 'billing.tell_settled' returning payload`
    );
    for (const { payload } of [...queued, ...queued]) await jobs['billing.tell_settled'](db, payload);
    return sent.map(({ to }) => to);
  }
}
