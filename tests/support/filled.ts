/** A database full of what the product really writes, made by SQL in seconds: ten thousands of rows in what grows. */
import { createHash } from 'node:crypto';
import type { makersOn } from './makers.ts';

/** The tables that grow for ever: no page and no job reads one of them whole. */
export const large = [
  ...['request', 'request_event', 'request_reference', 'message', 'promise', 'request_words', 'attachment'],
  ...['person', 'account', 'account_member', 'premises', 'sign_in_session', 'submission', 'audit_entry'],
  ...['emergency', 'emergency_entry', 'emergency_said', 'letter', 'screen_verdict'],
  ...['meter', 'reading', 'bill', 'bill_line', 'payment', 'payment_attempt', 'slot_place'],
  ...['conversation', 'conversation_line']
];

/** Fills it, and has the database count what it holds. It must be fresh, with the catalogue published. */
export async function fillDatabase({ sql }: Pick<Awaited<ReturnType<typeof makersOn>>, 'sql'>) {
  // What is made here is consistent by construction; triggers and foreign keys are for what is not.
  await sql('set session_replication_role = replica');
  for (const statement of everything) await sql(statement);
  await sql('set session_replication_role = origin');
  await sql('analyze');
}

/** Who looks at it, and one request of the customer's. */
export const ids = {
  customer: uuid('person 7'),
  agent: uuid('staff 1'),
  supervisor: uuid('staff 9'),
  admin: uuid('staff 10'),
  team: uuid('team 1'),
  account: uuid('account 7')
};

/** The newest of ten years. */
export const billOfCustomer = 'B-7-1';

