-- What visitors write is counted by the network they come from, for a cookie is had for nothing. A network may be a whole
-- block of flats or a carrier's, so it has five times what one person has.

create table source_budget (
  source text not null check (length(source) <= 64),
  kind text not null,
  count integer not null,
  window_ends_at timestamptz not null,
  primary key (source, kind)
);
create index source_budget_ends on source_budget (window_ends_at);
alter table source_budget enable row level security;
create policy source_budget_worker on source_budget to hearth_worker using (true);
grant select, delete on source_budget to hearth_worker;

create or replace function spend_budget() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  most constant integer := tg_argv[1]::integer;
  minutes constant integer := tg_argv[2]::integer;
  source constant text := nullif(current_setting('app.source', true), '');
  spent integer;
begin
  if app_role() = 'customer' and app_person() is not null then
    insert into budget as b (person_id, kind, count, window_ends_at)
      values (app_person(), tg_argv[0], 1, now() + make_interval(mins => minutes))
      on conflict (person_id, kind) do update set
        count = case when b.window_ends_at > now() then b.count + 1 else 1 end,
        window_ends_at = case when b.window_ends_at > now() then b.window_ends_at else excluded.window_ends_at end
      returning count into spent;
  elsif app_person() is null and source is not null then
    insert into source_budget as b (source, kind, count, window_ends_at)
      values (source, tg_argv[0], 1, now() + make_interval(mins => minutes))
      on conflict on constraint source_budget_pkey do update set
        count = case when b.window_ends_at > now() then b.count + 1 else 1 end,
        window_ends_at = case when b.window_ends_at > now() then b.window_ends_at else excluded.window_ends_at end
      returning (count + 4) / 5 into spent;
  end if;
  if spent > most then
    raise exception 'too many of one person or network' using errcode = 'check_violation', constraint = 'budget_spent';
  end if;
  return null;
end $$;
