-- How somebody wants to be written to and reached: what letters may go, when, and where else we find them.

create table contact_wish (
  person_id uuid primary key references person on delete cascade,
  second_phone text check (length(second_phone) <= 60),
  street text check (length(street) <= 200),
  town text check (length(town) <= 100),
  postcode text check (length(postcode) <= 20),
  channel text not null default 'email' check (channel in ('email', 'phone', 'post')),
  formats text[] not null default '{}' check (formats <@ array['large_print', 'braille', 'audio', 'no_calls']),
  -- Letters that can wait do so between these two, on the utility's clock. Over midnight the first is the later one.
  quiet_from time,
  quiet_until time,
  -- Kinds of letters that are not wanted.
  muted text[] not null default '{}' check (muted <@ array['request', 'bill', 'reading', 'appointment', 'news']),
  updated_at timestamptz not null default now(),
  check ((quiet_from is null) = (quiet_until is null) and quiet_from <> quiet_until),
  check (num_nulls(street, town, postcode) in (0, 3)),
  check (channel <> 'phone' or not 'no_calls' = any (formats)),
  check (channel <> 'post' or street is not null)
);

alter table contact_wish enable row level security;
create policy contact_wish_own on contact_wish to hearth_web
  using (person_id = (select app_person())) with check (person_id = (select app_person()));
-- Staff write down what a customer tells them; the log says who did.
create function app_is_customer(of_person uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from person where id = of_person and role = 'customer')
$$;
revoke all on function app_is_customer(uuid) from public;
grant execute on function app_is_customer(uuid) to hearth_web;
create policy contact_wish_desk on contact_wish to hearth_web
  using ((select app_is_staff()) and app_is_customer(person_id))
  with check ((select app_is_staff()) and app_is_customer(person_id));
create policy contact_wish_worker on contact_wish for select to hearth_worker using (true);
grant select, insert, update on contact_wish to hearth_web;
grant select on contact_wish to hearth_worker;

-- What the desk may change about a customer themself: the telephone number.
create policy person_changed_at_desk on person for update to hearth_web
  using ((select app_is_staff()) and role = 'customer') with check ((select app_is_staff()) and role = 'customer');

-- Customers see what was changed about them, and by whom; and so does the desk.
create policy audit_of_customers on audit_entry for select to hearth_web
  using (subject_kind = 'person' and (subject_id = (select app_person()) or (select app_is_staff()))
         and action in ('details.changed', 'priority.changed', 'person.email_change_asked', 'person.email_changed',
                        'person.email_taken_back', 'person.password_changed', 'person.closing_asked',
                        'person.closing_withdrawn', 'person.data_taken'));
