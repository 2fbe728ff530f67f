-- Billing accounts, who may see them or act for them, and the places and meters that are served.

-- A postcode as it is compared: no spaces or dashes, and of nine American digits the five that everybody knows.
create function postcode_key(of_postcode text) returns text language sql immutable parallel safe as $$
  select case when k ~ '^[0-9]{9}$' then left(k, 5) else k end
  from (select regexp_replace(upper(left(of_postcode, 40)), '[^A-Z0-9]', '', 'g') as k) as keyed
$$;

create table account (
  id uuid primary key default uuidv7(),
  number text not null unique check (number ~ '^[0-9]{8,12}$'),
  holder text not null,
  created_at timestamptz not null default now()
);
create index account_holder_trigrams on account using gin (lower(holder) gin_trgm_ops);

-- Who may see an account or act for it, until when. What is past counts nowhere.
create table account_member (
  account_id uuid not null references account on delete cascade,
  person_id uuid not null references person on delete cascade,
  kind text not null check (kind in ('holder', 'authorised', 'landlord', 'nominee')),
  scope text not null check (scope in ('notices', 'view', 'act')),
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  primary key (account_id, person_id),
  -- Whoever holds an account does so whole and for good.
  constraint account_member_holder check (kind <> 'holder' or (scope = 'act' and expires_at is null))
);
create index account_member_person on account_member (person_id);
create index account_member_expires on account_member (expires_at) where expires_at is not null;

-- Which of these sessions still stand, and as what: asked once a second for all open streams together.
create function sessions_standing(session_ids uuid[]) returns table (session_id uuid, standing text)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.id, p.role || ':' || coalesce(p.team_id::text, '') || ':' ||
         coalesce((select string_agg(m.account_id::text || m.scope, ',' order by m.account_id)
                   from account_member m where m.person_id = p.id and (m.expires_at is null or m.expires_at > now())), '')
  from sign_in_session s join person p on p.id = s.person_id
  where s.id = any (session_ids) and s.expires_at > now() and p.deactivated_at is null
$$;
revoke all on function sessions_standing(uuid[]) from public;
grant execute on function sessions_standing(uuid[]) to hearth_web;

-- What policies ask about the actor is asked once per statement, and only where it decides something. Read inside the
-- policies, under policies of their own, such lists start some fifty plan nodes on every page that never run. They
-- answer about the actor of the transaction alone, who may see these rows anyway.
-- Their bodies are bound to what they name here (`begin atomic`), so they need no search path of their own, which
-- would cost more than the look-up.
create function app_accounts_seen() returns uuid[] language sql stable security definer
begin atomic
  select array(select m.account_id from public.account_member m
               where m.person_id = public.app_person() and m.scope in ('view', 'act')
                 and (m.expires_at is null or m.expires_at > now()));
end;
revoke all on function app_accounts_seen() from public;
grant execute on function app_accounts_seen() to hearth_web;

create function app_accounts_acted_on() returns uuid[] language sql stable security definer
begin atomic
  select array(select m.account_id from public.account_member m
               where m.person_id = public.app_person() and m.scope = 'act'
                 and (m.expires_at is null or m.expires_at > now()));
end;
revoke all on function app_accounts_acted_on() from public;
grant execute on function app_accounts_acted_on() to hearth_web;

-- Whoever holds an account says who else comes to it.
create function app_accounts_held() returns uuid[] language sql stable security definer
begin atomic
  select array(select m.account_id from public.account_member m
               where m.person_id = public.app_person() and m.kind = 'holder');
end;
revoke all on function app_accounts_held() from public;
grant execute on function app_accounts_held() to hearth_web;

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
revoke all on function account_people(uuid) from public;
grant execute on function account_people(uuid) to hearth_web;

-- Takes away what is past, so that it can be told and stands in the history.
create function end_past_access() returns table (account_id uuid, person_id uuid)
language sql security definer set search_path = public, pg_temp as $$
  delete from account_member m where m.expires_at <= now() returning m.account_id, m.person_id
$$;
revoke all on function end_past_access() from public;
grant execute on function end_past_access() to hearth_worker;

-- Where the desk ends the last holder, nobody invites in their name any more.
create function account_without_holder() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update account_invitation i set state = 'withdrawn', ended_at = now()
    where i.account_id = old.account_id and i.invited_by = old.person_id and i.state = 'waiting';
  return null;
