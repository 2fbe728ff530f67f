-- A talk that came back from the assistant has two conversations of one request: it has one place in the line all the same.
CREATE OR REPLACE FUNCTION public.chat_line(of_request uuid, silent interval, per_agent integer)
 RETURNS TABLE(before integer, hands integer, holding integer, mostly real)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $$
  with mine as (
    select m.submitted_at, m.id from request m
    where m.id = of_request and exists (
      select from conversation own where own.request_id = m.id
        and ((select app_person()) = own.person_id or (own.person_id is null and m.id = any (app_visited()))))
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

CREATE OR REPLACE FUNCTION public.chats_before(of_request uuid)
 RETURNS integer
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $$
  select count(*)::integer from conversation c join request r on r.id = c.request_id,
    (select m.submitted_at, m.id from request m
     where m.id = of_request and exists (
       select from conversation own where own.request_id = m.id
         and (own.person_id = app_person() or (own.person_id is null and m.id = any (app_visited()))))) mine
  where c.ended_at is null and r.agent_id is null and r.status in ('submitted', 'open')
    and (r.submitted_at, r.id) < (mine.submitted_at, mine.id)
$$;
