/** What customers were told about waiting and how it went, a call that somebody waits for, and replies often said. */
import type pg from 'pg';
import type { Calendar } from '#lib/sla/calendar.ts';
import { windowsFrom } from '#lib/chat/call-back.ts';

const replies = [
  [
    'Greeting',
    'Hello {customer name},\n\nthank you for writing to us. I am looking at your request {reference} now.'
  ],
  [
    'Where the meter reading stands',
    'Hello {customer name}, please give us the black digits of your meter, without the red ones, and the day on which you read them.'
  ],
  ['Goodbye', 'Is there anything else I can do for you? Kind regards, {my name}']
] as const;

export async function seedWaits(client: pg.ClientBase, { working, now }: { working: Calendar; now: Date }) {
  // One in ten came sooner and one in ten later than was said; what a demo shows was made by nobody's waiting.
  await client.query(`
    insert into wait_estimate (request_id, awaits, service_type, team_id, said_at, earliest, latest, said, outcome,
                               happened_at)
    select id, 'resolution', service_type, team_id, submitted_at,
           case luck when 0 then resolved_at + interval '1 day' else resolved_at - took * 0.6 end,
           case luck when 9 then resolved_at - took * 0.1 when 0 then resolved_at + interval '3 days'
                else resolved_at + took * 0.5 end,
           'demo', case luck when 0 then 'early' when 9 then 'late' else 'right' end, resolved_at
    from (select *, resolved_at - submitted_at as took, abs(hashtext(reference)) % 10 as luck from request
          where resolved_at > submitted_at and submitted_at > now() - interval '80 days' and priority > 1) r`);
  await client.query(`insert into outbox (job, payload) values ('requests.learn_waits', '{}')`);

  const [window] = windowsFrom(working, now);
  if (window)
    await client.query(
      `insert into call_back (request_id, phone, begins_at, ends_at)
       select id, '2075550147', $1, $2 from request where status = 'submitted' and requester_id is not null
       order by submitted_at desc limit 1`,
      [window.from, window.to]
    );
  for (const [name, text] of replies)
    await client.query('insert into saved_reply (name, text) values ($1, $2)', [name, text]);
}
