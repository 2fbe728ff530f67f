-- Whoever moves in gets the place and its meter, and nothing of the household before: its priority services go, its readings
-- and their photos are the utility's alone. Null: the account has had it ever since it was brought in.
alter table premises add column held_since date;

create function premises_change_hands()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  new.held_since := current_date;
  delete from priority_service where premises_id = new.id;
  return new;
end $function$;

create trigger premises_change_hands before update of account_id on premises
  for each row when (new.account_id is distinct from old.account_id) execute function premises_change_hands();

alter policy reading_seen on reading
  using (exists (select 1 from meter m join premises p on p.id = m.premises_id
    where m.id = reading.meter_id
      and ((select app_is_staff()) or p.held_since is null or reading.read_on >= p.held_since
        or reading.taken_by = (select app_person()))));
