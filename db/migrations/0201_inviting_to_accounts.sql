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
grant select on account_invitation to hearth_web, hearth_worker;
grant insert (id, account_id, email, kind, scope, access_ends_at, locale, digest, invited_by, expires_at),
  update (state, ended_at) on account_invitation to hearth_web;
grant delete on account_invitation to hearth_worker;

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

-- Whoever has the letter may say no without signing in.
create function decline_account_invitation(of_digest text) returns table (account_id uuid, invitation_id uuid)
language sql security definer set search_path = public, pg_temp as $$
  update account_invitation i set state = 'declined', ended_at = now()
  where i.id in (select o.id from account_invitation_open(of_digest) o) and i.state = 'waiting'
  returning i.account_id, i.id
$$;

revoke all on function account_invitation_told(text), accept_account_invitation(text),
  decline_account_invitation(text) from public;
grant execute on function account_invitation_told(text), accept_account_invitation(text),
  decline_account_invitation(text) to hearth_web;

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