end $$;
create trigger account_without_holder after delete on account_member
  for each row when (old.kind = 'holder') execute function account_without_holder();

alter table account_member enable row level security;

-- A member sees their own memberships, a holder all of the account, staff all. What is past is hidden from everybody,
-- so no page, policy or job can count it by mistake.
create policy member_seen on account_member for select to hearth_web
  using ((expires_at is null or expires_at > now())
         and (person_id = (select app_person()) or (select app_is_staff())
              or account_id = any ((select app_accounts_held())::uuid[])));
create policy member_worker on account_member for select to hearth_worker
  using (expires_at is null or expires_at > now());

-- Holders say what others may do; they and the desk end it; everybody may leave.
create policy member_changed on account_member for update to hearth_web
  using (kind <> 'holder' and account_id = any ((select app_accounts_held())::uuid[]))
  with check (kind <> 'holder');
create policy member_ended on account_member for delete to hearth_web
  using (person_id = (select app_person()) or (select app_is_staff())
         or (kind <> 'holder' and account_id = any ((select app_accounts_held())::uuid[])));
grant select, update (scope, expires_at), delete on account_member to hearth_web;
grant select on account_member to hearth_worker;

alter table account enable row level security;

-- Through their memberships people see the account; staff see all.
create policy account_seen on account for select to hearth_web
  using ((select app_is_staff()) or
         id in (select m.account_id from account_member m where m.person_id = (select app_person())));
create policy account_worker on account for select to hearth_worker using (true);
grant select on account to hearth_web, hearth_worker;

-- Inviting somebody to an account, by e-mail: once, for a while, and for nobody but whoever has that address.
create table account_invitation (
  -- The link in the letter is made from it and the secret.
  id uuid primary key default gen_random_uuid(),
  account_id uuid not null references account on delete cascade,
  email text not null check (email = lower(email) and email like '%_@_%' and length(email) <= 254),
  kind text not null check (kind in ('authorised', 'landlord', 'nominee')),
  scope text not null check (scope in ('notices', 'view', 'act')),
  -- When what is offered would end.
  access_ends_at timestamptz,
  locale text not null check (locale ~ '^[a-z]{2}$'),
  -- By which the link is known, which stands nowhere.
  digest text not null unique,
  invited_by uuid not null references person on delete cascade,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  state text not null default 'waiting' check (state in ('waiting', 'accepted', 'declined', 'withdrawn')),
  ended_at timestamptz,
  check ((state = 'waiting') = (ended_at is null)),
  check (expires_at <= created_at + interval '14 days')
);

-- One for each address: another takes the place of the one before.
create unique index account_invitation_waiting on account_invitation (account_id, email) where state = 'waiting';
create index account_invitation_by on account_invitation (invited_by);
create index account_invitation_old on account_invitation (coalesce(ended_at, expires_at));

-- An invitation that still opens something: not past, and whoever sent it holds the account still.
create function account_invitation_open(of_digest text) returns setof account_invitation
language sql stable security definer set search_path = public, pg_temp as $$
  select i.* from account_invitation i
  where i.digest = of_digest and i.state = 'waiting' and i.expires_at > now()
    and (i.access_ends_at is null or i.access_ends_at > now())
    and exists (select 1 from account_member m
                where m.account_id = i.account_id and m.person_id = i.invited_by and m.kind = 'holder')
$$;
revoke all on function account_invitation_open(text) from public;

-- Makes whoever was meant a member, once. No row where it opens nothing any more, or is for somebody else.
create function accept_account_invitation(of_digest text) returns table (account_id uuid, invitation_id uuid)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  invitation account_invitation;
begin
  -- In one order with whatever else changes the members: the account first.
  perform 1 from account a where a.id = (select i.account_id from account_invitation i where i.digest = of_digest)
    for update;
  perform 1 from account_invitation i where i.digest = of_digest for update;
  select i.* into invitation from account_invitation_open(of_digest) i
    where exists (select 1 from person p where p.id = app_person() and p.email = i.email and p.email_verified
                    and p.role = 'customer');
  if not found then return; end if;

  insert into account_member as m (account_id, person_id, kind, scope, expires_at)
    values (invitation.account_id, app_person(), invitation.kind, invitation.scope, invitation.access_ends_at)
    on conflict on constraint account_member_pkey do update
      set kind = excluded.kind, scope = excluded.scope, expires_at = excluded.expires_at,
          created_at = case when m.expires_at <= now() then now() else m.created_at end
      where m.kind <> 'holder';
  update account_invitation i set state = 'accepted', ended_at = now() where i.id = invitation.id;
  return query select invitation.account_id, invitation.id;
