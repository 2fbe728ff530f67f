/** The limit: the same PostgreSQL, the same rows, by the bare driver with no page, no actor and no policy on the way. */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { referenceFrom } from '#lib/platform/reference.ts';
import { customerId, referenceOf, size } from './data.ts';
import { cpuOf } from './processes.ts';

export type Bare = { perSecond: number; databaseCpu: number };

/** What the bare driver does as well. */
export type BareWork = 'list' | 'detail' | 'create';
export const isBare = (work: string): work is BareWork => work in statements;

const someone = () => customerId(1 + Math.floor((Math.random() * size.customers) / 10));

const statements: Record<BareWork, (client: pg.Client) => Promise<unknown>> = {
  list: (client) =>
    client.query({
      name: 'list',
      text: `select id, reference, service_type, left(description, 80), status, submitted_at, resolved_at
             from request where requester_id = $1 order by id desc limit 20`,
      values: [someone()]
    }),
  detail: async (client) => {
    const i = Math.floor(Math.random() * size.requests);
    const request = client.query<{ id: string }>({
      name: 'one',
      text: 'select r.* from request_reference f join request r on r.id = f.request_id where f.reference = $1',
      values: [referenceOf(i)]
    });
    const timeline = client.query({
      name: 'timeline',
      text: `select e.number, e.kind, e.at, p.name, m.text
             from request_reference f join request_event e on e.request_id = f.request_id
             left join person p on p.id = e.actor_id
             left join message m on m.request_id = e.request_id and m.id = (e.payload->>'message')::uuid
             where f.reference = $1 order by e.number`,
      values: [referenceOf(i)]
    });
    await Promise.all([request, timeline]);
  },
  create: (client) =>
    client.query({
      name: 'create',
      text: `with asked as (
               insert into request (id, reference, requester_id, service_type, service_version, description, channel)
               values ($1, $2, $3, 'GENERAL', (select version from service_type where code = 'GENERAL'), $4, 'web')
               returning id)
             insert into request_event (request_id, number, kind, actor_role) select id, 1, 'submitted', '' from asked`,
      values: [
        randomUUID(),
        referenceFrom(crypto.getRandomValues(new Uint8Array(8))),
        someone(),
        'x'.repeat(500)
      ]
    })
};

/** Runs a statement on as many connections as there are clients, for so many seconds. */
export async function runBare(
  owner: string,
  postmaster: number,
  work: BareWork,
  { clients, seconds }: { clients: number; seconds: number }
): Promise<Bare> {
  const connections = await Promise.all(
    Array.from({ length: clients }, async () => {
      const client = new pg.Client({ connectionString: owner, pipeline: true });
      await client.connect();
      return client;
    })
  );
  let over = false;
  let done = 0;
  const before = cpuOf([postmaster]);
  const loops = connections.map(async (client) => {
    for (; !over; done += 1) await statements[work](client);
  });
  await pause(seconds * 1000);
  over = true;
  await Promise.all(loops);
  const databaseCpu = (cpuOf([postmaster]) - before) / done;
  await Promise.all(connections.map((client) => client.end()));
  return { perSecond: done / seconds, databaseCpu };
}
