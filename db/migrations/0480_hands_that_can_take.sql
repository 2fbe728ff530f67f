-- Whoever has a desk open can say that they take no chats for now, and of a chat that was handed on it is known by whom:
-- they hear of it when nobody takes it.

alter table chat_desk add column paused_at timestamptz;
grant insert (paused_at), update (paused_at) on chat_desk to hearth_web;

alter table conversation add column offered_by uuid references person on delete set null;
create index conversation_offered_by on conversation (offered_by) where offered_by is not null;

-- Also to a team, so that it shows when nobody there takes it.
CREATE OR REPLACE FUNCTION public.offer_chat(of_request uuid, to_person uuid, said text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $$
begin
  update conversation set offered_to = to_person, offered_at = now(), offered_by = app_person()
  where id = chat_in_hand(of_request);
  perform say_unsigned(of_request, said);
end $$;

-- Only hands that can take it are counted: of people who have not paused, and who see the requests of its team.
CREATE OR REPLACE FUNCTION public.chat_line(of_request uuid, silent interval, per_agent integer)
 RETURNS TABLE(before integer, hands integer, holding integer, mostly real)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $$
  with mine as (
    select m.submitted_at, m.id, m.team_id from request m
    where m.id = of_request and exists (
      select from conversation own where own.request_id = m.id
        and ((select app_person()) = own.person_id or (own.person_id is null and m.id = any (app_visited()))))
  ), its as (
    -- What begins now goes to the team of general questions.
    select case when exists (select 1 from mine) then (select team_id from mine)
                else (select s.team_id from service_type s where s.code = 'GENERAL') end as team
  ), live as (
    select r.id, r.agent_id, r.team_id, r.submitted_at from conversation c join request r on r.id = c.request_id
    where c.ended_at is null and r.status in ('submitted', 'open')
  ), here as (
    select d.person_id from chat_desk d join person p on p.id = d.person_id and p.deactivated_at is null
    cross join its
    where d.seen_at > now() - silent and d.paused_at is null
      and (p.role in ('supervisor', 'admin') or its.team is null or p.team_id = its.team)
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