end $$;
revoke all on function accept_account_invitation(text) from public;
grant execute on function accept_account_invitation(text) to hearth_web;

-- Whoever has the letter may say no without signing in.
create function decline_account_invitation(of_digest text) returns table (account_id uuid, invitation_id uuid)
language sql security definer set search_path = public, pg_temp as $$
  update account_invitation i set state = 'declined', ended_at = now()
  where i.id in (select o.id from account_invitation_open(of_digest) o) and i.state = 'waiting'
  returning i.account_id, i.id
$$;
revoke all on function decline_account_invitation(text) from public;
grant execute on function decline_account_invitation(text) to hearth_web;

alter table account_invitation enable row level security;
create policy account_invitation_seen on account_invitation for select to hearth_web
  using (account_id = any ((select app_accounts_held())::uuid[]) or (select app_is_staff()));
create policy account_invitation_made on account_invitation for insert to hearth_web
  with check (account_id = any ((select app_accounts_held())::uuid[]) and invited_by = (select app_person())
              and state = 'waiting');
create policy account_invitation_withdrawn on account_invitation for update to hearth_web
  using (state = 'waiting'
         and (account_id = any ((select app_accounts_held())::uuid[]) or (select app_is_staff())))
  with check (state = 'withdrawn');
create policy account_invitation_worker on account_invitation for select to hearth_worker using (true);
create policy account_invitation_forgotten on account_invitation for delete to hearth_worker
  using (coalesce(ended_at, expires_at) < now() - interval '30 days');
grant select, insert (id, account_id, email, kind, scope, access_ends_at, locale, digest, invited_by,
  expires_at), update (state, ended_at) on account_invitation to hearth_web;
grant select, delete on account_invitation to hearth_worker;

