-- A desk that went silent in the very moment its member of staff took a conversation has said nothing since: what counts is
-- that it spoke shortly before. Who works without scripts has not spoken for long, and is left alone as before.

create or replace function return_abandoned_chats(silent interval) returns table (request_id uuid, locale text)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  one record;
begin
  for one in
    select r.id, r.agent_id, r.team_id, c.locale from conversation c
    join request r on r.id = c.request_id
    join chat_desk d on d.person_id = r.agent_id
    where c.ended_at is null and r.status in ('submitted', 'open') and d.seen_at < now() - silent
      and d.seen_at >= (select max(e.at) from request_event e where e.request_id = r.id and e.kind = 'assigned')
                       - interval '60 seconds'
    for update of r skip locked
  loop
    update request set agent_id = null where id = one.id;
    insert into request_event (request_id, number, actor_role, kind, payload)
      values (one.id, 1, '', 'assigned', jsonb_build_object('agent', null, 'team', one.team_id,
              'taken_from', jsonb_build_object('agent', one.agent_id, 'team', one.team_id)));
    request_id := one.id;
    locale := one.locale;
    return next;
  end loop;
end $$;
