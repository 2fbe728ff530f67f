/** Proves that no cylinder is ever lost from the ledger: orders, deliveries and returns at once, connections killed under them. */
import '../bin/own-node.ts';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { PersonActor, Role } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { deliverOrder } from '#lib/orders/server/delivering.ts';
import { placeOrder } from '#lib/orders/server/ordering.ts';
import { takeBack } from '#lib/orders/server/returns.ts';
import { advance, cancelOrder } from '#lib/orders/server/transitions.ts';
import { ordersOn } from '../tests/support/orders.ts';
import { startTestServer, withDatabase } from '../tests/support/server.ts';

const seconds = Number(process.env.SECONDS ?? 20);
const server = await startTestServer({ outside: undefined });
const at = (url: string) => withDatabase(url, server.template);
const owner = new pg.Client({ connectionString: at(server.urls.owner) });
await owner.connect();
const web = openDatabase(at(server.urls.web), 'hearth_web', { size: 12 });
try {
  process.exitCode = (await prove()) ? 0 : 1;
} finally {
  await web.close();
  await owner.end();
  await server.stop();
}
process.exit();

async function sql<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []) {
  return (await owner.query<Row>(text, values)).rows;
}

async function prove() {
  const { home, slot, receive } = await ordersOn(sql);
  const driver = await person('agent');
  const customers = [];
  for (let n = 0; n < 12; n++) {
    const who = await person('customer');
    customers.push({ who, place: await home(who.id) });
  }
  const week = await slot(500);
  await receive('CYL-20', 400);

  const over = new AbortController();
  const done: Record<string, number> = {};
  const ends = customers.map(({ who, place }) => live({ who, place, driver, week, done }, over.signal));
  const watched = watch(over.signal);
  const killed = await kill(over);
  await Promise.all(ends);
  const { looks, parted } = await watched;
  const [sums] = await sql<{ went_out: number; came_back: number; held: number }>(
    `select sum(greatest(held_change, 0))::int as went_out, -sum(least(held_change, 0))::int as came_back,
            (select sum(held)::int from cylinder_holding) as held from stock_move`
  );
  const { went_out = 0, came_back = 0, held = -1 } = sums ?? {};
  const found = await control();
  say(`${JSON.stringify(done)}, ${killed} connections killed, ${looks} looks while it went on`);
  say(`out ${went_out} − in ${came_back} = ${went_out - came_back}; with customers ${held}`);
  say(`${parted === 0 ? '✓' : '✗'} ledger and count parted ${parted} times`);
  say(`${found ? '✓' : '✗'} a number that was written by hand is found out`);
  return (
    parted === 0 && found && went_out - came_back === held && (done['delivered'] ?? 0) > 10 && killed > 5
  );
}

interface Life {
  who: PersonActor;
  place: Awaited<ReturnType<Awaited<ReturnType<typeof ordersOn>>['home']>>;
  driver: PersonActor;
  week: string;
  done: Record<string, number>;
}

/** Somebody orders, and has it brought, or calls it off, or gives one back, until it is over. What fails is tried no more. */
async function live({ who, place, driver, week, done }: Life, over: AbortSignal) {
  const [her, desk] = [web.as(who), web.as(driver)];
  while (!over.aborted) {
    try {
      const empties = Math.random() < 0.5 ? 1 : 0;
      const reference = await placeOrder(her, who, {
        ...{
          key: randomUUID(),
          account: place.account,
          to: place.to,
          skill: 'cylinder_delivery',
          slot: week
        },
        lines: [{ product: 'CYL-20', quantity: 1, empties }],
        ...{
          currency: 'USD',
          total: 2199n + BigInt(1 - empties) * 4000n,
          pays: 'on_delivery',
          access_notes: ''
        },
        ...{ today: new Date().toISOString().slice(0, 10), locale: 'en' }
      });
      if (Math.random() < 0.2) {
        await cancelOrder(her, who, reference, 'customer');
        count(done, 'cancelled');
        continue;
      }
      await advance(desk, driver, reference, 'packed');
      await advance(desk, driver, reference, 'on_the_way', { early: true });
      const [code] = await sql<{ code: string }>(
        `select code from order_code c join customer_order o on o.id = c.order_id where o.reference = $1`,
        [reference]
      );
      const handover = { code: code?.code ?? '', empties: { 'CYL-20': empties }, paid: 'cash' as const };
      if ((await deliverOrder(desk, driver, reference, handover)) === 'right') count(done, 'delivered');
      const faulty = Math.random() < 0.5;
      await takeBack(desk, driver, {
        ...{ key: randomUUID(), account: place.account, customer: who.id, currency: 'USD' },
        back: {
          ...{ product: 'CYL-20', quantity: 1, serial: faulty ? 'AB 1' : null },
          ...{ kind: faulty ? 'faulty' : 'surrendered', replaced: faulty && Math.random() < 0.5 }
        }
      });
      count(done, 'back');
    } catch {
      // A connection that was killed, or nothing left to give back: both are part of it.
      count(done, 'refused');
      await pause(20);
    }
  }
}

/** Looks all the time whether the two have parted. */
async function watch(over: AbortSignal) {
  let [looks, parted] = [0, 0];
  while (!over.aborted) {
    parted += (await sql('select 1 from cylinders_out_of_step()')).length;
    parted += (await sql('select 1 from stock_out_of_step()')).length;
    looks += 1;
    await pause(50);
  }
  return { looks, parted };
}

async function kill(over: AbortController) {
  let killed = 0;
  for (const end = Date.now() + seconds * 1000; Date.now() < end;) {
    await pause(300 + Math.random() * 300);
    const [one] = await sql(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'hearth_web' and state <> 'idle' order by random() limit 1`
    );
    killed += one ? 1 : 0;
  }
  over.abort();
  return killed;
}

/** That nothing has parted means something only if what is written past the ledger is found. */
async function control() {
  await sql('begin');
  await sql('set local session_replication_role = replica');
  await sql(
    `update cylinder_holding set held = held + 1 where account_id = (select account_id from cylinder_holding limit 1)`
  );
  const found = (await sql('select 1 from cylinders_out_of_step()')).length > 0;
  await sql('rollback');
  return found;
}

async function person(role: Role): Promise<PersonActor> {
  const [made] = await sql<{ id: string }>(
    `insert into person (email, email_verified, name, role) values ($1, true, 'Ada Brook', $2) returning id`,
    [`${randomUUID()}@${role}.example`, role]
  );
  return { kind: 'person', id: made?.id ?? '', role, team: null };
}

function count(done: Record<string, number>, what: string) {
  done[what] = (done[what] ?? 0) + 1;
}

function say(line: string) {
  process.stdout.write(`${line}\n`);
}
