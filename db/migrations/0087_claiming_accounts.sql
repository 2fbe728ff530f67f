-- Whoever has a bill or a letter in their hands connects an account with their sign-in: number, postcode and a code.

-- A code opens an account once. It stands nowhere: of each only a digest, made with the secret, by which it is known.
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

-- Nobody reads it but the letter-writer: pages ask the functions below, which never say what was wrong.
alter table account_code enable row level security;
create policy account_code_worker on account_code for select to hearth_worker using (true);
create policy premises_worker on premises for select to hearth_worker using (true);
grant select on account_code, premises to hearth_worker;

-- A postcode as it is compared: no spaces or dashes, and of nine American digits the five that everybody knows.
create function postcode_key(of_postcode text) returns text language sql immutable parallel safe as $$
  select case when k ~ '^[0-9]{9}$' then left(k, 5) else k end
  from (select regexp_replace(upper(left(of_postcode, 40)), '[^A-Z0-9]', '', 'g') as k) as keyed
$$;

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

  select m.* into member from account_member m where m.account_id = code.account_id and m.person_id = app_person();
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
    on conflict on constraint account_member_pkey do update set kind = excluded.kind, scope = excluded.scope;
  update account_code c set used_at = now() where c.id = code.id;
  entry := uuidv7();
  insert into audit_entry (id, actor_id, actor_role, action, subject_kind, subject_id, detail)
    values (entry, app_person(), app_role(), 'account.claimed', 'account', code.account_id,
            jsonb_build_object('kind', member.kind, 'scope', member.scope, 'code', code.id));
  return query select code.account_id, member.kind, member.scope, entry;
end $$;

-- Another code, to be sent by post. Letters sent before open nothing any more; what stands on a bill does.
create function issue_account_code(of_account uuid, of_id uuid, of_digest text, of_days integer) returns boolean
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

revoke all on function claim_account(text, text, text), issue_account_code(uuid, uuid, text, integer) from public;
grant execute on function claim_account(text, text, text), issue_account_code(uuid, uuid, text, integer)
  to hearth_web;
