-- Who comes only after we owned up to a missed visit does not take back what we owe for it: it is owed no more only where
-- somebody was there in time, and their report came late.
create or replace function compensation_withdrawn() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select from visit_report r where r.visit_id = new.id and r.happened_at > old.ended_at) then return null; end if;
  update compensation set state = 'withdrawn', settled_at = now(), settled_by = new.technician_id
    where visit_id = new.id and state = 'owed';
  return null;
end $$;
