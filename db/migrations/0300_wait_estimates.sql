-- What was said about waiting, and how it went: each range that somebody was shown, and, where none could be said, the
-- plain figure behind it, so that the next can be. And how requests of each kind go lately, as one curve of fixed size.

create table wait_curve (
  service_type text not null,
  team_id uuid references team on delete cascade,
  channel text not null check (length(channel) <= 20),
  -- In hours, as `sla/waits/curve.ts` has the shares.
  hours real[] not null check (array_length(hours, 1) between 1 and 40),
  learned_at timestamptz not null default now(),
  constraint wait_curve_one unique nulls not distinct (service_type, team_id, channel)
);
alter table wait_curve enable row level security;
create policy wait_curve_read on wait_curve for select to hearth_web using (true);
create policy wait_curve_worker on wait_curve to hearth_worker using (true);
grant select on wait_curve to hearth_web;
grant select, insert, delete on wait_curve to hearth_worker;

create table wait_estimate (
  id uuid primary key default uuidv7(),
  request_id uuid not null references request on delete cascade,
  -- Until a person answers in the chat, or until the request is resolved.
  awaits text not null check (awaits in ('answer', 'resolution')),
  service_type text not null,
  team_id uuid references team on delete set null,
  said_at timestamptz not null default now(),
  earliest timestamptz,
  latest timestamptz,
  check ((earliest is null) = (latest is null) and (earliest is null or earliest <= latest)),
  -- As it was said, so that it is kept once however often the page is read; empty where nothing was said.
  said text not null check (length(said) <= 60),
  -- In a chat: the minutes that the queue and the people at work suggest, and whether somebody had a hand free.
  figure real check (figure > 0),
  at_once boolean,
  outcome text check (outcome in ('right', 'early', 'late', 'left')),
  happened_at timestamptz,
  check (outcome is null or outcome = 'left' or outcome = 'late' or happened_at is not null),
  constraint wait_estimate_once unique (request_id, awaits, said)
);
create index wait_estimate_open on wait_estimate (said_at) where happened_at is null;
create index wait_estimate_lately on wait_estimate (said_at desc);
create index wait_estimate_came on wait_estimate (said_at desc) where happened_at is not null;
alter table wait_estimate enable row level security;
create policy wait_estimate_said on wait_estimate for insert to hearth_web
  with check (outcome is null and happened_at is null and said_at = now()
              and exists (select 1 from request r where r.id = request_id and r.service_type = wait_estimate.service_type
                          and r.team_id is not distinct from wait_estimate.team_id));
create policy wait_estimate_judged on wait_estimate for select to hearth_web
  using ((select app_role()) in ('supervisor', 'admin'));
create policy wait_estimate_worker on wait_estimate to hearth_worker using (true);
grant select, insert on wait_estimate to hearth_web;
grant select, delete on wait_estimate to hearth_worker;
grant update (outcome, happened_at) on wait_estimate to hearth_worker;

-- The line in the chat as it stands before this conversation, or before one that begins now; nothing about anybody in it.
-- `hands` are those of the people at their desks, `holding` what they hold, `mostly` minutes that a conversation takes.
create function chat_line(of_request uuid, silent interval, per_agent integer)
returns table (before integer, hands integer, holding integer, mostly real)
language sql stable security definer set search_path = public, pg_temp as $$
  with mine as (
    select m.submitted_at, m.id from request m join conversation own on own.request_id = m.id
    where m.id = of_request and ((select app_person()) = own.person_id
                                 or (own.person_id is null and m.id = any (app_visited())))
  ), live as (
    select r.id, r.agent_id, r.submitted_at from conversation c join request r on r.id = c.request_id
    where c.ended_at is null and r.status in ('submitted', 'open')
  ), here as (
    select d.person_id from chat_desk d join person p on p.id = d.person_id and p.deactivated_at is null
    where d.seen_at > now() - silent
  ), lately as (
    select least(extract(epoch from coalesce(r.resolved_at, c.ended_at) - r.first_response_at) / 60, 60) as minutes
    from conversation c join request r on r.id = c.request_id
    where r.first_response_at is not null and coalesce(r.resolved_at, c.ended_at) > r.first_response_at
      and c.last_at > now() - interval '30 days'
    order by c.last_at desc limit 50
  )
  select (select count(*)::integer from live l where l.agent_id is null
          and ((l.submitted_at, l.id) < (select submitted_at, id from mine) or not exists (select 1 from mine))),
         (select count(*)::integer from here) * per_agent,
         (select count(*)::integer from live l join here h on h.person_id = l.agent_id),
         (select (percentile_cont(0.5) within group (order by minutes))::real from lately)
$$;
revoke all on function chat_line(uuid, interval, integer) from public;
grant execute on function chat_line(uuid, interval, integer) to hearth_web;

-- How the figure fared lately: how many times as long it took until somebody answered; of nobody in particular.
create function chat_fared() returns table (at_once boolean, times real)
language sql stable security definer set search_path = public, pg_temp as $$
  select e.at_once, (extract(epoch from e.happened_at - e.said_at) / 60 / e.figure)::real from wait_estimate e
  where e.awaits = 'answer' and e.happened_at is not null and e.figure is not null and e.outcome is distinct from 'left'
  order by e.said_at desc limit 400
$$;
revoke all on function chat_fared() from public;
grant execute on function chat_fared() to hearth_web;
