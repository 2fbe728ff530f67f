/** Looks behind the scenes after the killing: is every receipt worth what it says, and is anything left over? */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { checksum } from '#lib/files/server/checksum.ts';
import { openStorage, originalFile } from '#lib/files/server/storage.ts';
import type { Said } from './chatting.ts';
import type { Asked } from './customers.ts';

/** One thing that was counted, and whether that is as many as there must not be. */
export interface Finding {
  name: string;
  count: number;
  wrong: boolean;
}

export async function aftermath(
  ownerUrl: string,
  dataDir: string,
  { asked, said }: { asked: Asked[]; said: Said[] },
  since: Date
): Promise<Finding[]> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await postGone(client);
    const findings = [
      await control(client, since),
      noReceipt(asked),
      ...(await requests(client, asked, since)),
      ...(await messages(client, said)),
      ...(await letters(client, since))
    ];
    return [...findings, ...(await files(client, dataDir))];
  } finally {
    await client.end();
  }
}

const none = (name: string, count: number): Finding => ({ name, count, wrong: count > 0 });
const some = (name: string, count: number): Finding => ({ name, count, wrong: false });

/** That nothing is found wrong means something only if a receipt that nobody gave is found out. */
async function control(client: pg.Client, since: Date): Promise<Finding> {
  const made_up = { key: randomUUID(), reference: 'ZZZZ-2222', tries: 1, files: 1 };
  const found = (await requests(client, [made_up], since)).filter(({ wrong }) => wrong).length;
  return { name: 'counts that find out a made-up receipt', count: found, wrong: found < 4 };
}

const noReceipt = (asked: Asked[]) =>
  none('forms whose sender never got a receipt', asked.filter(({ reference }) => !reference).length);

async function requests(client: pg.Client, asked: Asked[], since: Date) {
  const count = counter(client);
  const given = asked.filter(({ reference }) => reference);
  const receipts = `unnest($1::uuid[], $2::text[], $3::int[]) as receipt (key, reference, files)`;
  const values = [
    given.map(({ key }) => key),
    given.map(({ reference }) => reference),
    given.map((one) => one.files)
  ];
  const whole = `from submission s join request r on r.id = s.request_id
                 join request_reference f on f.request_id = r.id and f.reference = receipt.reference
                 where s.key = receipt.key`;
  return [
    none(
      'receipts without their request',
      await count(`${receipts} where not exists (select ${whole})`, values)
    ),
    none(
      'requests whose first event is not that they were sent',
      await count(
        `${receipts} where not exists (select ${whole} and exists (
           select from request_event e where e.request_id = r.id and e.number = 1 and e.kind = 'submitted'))`,
        values
      )
    ),
    none(
      'requests without a promise',
      await count(
        `${receipts} where not exists (select ${whole} and exists (select from promise p where p.request_id = r.id))`,
        values
      )
    ),
    none(
      'requests that lost a file, or have one twice',
      await count(
        `${receipts} where receipt.files <> (select count(*) from submission s
           join attachment a on a.request_id = s.request_id where s.key = receipt.key)`,
        values
      )
    ),
    none(
      'requests without a form, or with two',
      await count(
        `request r where r.submitted_at >= $1
           and 1 <> (select count(*) from submission s where s.request_id = r.id and s.number is null)`,
        [since]
      )
    ),
    none(
      'the same words twice',
      await count(
        `(select description from request where submitted_at >= $1 group by 1 having count(*) > 1) as twice`,
        [since]
      )
    ),
    none(
      'timelines with a gap',
      await count(
        `(select request_id from request_event group by 1
          having min(number) <> 1 or max(number) <> count(*)) as gaps`
      )
    ),
    none('emergencies out of nothing', await count('emergency where received_at >= $1', [since]))
  ];
}

/** What was said in the chat stands on a timeline once: as a message, or as the words that the request began with. */
async function messages(client: pg.Client, said: Said[]) {
  const count = counter(client);
  const times = `unnest($1::text[]) as said (text), lateral (
    select (select count(*) from message m where m.text = said.text)
         + (select count(*) from request r where r.description = said.text) as times) as found`;
  const kept = said.filter(({ isKept }) => isKept).map(({ text }) => text);
  return [
    none('messages in the chat that nobody took', said.length - kept.length),
    none('messages in the chat that were lost', await count(`${times} where times = 0`, [kept])),
    none('messages in the chat that are there twice', await count(`${times} where times > 1`, [kept])),
    some('messages in the chat', kept.length)
  ];
}

async function letters(client: pg.Client, since: Date) {
  const count = counter(client);
  const caught = `(select r.id, count(c.id) as copies from request r
                   left join caught_mail c on c.text like '%' || r.reference || '%'
                   where r.submitted_at >= $1 group by 1) as sent`;
  return [
    none('jobs that are still waiting', await count(`outbox where run_at < now()`)),
    none(
      'requests whose letter is not written down as sent',
      await count(
        `request r where r.submitted_at >= $1
           and 1 <> (select count(*) from letter l where l.request_id = r.id and l.kind = 'received')`,
        [since]
      )
    ),
    none('requests whose letter did not arrive', await count(`${caught} where copies = 0`, [since])),
    some('letters that arrived more than once', await count(`${caught} where copies > 1`, [since]))
  ];
}

async function files(client: pg.Client, dataDir: string) {
  const storage = openStorage(join(dataDir, 'files'));
  const { rows } = await client.query<{ id: string; state: string; sha256: string }>(
    'select id, state, sha256 from attachment'
  );
  const known = new Set(rows.map(({ id }) => id));
  let orphans = 0;
  for await (const id of storage.ids()) if (!known.has(id)) orphans += 1;

  let broken = 0;
  const kept = rows.filter(({ state }) => state === 'received' || state === 'ready');
  for (const { id, sha256 } of kept) {
    const size = await storage.size(id, originalFile);
    if (size === null || (await checksum(storage.read(id, originalFile))) !== sha256) broken += 1;
  }
  return [
    none('files without a row', orphans),
    none('rows whose file is missing or has changed', broken),
    some('files kept', kept.length),
    some(
      'uploads that broke off, and go by themselves',
      rows.filter(({ state }) => state === 'receiving').length
    )
  ];
}

/** Waits until the worker has caught up with what the killing delayed: tries that failed wait a little. */
async function postGone(client: pg.Client) {
  const count = counter(client);
  for (const end = Date.now() + 60_000; Date.now() < end; await pause(500)) {
    const unsent = `request r where r.submitted_at > now() - interval '1 hour' and not exists
                    (select from letter l where l.request_id = r.id and l.kind = 'received')
                    and exists (select from submission s where s.request_id = r.id)`;
    if ((await count('outbox where run_at < now()')) + (await count(unsent)) === 0) return;
  }
}

const counter =
  (client: pg.Client) =>
  async (what: string, values: unknown[] = []): Promise<number> =>
    Number((await client.query<{ count: string }>(`select count(*) from ${what}`, values)).rows[0]?.count);