-- What whoever opened the letter may know of it. The whole number is for whoever was meant.
create function account_invitation_told(of_digest text)
returns table (number text, inviter text, kind text, scope text, access_ends_at timestamptz, expires_at timestamptz,
               mine boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select case when me.id is null then '···' || right(a.number, 4) else a.number end, p.email, i.kind, i.scope,
         i.access_ends_at, i.expires_at, me.id is not null
  from account_invitation_open(of_digest) i
  join account a on a.id = i.account_id
  join person p on p.id = i.invited_by
  left join person me on me.id = app_person() and me.email = i.email and me.email_verified and me.role = 'customer'
$$;
revoke all on function account_invitation_told(text) from public;
grant execute on function account_invitation_told(text) to hearth_web;

-- Whoever has a bill or a letter in their hands connects an account with their sign-in: number, postcode and a code. A
-- code opens an account once. It stands nowhere: of each only a digest, made with the secret, by which it is known.
create table account_code (
  id uuid primary key default uuidv7(),
  account_id uuid not null references account on delete cascade,
  digest text not null unique,
  -- Printed on a bill by the billing system, or asked for at the desk and sent by post.
  source text not null check (source in ('bill', 'letter')),
  issued_by uuid references person on delete set null,
  issued_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz
);
create index account_code_account on account_code (account_id) where used_at is null;

-- Takes a code for the account: its holder where nobody is, else somebody whom the holder lets look. No row where
-- number, postcode and code do not belong together, whichever of them is wrong.
create function claim_account(of_number text, of_postcode text, of_digest text)
returns table (account_id uuid, kind text, scope text, entry_id uuid)
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
revoke all on function claim_account(text, text, text) from public;
grant execute on function claim_account(text, text, text) to hearth_web;

-- Another code, to be sent by post. Letters sent before open nothing any more; what stands on a bill does.
create function issue_account_code(of_account uuid, of_id uuid, of_digest text, of_days integer)
returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not app_is_staff() or app_person() is null then
    raise exception 'only staff issue codes' using errcode = 'insufficient_privilege';
  end if;
  perform 1 from account a where a.id = of_account for update;
  if not found then return false; end if;
  update account_code c set expires_at = now()
    where c.account_id = of_account and c.source = 'letter' and c.used_at is null and c.expires_at > now();
  insert into account_code (id, account_id, digest, source, issued_by, expires_at)
    values (of_id, of_account, of_digest, 'letter', app_person(), now() + make_interval(days => of_days));
  insert into audit_entry (actor_id, actor_role, action, subject_kind, subject_id, detail)
    values (app_person(), app_role(), 'account.code_issued', 'account', of_account,
            jsonb_build_object('code', of_id));
  return true;
end $$;
revoke all on function issue_account_code(uuid, uuid, text, integer) from public;
grant execute on function issue_account_code(uuid, uuid, text, integer) to hearth_web;

-- Nobody reads it but the letter-writer: pages ask the functions below, which never say what was wrong.
alter table account_code enable row level security;
create policy account_code_worker on account_code for select to hearth_worker using (true);
grant select on account_code to hearth_worker;

-- The places that are served.
create table premises (
  id uuid primary key default uuidv7(),
  account_id uuid not null references account on delete cascade,
  line text not null,
  town text not null,
  postcode text not null,
  created_at timestamptz not null default now(),
  -- The utility's own reference of a place (such as MPRN or UPRN). Where none was given, one of ours.
  reference text not null default uuidv7()::text unique check (length(reference) between 1 and 40)
);
create index premises_account on premises (account_id);
create index premises_address_trigrams on premises
  using gin (lower(line || ' ' || town || ' ' || postcode) gin_trgm_ops);
create index premises_address_folded on premises
  using gin (folded(line || ' ' || town || ' ' || postcode) gin_trgm_ops);

-- Accounts by what somebody wrote or says of them: the beginning of a number, a holder's name, an address however it
-- is written. On behalf of staff, who see every account; the indexes could not be used below the policies, because
-- matching a pattern could tell what it matches.
create function accounts_said(of_number text, of_words text, most integer)
returns table (account_id uuid, premises_id uuid, likeness real)
language plpgsql stable security definer set search_path = public, pg_temp
set pg_trgm.similarity_threshold = 0.4 as $$
begin
  if not app_is_staff() then return; end if;
  if of_number ~ '^[0-9]{4,12}$' then
    return query
      select a.id, p.id, 2::real from account a left join premises p on p.account_id = a.id
      where a.number between of_number and of_number || '999999999999'
      order by a.number, p.id limit most;
  end if;
  if length(of_words) >= 3 then
    return query
      select p.account_id, p.id, similarity(lower(p.line || ' ' || p.town || ' ' || p.postcode), lower(of_words))
      from premises p
      where lower(p.line || ' ' || p.town || ' ' || p.postcode) % lower(left(of_words, 200))
      order by 3 desc, 2 limit most;
    return query
      select a.id, p.id, similarity(lower(a.holder), lower(of_words))
      from account a left join premises p on p.account_id = a.id
      where lower(a.holder) % lower(left(of_words, 200))
      order by 3 desc, 2 limit most;
  end if;
end $$;
revoke all on function accounts_said(text, text, integer) from public;
grant execute on function accounts_said(text, text, integer) to hearth_web;

-- Customers are found by all the words a caller says, in any order: of the name, the e-mail address, the places their
-- accounts serve, account and phone numbers; accents do not matter, and where nothing is found, small slips neither.
-- Here all of it is one text.
create function customer_said_to_be(asked uuid) returns text
language sql stable security definer set search_path = public, pg_temp as $$
  select folded(p.name) || ' ' || p.email || ' ' || coalesce(regexp_replace(p.phone, '[^0-9+]', '', 'g'), '') || ' '
      || coalesce((select string_agg(a.number || ' ' || coalesce(folded(q.line || ' ' || q.town || ' ' || q.postcode), ''), ' ')
                   from account_member m join account a on a.id = m.account_id
                   left join premises q on q.account_id = a.id
                   where m.person_id = p.id), '')
  from person p where p.id = asked;
$$;
revoke all on function customer_said_to_be(uuid) from public;

-- At most 2,000 customers whose name, address, place or number holds this word.
create function customers_holding(word text) returns uuid[]
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  plain text := regexp_replace(word, '([\\%_])', '\\\1', 'g');
  -- The index of trigrams knows three letters anywhere, and two where a word begins.
  pattern text := case when length(word) > 2 then '%' || plain || '%' else plain || '%' end;
  at_word text := case when length(word) > 2 then pattern else '% ' || plain || '%' end;
begin
  return array(
    (select p.id from person p
     where p.role = 'customer' and (folded(p.name) like pattern or folded(p.name) like at_word) limit 2000)
    union
    (select p.id from person p where p.role = 'customer' and p.email like pattern limit 2000)
    union
    (select m.person_id from premises q join account_member m using (account_id)
     where folded(q.line || ' ' || q.town || ' ' || q.postcode) like pattern
        or folded(q.line || ' ' || q.town || ' ' || q.postcode) like at_word limit 2000)
    union
    (select m.person_id from account a join account_member m on m.account_id = a.id
     where word ~ '^[0-9]{4,}$' and a.number between word and word || '999999999999' limit 2000)
    union
    (select p.id from person p
     where word ~ '^[+]?[0-9]{6,}$' and p.role = 'customer' and p.phone is not null
       and regexp_replace(p.phone, '[^0-9+]', '', 'g') like '%' || word || '%' limit 2000)
    limit 2000);
end $$;
revoke all on function customers_holding(text) from public;

-- The customers of whom all these words are true; else those whose name sounds alike. Staff see every customer.
create function customers_by_words(words text[], most integer) returns setof uuid
language plpgsql stable security definer set search_path = public, pg_temp
set pg_trgm.word_similarity_threshold = 0.5 as $$
declare
  asked text[] := array(select folded(word) from unnest(words) as word);
  longest text := (select word from unnest(asked) as word order by length(word) desc limit 1);
  fewest uuid[];
  held uuid[];
  word text;
begin
  if not app_is_staff() then return; end if;
  foreach word in array asked loop
    continue when length(word) < 2;
    held := customers_holding(word);
    if fewest is null or cardinality(held) < cardinality(fewest) then fewest := held; end if;
  end loop;

  return query
    select id from unnest(fewest) as id
    where (select bool_and(strpos(customer_said_to_be(id), one) > 0) from unnest(asked) as one)
    limit most;
  if found or longest !~ '^[[:alpha:]''-]{4,}$' then return; end if;

  return query
    select p.id from person p
    where p.role = 'customer' and folded(p.name) %> longest
      and (select bool_and(word_similarity(one, folded(p.name)) >= 0.5) from unnest(asked) as one)
    order by word_similarity(longest, folded(p.name)) desc
    limit most;
end $$;
revoke all on function customers_by_words(text[], integer) from public;
grant execute on function customers_by_words(text[], integer) to hearth_web;

-- The customers whose number ends so.
create function customers_by_phone(number_ending text, most integer) returns setof uuid
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if not app_is_staff() then return; end if;
  return query
    select p.id from person p
    where p.role = 'customer' and p.phone is not null
      and regexp_replace(p.phone, '[^0-9+]', '', 'g') like '%' || number_ending
    limit most;
end $$;
revoke all on function customers_by_phone(text, integer) from public;
grant execute on function customers_by_phone(text, integer) to hearth_web;

alter table premises enable row level security;
create policy premises_seen on premises for select to hearth_web using (
  (select app_is_staff()) or account_id = any ((select app_accounts_seen())::uuid[])
);
create policy premises_worker on premises for select to hearth_worker using (true);
grant select on premises to hearth_web, hearth_worker;

-- Who lives at a place and is served first: the needs that whoever goes there should know of, what is wanted of us,
-- and whether the network may know.
create table priority_service (
  premises_id uuid primary key references premises on delete cascade,
  needs text[] not null check (cardinality(needs) > 0 and needs <@ array['age', 'child', 'disability', 'hearing',
    'sight', 'smell', 'mental_health', 'equipment', 'language', 'short_term']),
  since date not null default current_date,
  until date check (until > since),
  wants text[] not null default '{}' check (wants <@ array['password', 'nominee', 'format', 'reading',
    'knock', 'heating']),
  -- When they agreed that the gas network and other utilities of the place learn of it; null where they did not.
  shared_at timestamptz,
  registered_by uuid references person on delete set null,
  updated_at timestamptz not null default now()
);
create index priority_service_registered_by on priority_service (registered_by) where registered_by is not null;

-- Whether somebody at a place of the account is served first on a day. Which need it is, reminding need not know.
create function account_served_first(of_account uuid, on_day date) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from premises p join priority_service s on s.premises_id = p.id
                 where p.account_id = of_account and s.since <= on_day and coalesce(s.until > on_day, true))
