-- Whoever goes to a place reads what colleagues found there before, also where the request was another team's: the last
-- visits with what became of them. Nobody else does, and what is private stays so.
create function visits_before(of_visit uuid)
returns table (id uuid, on_day date, state text, note text, technician text, service_type text, service_version integer)
language sql stable security definer set search_path = public, pg_temp as $$
  select v.id, v.on_day, v.state, coalesce(b.note, ''), t.name, r.service_type, r.service_version
  from visit mine join request asked on asked.id = mine.request_id
  join request r on r.account_id = asked.account_id and r.premises_id = asked.premises_id and not r.private
  join visit v on v.request_id = r.id and v.id <> mine.id and v.ended_at is not null and v.state <> 'called_off'
  left join visit_report b on b.visit_id = v.id
  left join person t on t.id = v.technician_id
  where mine.id = of_visit and mine.technician_id = app_person() and mine.request_id = any (app_visits_mine())
  order by v.on_day desc, v.id desc limit 5
$$;
revoke all on function visits_before(uuid) from public;
grant execute on function visits_before(uuid) to hearth_web;
