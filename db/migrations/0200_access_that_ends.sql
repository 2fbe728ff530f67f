-- Who may see an account or act for it, until when, and who ends it. What is past counts nowhere.

alter table account_member
  add column expires_at timestamptz,
  -- Whoever holds an account does so whole and for good.
  add constraint account_member_holder check (kind <> 'holder' or (scope = 'act' and expires_at is null));
create index account_member_expires on account_member (expires_at) where expires_at is not null;

create or replace function app_accounts_seen() returns uuid[] language sql stable security definer
begin atomic
  select array(select m.account_id from public.account_member m
               where m.person_id = public.app_person() and m.scope in ('view', 'act')
                 and (m.expires_at is null or m.expires_at > now()));
end;

create or replace function app_accounts_acted_on() returns uuid[] language sql stable security definer
begin atomic
  select array(select m.account_id from public.account_member m
               where m.person_id = public.app_person() and m.scope = 'act'
                 and (m.expires_at is null or m.expires_at > now()));
end;

create function app_accounts_held() returns uuid[] language sql stable security definer
begin atomic
  select array(select m.account_id from public.account_member m
               where m.person_id = public.app_person() and m.kind = 'holder');
end;
revoke all on function app_accounts_held() from public;
grant execute on function app_accounts_held() to hearth_web;

-- What is past is hidden from everybody, so no page, policy or job can count it by mistake.
alter policy member_seen on account_member
  using ((expires_at is null or expires_at > now())
         and (person_id = (select app_person()) or (select app_is_staff())
              or account_id = any ((select app_accounts_held())::uuid[])));
alter policy member_worker on account_member using (expires_at is null or expires_at > now());

-- Holders say what others may do; they and the desk end it; everybody may leave.
create policy member_changed on account_member for update to hearth_web
  using (kind <> 'holder' and account_id = any ((select app_accounts_held())::uuid[]))
  with check (kind <> 'holder');
create policy member_ended on account_member for delete to hearth_web
  using (person_id = (select app_person()) or (select app_is_staff())
         or (kind <> 'holder' and account_id = any ((select app_accounts_held())::uuid[])));
grant update (scope, expires_at), delete on account_member to hearth_web;

-- An account keeps a holder, unless the desk ends the claim of somebody whose it never was.
create function account_keeps_a_holder() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if app_is_staff() then return old; end if;
  -- Gone with the account or with the person, it is nobody's choice. Of two who leave at once, one stays.
  perform 1 from account a where a.id = old.account_id for update;
  if not found or not exists (select 1 from person p where p.id = old.person_id) then return old; end if;
  if not exists (select 1 from account_member m
                 where m.account_id = old.account_id and m.kind = 'holder' and m.person_id <> old.person_id) then
    raise exception 'an account keeps a holder' using errcode = 'check_violation', constraint = 'account_last_holder';
  end if;
  return old;
end $$;
create trigger account_keeps_a_holder before delete on account_member
  for each row when (old.kind = 'holder') execute function account_keeps_a_holder();

