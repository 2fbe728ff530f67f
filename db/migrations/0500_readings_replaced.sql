-- A reading given again for the same day replaces the one before. What that said is kept beside it, the last twenty of them.
alter table reading add column replaced text[] not null default '{}'
  constraint reading_replaced_few check (cardinality(replaced) <= 20);

create or replace function reading_keeps_replaced() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  new.replaced := (old.replaced || old.digits)[greatest(1, cardinality(old.replaced) - 18):];
  return new;
end $$;
create trigger reading_keeps_replaced before update of digits on reading for each row
  when (old.digits <> new.digits) execute function reading_keeps_replaced();
