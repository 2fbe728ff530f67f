-- The mean temperature outdoors of each day, as a utility's weather file says it: what was used is shown beside it.

create table weather_day (
  day date primary key,
  -- In degrees Celsius.
  temperature numeric(3, 1) not null
);

-- Of nobody, and for everybody.
alter table weather_day enable row level security;
create policy weather_day_web on weather_day for select to hearth_web using (true);
create policy weather_day_worker on weather_day for select to hearth_worker using (true);
grant select on weather_day to hearth_web, hearth_worker;