$$;
revoke all on function account_served_first(uuid, date) from public;
grant execute on function account_served_first(uuid, date) to hearth_worker;

alter table priority_service enable row level security;

-- What is known of somebody's health is for those who may act for the place, and for staff: no landlord reads it.
create policy priority_service_seen on priority_service for select to hearth_web
  using ((select app_is_staff()) or exists (
    select 1 from premises p
    where p.id = premises_id and p.account_id = any ((select app_accounts_acted_on())::uuid[])));
create policy priority_service_asked on priority_service for insert to hearth_web
  with check (registered_by = (select app_person()) and ((select app_is_staff()) or exists (
    select 1 from premises p
    where p.id = premises_id and p.account_id = any ((select app_accounts_acted_on())::uuid[]))));
create policy priority_service_renewed on priority_service for update to hearth_web
  using ((select app_is_staff()) or exists (
    select 1 from premises p
    where p.id = premises_id and p.account_id = any ((select app_accounts_acted_on())::uuid[])))
  with check (registered_by = (select app_person()));
create policy priority_service_ended on priority_service for delete to hearth_web
  using ((select app_is_staff()) or exists (
    select 1 from premises p
    where p.id = premises_id and p.account_id = any ((select app_accounts_acted_on())::uuid[])));
grant select, insert, update (needs, wants, since, until, shared_at, registered_by, updated_at), delete on
  priority_service to hearth_web;