-- Whoever holds an account knows who else comes to it: by name, and by the address they sign in with.
create function account_people(of_account uuid)
returns table (person_id uuid, name text, email text, kind text, scope text, since timestamptz, expires_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select p.id, p.name, p.email, m.kind, m.scope, m.created_at, m.expires_at
  from account_member m join person p on p.id = m.person_id
  where m.account_id = of_account and (app_is_staff() or of_account = any (app_accounts_held()))
    and (m.expires_at is null or m.expires_at > now())
  order by m.kind <> 'holder', m.created_at, p.id
$$;

-- And still, in the history, of those who were. The history of an account says who may know of whom.
create function account_person_name(of_person uuid, of_account uuid) returns text
language sql stable security definer set search_path = public, pg_temp as $$
  select p.name from person p
  where p.id = of_person and p.role = 'customer' and (app_is_staff() or of_account = any (app_accounts_held()))
    and (exists (select 1 from account_member m where m.account_id = of_account and m.person_id = of_person)
         or exists (select 1 from audit_entry e where e.subject_kind = 'account' and e.subject_id = of_account
                      and (e.actor_id = of_person or e.detail->>'person' = of_person::text)))
$$;
revoke all on function account_people(uuid), account_person_name(uuid, uuid) from public;
grant execute on function account_people(uuid), account_person_name(uuid, uuid) to hearth_web;

-- What was changed about who may come to an account: for its holders, for whoever it was about, and for the desk.
create policy audit_of_access on audit_entry for select to hearth_web
  using (action in ('account.claimed', 'access.invited', 'access.withdrawn', 'access.accepted', 'access.declined',
                    'access.changed', 'access.ended', 'access.left', 'access.expired')
         and (subject_kind = 'account'
                and (subject_id = any ((select app_accounts_held())::uuid[]) or (select app_is_staff()))
              or subject_kind = 'person'
                and (subject_id = (select app_person())
                     or ((select app_is_staff()) and app_is_customer(subject_id)))));

-- Takes away what is past, so that it can be told and stands in the history.
create function end_past_access() returns table (account_id uuid, person_id uuid)
language sql security definer set search_path = public, pg_temp as $$
  delete from account_member m where m.expires_at <= now() returning m.account_id, m.person_id
$$;
revoke all on function end_past_access() from public;
grant execute on function end_past_access() to hearth_worker;

create or replace function emergency_asked(of_id uuid) returns table (phone text, guessed boolean, premises_id uuid, address text, chosen boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select e.phone, e.premises_guessed, p.id, concat_ws(', ', p.line, p.town), p.id = e.premises_id
  from emergency e
  left join account_member m on m.person_id = e.person_id and m.scope in ('view', 'act')
    and (m.expires_at is null or m.expires_at > now())
  left join premises p on p.account_id = m.account_id
  where e.id = of_id and e.person_id = app_person() and e.logged_by is null
  order by (p.id = e.premises_id) desc nulls last, p.created_at, p.id
$$;

create or replace function emergency_home(of_person uuid, of_account uuid, of_premises uuid) returns table (account_id uuid, premises_id uuid, places integer)
language sql stable set search_path = public, pg_temp as $$
  select m.account_id, p.id, (count(p.id) over ())::integer
  from account_member m left join premises p on p.account_id = m.account_id
  where m.person_id = of_person and (m.expires_at is null or m.expires_at > now())
  order by coalesce(p.id = of_premises, false) desc, coalesce(m.account_id = of_account, false) desc, p.id is null,
           array_position(array['act', 'view', 'notices'], m.scope),
           array_position(array['holder', 'authorised', 'nominee', 'landlord'], m.kind), p.created_at, p.id
  limit 1
$$;

create or replace function add_to_emergency(of_id uuid, of_kind text, of_phone text, of_place text, of_premises uuid, of_elsewhere boolean) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  whose uuid;
  account uuid;
  premises uuid;
  said integer;
begin
  if of_kind not in ('said_safe', 'contact_given') then
    raise exception 'not something a customer adds' using errcode = 'insufficient_privilege';
  end if;
  select person_id into whose from emergency where id = of_id and received_at > now() - interval '1 day' for update;
  if not found then return false; end if;

  if of_kind = 'said_safe' then
    update emergency set safe_said_at = coalesce(safe_said_at, now()) where id = of_id;
    if emergency_entry_due(of_id, 'said_safe') then
      insert into emergency_entry (emergency_id, kind) values (of_id, of_kind);
    end if;
    return true;
  end if;

  select p.account_id, p.id into account, premises
    from premises p join account_member m on m.account_id = p.account_id and m.person_id = whose
      and (m.expires_at is null or m.expires_at > now())
    where p.id = of_premises;
  insert into emergency_said (emergency_id, kind, phone, place, premises_id, elsewhere)
    values (of_id, 'contact', of_phone, of_place, premises, of_elsewhere) returning number into said;
  update emergency set
      phone = coalesce(of_phone, phone), place = coalesce(of_place, place),
      account_id = coalesce(account, account_id),
      premises_id = case when premises is not null then premises when not of_elsewhere then premises_id end,
      premises_guessed = premises_guessed and premises is null and not of_elsewhere
    where id = of_id;
  insert into emergency_entry (emergency_id, kind, payload) values (of_id, of_kind, jsonb_build_object('said', said));
  return true;
end $$;

create or replace function sessions_standing(session_ids uuid[]) returns table (session_id uuid, standing text)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.id, p.role || ':' || coalesce(p.team_id::text, '') || ':' ||
         coalesce((select string_agg(m.account_id::text || m.scope, ',' order by m.account_id)
                   from account_member m where m.person_id = p.id and (m.expires_at is null or m.expires_at > now())), '')
  from sign_in_session s join person p on p.id = s.person_id
  where s.id = any (session_ids) and s.expires_at > now() and p.deactivated_at is null
$$;

create or replace function claim_account(of_number text, of_postcode text, of_digest text) returns table (account_id uuid, kind text, scope text, entry_id uuid)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  code account_code;
  member account_member;
  entry uuid;
begin
  if app_role() <> 'customer' or app_person() is null then
    raise exception 'only a customer claims an account' using errcode = 'insufficient_privilege';
  end if;

  -- Held until the end: of two who claim at once, one is the holder; and one code is used once.
  perform 1 from account a where a.number = of_number for update;
  select c.* into code from account a join account_code c on c.account_id = a.id
    where a.number = of_number and c.digest = of_digest and c.used_at is null and c.expires_at > now()
      and exists (select 1 from premises p
                  where p.account_id = a.id and postcode_key(p.postcode) = postcode_key(of_postcode));
  if not found then return; end if;

  select m.* into member from account_member m where m.account_id = code.account_id and m.person_id = app_person()
      and (m.expires_at is null or m.expires_at > now());
  if not exists (select 1 from account_member m where m.account_id = code.account_id and m.kind = 'holder') then
    member.kind := 'holder';
    member.scope := 'act';
  elsif member.person_id is null or member.scope = 'notices' then
    member.kind := coalesce(member.kind, 'authorised');
    member.scope := 'view';
  else
    -- They have as much already. The code stays good for somebody else of the house.
    return query select code.account_id, member.kind, member.scope, null::uuid;
    return;
  end if;

  insert into account_member as m (account_id, person_id, kind, scope)
    values (code.account_id, app_person(), member.kind, member.scope)
    on conflict on constraint account_member_pkey do update set kind = excluded.kind, scope = excluded.scope,
      expires_at = case when excluded.kind <> 'holder' and m.expires_at > now() then m.expires_at end,
      created_at = case when m.expires_at <= now() then now() else m.created_at end;
  update account_code c set used_at = now() where c.id = code.id;
  entry := uuidv7();
  insert into audit_entry (id, actor_id, actor_role, action, subject_kind, subject_id, detail)
    values (entry, app_person(), app_role(), 'account.claimed', 'account', code.account_id,
            jsonb_build_object('kind', member.kind, 'scope', member.scope, 'code', code.id));
  if member.kind <> 'holder' then
    insert into audit_entry (actor_id, actor_role, action, subject_kind, subject_id, detail)
      values (app_person(), app_role(), 'account.claimed', 'person', app_person(),
              jsonb_build_object('account', code.account_id));
  end if;
  return query select code.account_id, member.kind, member.scope, entry;
end $$;