/** As `md5('person 7')::uuid` makes it. */
function uuid(name: string) {
  const digest = createHash('md5').update(name).digest('hex');
  return digest.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

const customers = 6_000;
const requests = 30_000;
/** How many somebody has; one of them for ten years, `n` being whose. */
const billsOf = `case n when 7 then 120 else 6 end`;

/** Three in a hundred are open, and some have just been resolved; all others ended long ago. */
const statusOf = `case when n % 100 = 0 then 'submitted' when n % 100 = 1 then 'open' when n % 100 = 2 then 'waiting'
                       when n % 100 = 3 then 'scheduled' when n % 50 = 4 then 'resolved' when n % 50 = 5 then 'cancelled'
                       else 'closed' end`;
const at = `now() - (${requests} - n) * interval '7 minutes' - interval '1 hour'`;
const isOpen = `request_is_open(status)`;

/** Words as varied as people's: no two descriptions are alike, and any one word stands in few of them. */
const words = `(select string_agg(word, ' ') from (
  select (array['boiler', 'invoice', 'meter', 'kitchen', 'landlord', 'cylinder', 'refund', 'heating', 'reading', 'visit',
                'payment', 'moving', 'address', 'valve', 'cold', 'winter', 'letter', 'account'])
         [1 + (n * (k + 3) + k * k) % 18] || case when k % 4 = 0 then ' ' || substr(md5((n * k)::text), 1, 6) else '' end
  from generate_series(1, 14) k) said (word))`;

const everything = [
  `insert into team (id, code, name)
   select md5('team ' || n)::uuid, 'team-' || n, 'Team ' || n from generate_series(1, 4) n`,
  `insert into person (id, email, email_verified, name, role, phone)
   select md5('person ' || n)::uuid, 'c' || n || '@customer.example', true,
          (array['Ada', 'Ben', 'Chloé', 'Dev', 'Eva', 'Farid', 'Grace'])[1 + n % 7] || ' '
            || initcap(substr(md5('name ' || n), 1, 7)), 'customer', '+1 555 ' || (1000000 + n)
   from generate_series(1, ${customers}) n`,
  `insert into person (id, email, email_verified, name, role, team_id, two_factor_enabled)
   select md5('staff ' || n)::uuid, 's' || n || '@staff.example', true, 'Staff ' || n,
          case n when 9 then 'supervisor' when 10 then 'admin' else 'agent' end,
          md5('team ' || (1 + (n - 1) % 4))::uuid, true
   from generate_series(1, 10) n`,
  `insert into account (id, number, holder)
   select md5('account ' || n)::uuid, (10000000 + n)::text, 'Holder ' || n from generate_series(1, ${customers}) n`,
  `insert into account_member (account_id, person_id, kind, scope)
   select md5('account ' || n)::uuid, md5('person ' || n)::uuid, 'holder', 'act'
   from generate_series(1, ${customers}) n`,
  `insert into premises (id, account_id, line, town, postcode)
   select md5('premises ' || n)::uuid, md5('account ' || n)::uuid, n || ' Mill Lane', 'Northgate', (10000 + n)::text
   from generate_series(1, ${customers}) n`,
  `insert into sign_in_session (person_id, token, expires_at)
   select md5('person ' || n)::uuid, md5('token ' || n), now() + interval '7 days'
   from generate_series(1, ${customers}) n`,
  `update service_type s set team_id = md5('team ' || (1 + length(code) % 4))::uuid`,
  `insert into request (id, reference, requester_id, account_id, premises_id, service_type, service_version, description,
                        contact, channel, status, priority, team_id, agent_id, last_number, due_at, visit_on,
                        submitted_at, resolved_at, closed_at)
   select md5('request ' || n)::uuid,
          (select string_agg(substr('23456789ABCDEFGHJKLMNPQRSTUVWXYZ', ((n >> least(5 * (7 - place), 30)) & 31) + 1, 1)
                             || case when place = 3 then '-' else '' end, '' order by place)
           from generate_series(0, 7) place),
          md5('person ' || p)::uuid, md5('account ' || p)::uuid, md5('premises ' || p)::uuid, t.code, t.version,
          ${words}, '{"contact_by": "email"}', 'web', ${statusOf}, 1 + n % 4,
          case when n % 29 > 0 then md5('team ' || (1 + n / 7 % 4))::uuid end,
          case when n % 100 > 0 then md5('staff ' || (1 + n / 7 % 8))::uuid end, 4,
          case when n % 100 in (0, 1, 3) then ${at} + interval '1 day' else 'infinity' end,
          case when n % 100 = 3 then current_date + 3 end, ${at},
          case when n % 100 > 3 then ${at} + interval '2 days' end,
          case when n % 100 > 5 then ${at} + interval '16 days' end
   from generate_series(1, ${requests}) n,
        lateral (select 1 + (n * 7919) % ${customers}) of (p),
        lateral (select code, version from service_type order by code offset n % 30 limit 1) t`,
  `insert into request_reference (reference, request_id) select reference, id from request`,
  `insert into submission (key, person_id, form, digest, request_id)
   select gen_random_uuid(), requester_id, service_type, 'digest', id from request`,
  `insert into message (id, request_id, author_id, author_role, visibility, text)
   select md5(r.id::text || k)::uuid, r.id, coalesce(r.agent_id, r.requester_id), 'agent', 'public', r.description
   from request r, generate_series(2, 3) k`,
  `insert into request_event (request_id, number, kind, visibility, actor_id, actor_role, at, payload)
   select r.id, k, case k when 1 then 'submitted' when 4 then 'status' else 'message' end, 'public', r.requester_id,
          'customer', r.submitted_at + k * interval '1 hour',
          case when k in (2, 3) then jsonb_build_object('message', md5(r.id::text || k)) else '{}' end
   from request r, generate_series(1, 4) k`,
  `insert into promise (request_id, kind, minutes, hours, state, started_at, due_at, minutes_left, ended_at)
   select r.id, kind, 600, 'working',
          case when not ${isOpen} then 'kept' when status = 'waiting' then 'paused'
               when r.due_at < now() then 'missed' else 'running' end,
          r.submitted_at, case when status <> 'waiting' then r.submitted_at + interval '1 day' end, 60,
          case when not ${isOpen} then r.resolved_at end
   from request r, (values ('first_response'), ('resolution')) kinds (kind)`,
  `insert into request_words (request_id, words, inside)
   select id, said, said from request, lateral array_to_tsvector(words_of(reference || ' ' || description)) of (said)`,
  `insert into attachment (form_key, person_id, request_id, name, size, state, type, sha256, scan, preview, received_at)
   select gen_random_uuid(), requester_id, id, 'photo.jpg', 1000, 'ready', 'image/jpeg', repeat('a', 64), 'clean', 'made',
          submitted_at
   from request where get_byte(uuid_send(id), 0) < 64`,
  `insert into audit_entry (actor_id, actor_role, action, subject_kind, subject_id)
   select md5('staff ' || (1 + n % 10))::uuid, 'agent', 'request.opened', 'request', md5('request ' || n)::uuid
   from generate_series(1, 10000) n`,
  `insert into emergency (id, reference, verdict, status, channel, person_id, locale, received_at, acknowledged_at)
   select md5('emergency ' || n)::uuid, 'E' || n, 'emergency', case when n > 4990 then 'received' else 'made_safe' end,
          'form', md5('person ' || n)::uuid, 'en', now() - (5000 - n) * interval '1 hour',
          case when n <= 4990 then now() - (5000 - n) * interval '1 hour' end
   from generate_series(1, 5000) n`,
  `insert into emergency_entry (emergency_id, kind)
   select id, kind from emergency, (values ('received'), ('shown')) kinds (kind)`,
  `insert into emergency_said (emergency_id, kind, text, phone)
   select id, kind, case kind when 'words' then 'It smells of eggs' end, case kind when 'contact' then '555 0101' end
   from emergency, (values ('words'), ('contact')) kinds (kind)`,
  `insert into meter (id, premises_id, serial, digits, installed_on)
   select md5('meter ' || n)::uuid, md5('premises ' || n)::uuid, 'M' || n, 5, current_date - 4000
   from generate_series(1, ${customers}) n`,
  `insert into reading (meter_id, read_on, digits, source, taken_by)
   select md5('meter ' || n)::uuid, current_date - 30 * k, lpad((20000 - 100 * k)::text, 5, '0'),
          case when k % 2 = 1 then 'customer' else 'utility' end, case when k % 2 = 1 then md5('person ' || n)::uuid end
   from generate_series(1, ${customers}) n, generate_series(1, ${billsOf}) k`,
  `insert into bill (id, account_id, number, currency, issued_on, due_on, period_from, period_to, total, quantity, unit,
                     meter_id, opening, closing)
   select md5('bill ' || n || ' ' || k)::uuid, md5('account ' || n)::uuid, 'B-' || n || '-' || k, 'USD',
          read_on + 3, read_on + 24, read_on - 29, read_on,
          4200, 40, 'therm', md5('meter ' || n)::uuid, lpad((20000 - 100 * k - 100)::text, 5, '0'),
          lpad((20000 - 100 * k)::text, 5, '0')
   from generate_series(1, ${customers}) n, generate_series(1, ${billsOf}) k,
        lateral (select current_date - 30 * k - case when n % 20 = 0 then 0 else 18 end) of (read_on)`,
  `insert into bill_line (bill_id, number, code, amount)
   select b.id, line.number, line.code, line.amount
   from bill b, (values (1, 'standing', 1200), (2, 'gas', 2600), (3, 'tax', 400)) line (number, code, amount)`,
  `insert into payment (account_id, reference, amount, currency, method, paid_on, person_id, bill_id)
   select account_id, 'paid ' || number, 4200, 'USD', 'card', due_on - 2,
          md5('person ' || split_part(number, '-', 2))::uuid, id
   from bill where due_on < current_date and split_part(number, '-', 2)::int % 100 <> 0`,
  `insert into payment_attempt (reference, subject_kind, subject_id, account_id, person_id, form_key, amount, currency,
                                provider, state, paid_on, ended_at)
   select 'P-' || lpad(split_part(number, '-', 2), 8, '0'), 'bill', id, account_id,
          md5('person ' || split_part(number, '-', 2))::uuid, gen_random_uuid(), 4200, 'USD', 'demo', 'paid',
          due_on - 2, now()
   from bill where number like '%-4'`,
  `insert into area (code, name) values ('filled', 'Everywhere')`,
  `insert into slot (id, kind, area, skill, on_day, from_time, to_time, zone, capacity, taken)
   select md5('slot ' || n)::uuid, 'visit', 'filled', 'gas', current_date + 20 - n / 4,
          time '08:00' + (n % 4) * interval '2 hours', time '10:00' + (n % 4) * interval '2 hours', 'America/New_York',
          20, case when n < 100 then 1 else 0 end
   from generate_series(1, 4000) n`,
  `insert into slot_place (slot_id, subject_kind, subject_id, state, why)
   select md5('slot ' || (1 + n * 7 % 4000))::uuid, 'request', md5('request ' || n)::uuid,
          case when n % 100 = 3 then 'taken' else 'given_back' end, case when n % 100 <> 3 then 'over' end
   from generate_series(1, ${requests}, 2) n`,
  `insert into conversation (id, person_id, request_id, started_at, last_at, ended_at)
   select md5('conversation ' || n)::uuid, md5('person ' || (1 + n % ${customers}))::uuid,
          case when n % 3 = 0 then md5('request ' || n)::uuid end, ${at}, ${at}, ${at}
   from generate_series(1, ${requests}) n`,
  `insert into conversation_line (conversation_id, number, key, spoken_by, text)
   select md5('conversation ' || n)::uuid, k, gen_random_uuid(), case k % 2 when 1 then 'customer' else 'assistant' end,
          'A line of it'
   from generate_series(1, ${requests}) n, generate_series(1, 2) k`,
  `insert into letter (key, kind, message_id, person_id, request_id)
   select 'request ' || r.id, 'received', r.id::text, r.requester_id, r.id from request r`,
  `insert into screen_verdict (digest, level, channel) select md5('said ' || n), 'clear', 'form' from generate_series(1, 10000) n`
];