-- How the utility reached the holder before they signed up here. No way in: they claim their account with a code.
create table account_contact (
  account_id uuid primary key references account on delete cascade,
  email text check (length(email) <= 254),
  phone text check (length(phone) <= 40),
  language text check (language ~ '^[a-z]{2}$')
);

alter table account_contact enable row level security;
create policy account_contact_seen on account_contact for select to hearth_web using ((select app_is_staff()));
grant select on account_contact to hearth_web;

create table meter (
  id uuid primary key default uuidv7(),
  premises_id uuid not null references premises on delete cascade,
  serial text not null unique,
  digits smallint not null check (digits between 4 and 8),
  installed_on date not null,
  -- What one unit of the register is: hundred cubic feet, cubic metres, hundred cubic feet of an imperial meter in metric
  -- billing, kilograms for a weighed cylinder.
  unit text not null default 'ccf' check (unit in ('ccf', 'm3', 'kg')),
  removed_on date check (removed_on >= installed_on)
);
create index meter_premises on meter (premises_id);

-- A customer gives readings of meters at places they may act for; staff for anybody, in their own name.
create function app_may_read_meter(of_meter uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from meter m join premises p on p.id = m.premises_id
                 where m.id = of_meter and p.account_id = any (app_accounts_acted_on()))
$$;
revoke all on function app_may_read_meter(uuid) from public;
grant execute on function app_may_read_meter(uuid) to hearth_web;

alter table meter enable row level security;
create policy meter_seen on meter for select to hearth_web
  using (exists (select 1 from premises p where p.id = premises_id));
create policy meter_worker on meter for select to hearth_worker using (true);
grant select on meter to hearth_web, hearth_worker;

-- Readings of meters: what the dial said, when, by whom, and whether we believe it.
create table reading (
  id uuid primary key default uuidv7(),
  meter_id uuid not null references meter on delete cascade,
  read_on date not null,
  -- Digits as they stand on the register, leading zeros and all: a reading is no number.
  digits text not null check (digits ~ '^[0-9]{4,8}$'),
  source text not null check (source in ('customer', 'utility', 'estimate')),
  state text not null default 'accepted' check (state in ('accepted', 'quarantined', 'rejected')),
  why text check (why in ('lower', 'too_high', 'too_low', 'same_day')),
  check ((state = 'accepted') or (why is not null)),
  taken_by uuid references person,
  created_at timestamptz not null default now(),
  unique (meter_id, read_on, source)
);
create index reading_quarantined on reading (created_at) where state = 'quarantined';
create index reading_taken_by on reading (taken_by) where taken_by is not null;

-- As many digits as the register has, and nothing from before the meter or from tomorrow.
create function reading_fits() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  of_meter meter;
begin
  select * into of_meter from meter where id = new.meter_id;
  if length(new.digits) <> of_meter.digits then
    raise exception 'a reading has as many digits as its meter' using errcode = 'check_violation', constraint = 'reading_digits';
  end if;
  if new.read_on < of_meter.installed_on or new.read_on > (now() at time zone 'UTC' + interval '14 hours')::date
     or (of_meter.removed_on is not null and new.read_on > of_meter.removed_on) then
    raise exception 'a reading is of a day on which the meter hung there' using errcode = 'check_violation', constraint = 'reading_day';
  end if;
  return new;
