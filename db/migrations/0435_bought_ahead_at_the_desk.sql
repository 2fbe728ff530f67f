-- Somebody on the phone or at the counter buys ahead too: the desk takes it down for whoever may act on the account, with the
-- payment that it has in hand. Units and money are one transaction: nothing is held that nobody pays for.
alter table prebuy add column logged_by uuid references person;
create index prebuy_logged_by on prebuy (logged_by) where logged_by is not null;
create policy prebuy_made_at_desk on prebuy for insert to hearth_web with check (
  (select app_is_staff()) and logged_by = (select app_person()) and state = 'reserved' and left_over = 0
  and created_at = now() and told_on is null
  and exists (select 1 from account_member m where m.account_id = prebuy.account_id
              and m.person_id = prebuy.person_id and m.scope = 'act' and (m.expires_at is null or m.expires_at > now())));
alter policy prebuy_made on prebuy with check (
  person_id = (select app_person()) and (select app_role()) = 'customer' and logged_by is null and state = 'reserved'
  and left_over = 0 and created_at = now() and told_on is null
  and account_id = any ((select app_accounts_acted_on())::uuid[]));

alter table prebuy_payment add column id uuid not null default uuidv7();
alter table prebuy_payment drop constraint prebuy_payment_pkey;
alter table prebuy_payment add primary key (id);
alter table prebuy_payment alter column attempt_id drop not null;
alter table prebuy_payment add constraint prebuy_payment_attempt unique (attempt_id);
alter table prebuy_payment
  add column method text not null default 'card' check (method in ('card', 'cash', 'bank', 'cheque')),
  add column number text check (number ~ '^[A-Z0-9][A-Z0-9./-]{0,39}$'),
  add column made_by uuid references person,
  add constraint prebuy_payment_is_one check (
    case when method = 'card' then attempt_id is not null and number is null and made_by is null
         else attempt_id is null and made_by is not null and (method = 'cash' or number is not null) end);
create index prebuy_payment_made_by on prebuy_payment (made_by) where made_by is not null;

-- Written down by whoever took the purchase down, for all of it; from then on the units are the account's.
create function note_prebuy_payment(of_prebuy uuid, how text, slip text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  one prebuy;
begin
  select * into one from prebuy where id = of_prebuy for update;
  if not app_is_staff() or one.id is null or one.state <> 'reserved' or one.logged_by is distinct from app_person() then
    raise exception 'only who took it down' using errcode = 'insufficient_privilege';
  end if;
  insert into prebuy_payment (prebuy_id, amount, method, number, made_by)
    values (one.id, one.amount, how, slip, app_person());
  update prebuy set state = 'bought', bought_at = now() where id = one.id;
  insert into prebuy_move (prebuy_id, kind, change) values (one.id, 'bought', one.quantity);
  insert into outbox (job, payload) values ('orders.tell_prebuy', jsonb_build_object('id', one.id, 'what', 'bought'));
end $$;
revoke all on function note_prebuy_payment(uuid, text, text) from public;
grant execute on function note_prebuy_payment(uuid, text, text) to hearth_web;