end $$;
create trigger reading_fits before insert or update of digits, read_on, meter_id on reading
  for each row execute function reading_fits();

alter table reading enable row level security;
create policy reading_seen on reading for select to hearth_web
  using (exists (select 1 from meter m where m.id = meter_id));
create policy reading_given on reading for insert to hearth_web
  with check (taken_by = (select app_person())
              and ((select app_is_staff()) or (source = 'customer' and state <> 'rejected' and app_may_read_meter(meter_id))));

-- Given again on the same day: the later one counts. Staff decide about what is doubted.
create policy reading_given_again on reading for update to hearth_web
  using ((select app_is_staff()) or (source = 'customer' and app_may_read_meter(meter_id)))
  with check ((select app_is_staff()) or (source = 'customer' and taken_by = (select app_person()) and state <> 'rejected'));
create policy reading_worker on reading for select to hearth_worker using (true);
grant select, insert, update (digits, state, why, taken_by) on reading to hearth_web;
grant select on reading to hearth_worker;

-- Which meter was asked to be read in which month.
create table reading_reminder (
  meter_id uuid not null references meter on delete cascade,
  month date not null check (extract(day from month) = 1),
  primary key (meter_id, month),
  created_at timestamptz not null default now()
);

alter table reading_reminder enable row level security;
create policy reading_reminder_worker on reading_reminder to hearth_worker using (true) with check (true);
grant select, insert on reading_reminder to hearth_worker;

-- And still, in the history, of those who were. The history of an account says who may know of whom.
create function account_person_name(of_person uuid, of_account uuid) returns text
language sql stable security definer set search_path = public, pg_temp as $$
  select p.name from person p
  where p.id = of_person and p.role = 'customer' and (app_is_staff() or of_account = any (app_accounts_held()))
    and (exists (select 1 from account_member m where m.account_id = of_account and m.person_id = of_person)
         or exists (select 1 from audit_entry e where e.subject_kind = 'account' and e.subject_id = of_account
                      and (e.actor_id = of_person or e.detail->>'person' = of_person::text)))
$$;
revoke all on function account_person_name(uuid, uuid) from public;
grant execute on function account_person_name(uuid, uuid) to hearth_web;

-- What others did with an account, of what the history of changes holds: for whoever holds the account.
create function account_deeds(of_account uuid)
returns table (id uuid, at timestamptz, actor_id uuid, action text)
language sql stable security definer set search_path = public, pg_temp as $$
  select e.id, e.at, e.actor_id, e.action from audit_entry e
  where (app_is_staff() or of_account = any (app_accounts_held()))
    and e.subject_kind = 'account' and e.subject_id = of_account
    and e.action in ('account.claimed', 'access.accepted', 'access.left') and e.actor_role = 'customer'
  union all
  -- Registered by somebody who acts, it stands in the history of whoever did it.
  select e.id, e.at, e.actor_id, e.action
  from (select distinct c.actor_id as id from audit_entry c
        where c.subject_kind = 'account' and c.subject_id = of_account and c.actor_role = 'customer'
          and c.action in ('account.claimed', 'access.accepted')) as fellow
  join audit_entry e on e.subject_id = fellow.id and e.subject_kind = 'person' and e.actor_id = fellow.id
  where (app_is_staff() or of_account = any (app_accounts_held()))
    and e.action = 'priority.changed'
    and exists (select 1 from premises p where p.account_id = of_account and p.id::text = e.detail->>'premises')
$$;
revoke all on function account_deeds(uuid) from public;
grant execute on function account_deeds(uuid) to hearth_web;

-- What was changed about who may come to an account: for its holders, for whoever it was about, and for the desk.
create policy audit_of_access on audit_entry for select to hearth_web
  using (action in ('account.claimed', 'access.invited', 'access.withdrawn', 'access.accepted', 'access.declined',
                    'access.changed', 'access.ended', 'access.left', 'access.expired')
         and (subject_kind = 'account'
                and (subject_id = any ((select app_accounts_held())::uuid[]) or (select app_is_staff()))
              or subject_kind = 'person'
                and (subject_id = (select app_person())
                     or ((select app_is_staff()) and app_is_customer(subject_id)))));
