-- Files that people send with what they ask: whose they are, what is in them, and who may have them back.

-- The numbers of src/lib/files/limits.ts, held to it by a test: the largest file that is no video, or is a visitor's; and
-- how long one is kept for a form that was not sent.
create function file_most_bytes() returns integer language sql immutable parallel safe as $$
  select 25 * 1024 * 1024
$$;

create function file_kept_for() returns interval language sql immutable parallel safe as $$
  select interval '14 days'
$$;

create table attachment (
  -- Random in all its bits, unlike our other keys: it stands in the file's address and in forms.
  id uuid primary key default gen_random_uuid(),
  -- The key of the opened form that it was chosen on. One form is one draft, and becomes one request or message.
  form_key uuid not null,
  person_id uuid references person,
  visitor text,
  address text,
  request_id uuid,
  visibility text not null default 'public' check (visibility in ('public', 'internal')),
  name text not null check (length(name) between 1 and 200),
  size integer not null check (size between 1 and 524288000),
  declared_type text not null default '' check (length(declared_type) <= 100),
  state text not null default 'receiving'
    check (state in ('receiving', 'received', 'ready', 'rejected', 'removed')),
  type text check (type in ('image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif', 'image/heic',
    'video/mp4', 'video/quicktime', 'video/webm', 'video/3gpp', 'application/pdf')),
  kind text generated always as (case when type like 'image/%' then 'image' when type like 'video/%' then 'video'
    when type = 'application/pdf' then 'pdf' end) stored,
  sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),
  scan text not null default 'pending' check (scan in ('pending', 'clean', 'not_scanned', 'infected')),
  why_rejected text,
  preview text not null default 'pending' check (preview in ('pending', 'made', 'none', 'too_large', 'failed')),
  -- Null until we have looked, and where we could not tell. Only a plain "no" lets the original out to customers.
  has_position boolean,
  -- A copy of a video without its position stands beside the original.
  stripped boolean not null default false,
  width integer check (width > 0),
  height integer check (height > 0),
  seconds real check (seconds >= 0),
  created_at timestamptz not null default now(),
  received_at timestamptz,
  expires_at timestamptz,
  check (person_id is not null or (visitor is not null and address is not null)),
  check (state not in ('received', 'ready') or (type is not null and sha256 is not null and received_at is not null)),
  check (kind is null or kind = 'video' or size <= file_most_bytes()),
  check ((state = 'rejected') = (why_rejected is not null)),
  check (scan <> 'infected' or state = 'rejected'),
  check ((request_id is null) = (expires_at is not null)),
  check (request_id is null or state in ('received', 'ready', 'rejected'))
);
create index attachment_form on attachment (form_key);
create index attachment_request on attachment (request_id) where request_id is not null;
create index attachment_waiting on attachment (person_id) where request_id is null;
create index attachment_expiry on attachment (expires_at) where expires_at is not null;
create index attachment_address on attachment (address, created_at) where person_id is null;
create index attachment_of_person on attachment (person_id, created_at) where person_id is not null;

-- How much may be sent, whatever a page forgets: the numbers of src/lib/files/limits.ts, held to it by a test.
create function attachment_room() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  files bigint;
  bytes numeric;
  most constant integer := case when new.person_id is null then 3 else 10 end;
begin
  perform pg_advisory_xact_lock(hashtextextended('attachment ' || new.form_key, 0));
  select count(*) into files from attachment
    where form_key = new.form_key and state not in ('rejected', 'removed');
  if files >= most then
    raise exception 'this form has all the files it may have'
      using errcode = 'check_violation', constraint = 'attachment_per_form';
  end if;

  if new.person_id is not null then
    select count(*), coalesce(sum(size), 0) into files, bytes from attachment
      where person_id = new.person_id and request_id is null;
    if files >= 60 or bytes + new.size > 10737418240 then
      raise exception 'this person has too many files that belong to nothing yet'
        using errcode = 'check_violation', constraint = 'attachment_per_person';
    end if;
    return new;
  end if;

  if new.size > file_most_bytes() then
    raise exception 'a visitor sends smaller files' using errcode = 'check_violation', constraint = 'attachment_of_visitor';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('attachment from ' || new.address, 0));
  select count(*), coalesce(sum(size), 0) into files, bytes from attachment
    where person_id is null and address = new.address and created_at > now() - interval '1 day';
  if files >= 20 or bytes + new.size > 314572800 then
    raise exception 'enough files from this address for a day'
      using errcode = 'check_violation', constraint = 'attachment_per_address';
  end if;
  return new;
end $$;
create trigger attachment_room before insert on attachment for each row execute function attachment_room();

-- A visitor who has signed in takes along the files of the form they were filling in.
create function claim_attachments(of_key uuid, of_visitor text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if app_person() is null then
    raise exception 'only a person claims files' using errcode = 'insufficient_privilege';
  end if;
  update attachment
    set person_id = app_person(), visitor = null, address = null, expires_at = now() + file_kept_for()
    where form_key = of_key and visitor = of_visitor and person_id is null and request_id is null;
end $$;
revoke all on function claim_attachments(uuid, text) from public;
grant execute on function claim_attachments(uuid, text) to hearth_web;

-- What is kept of one person: ten gigabytes in a month.
create function attachment_quota() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.person_id is null or app_role() <> 'customer' then return null; end if;
  if (select sum(size) from attachment
      where person_id = new.person_id and created_at > now() - interval '30 days' and state <> 'removed'
        and state <> 'rejected') > 10737418240 then
    raise exception 'this person has sent too much' using errcode = 'check_violation', constraint = 'attachment_kept';
  end if;
  return null;
end $$;
create trigger attachment_quota after insert on attachment for each row execute function attachment_quota();
create trigger budget_of_attachment after insert on attachment
  for each row execute function spend_budget('attachment', 300, 60);

alter table attachment enable row level security;

-- Before it belongs to a request a file is its sender's alone; those who see the request see it afterwards
-- (`attachment_seen`).
create policy attachment_own on attachment for select to hearth_web using (
  request_id is null
  and (person_id = (select app_person()) or (person_id is null and visitor = (select app_visitor())))
);
create policy attachment_begun on attachment for insert to hearth_web with check (
  request_id is null and state = 'receiving' and visibility = 'public'
  and (person_id = (select app_person())
       or (person_id is null and (select app_person()) is null and visitor = (select app_visitor())))
);
create policy attachment_taken_back on attachment for delete to hearth_web using (
  request_id is null and state = 'removed'
  and (person_id = (select app_person()) or (person_id is null and visitor = (select app_visitor())))
);
create policy attachment_worker on attachment to hearth_worker using (true) with check (true);

-- What a scan found and what can be shown is for the worker alone to say. A form whose key is used up goes on under
-- another, and takes the files that were chosen on it along.
grant select, insert, update (state, type, size, sha256, why_rejected, received_at, request_id, visibility,
  expires_at, form_key), delete on attachment to hearth_web;
grant select, update, delete on attachment to hearth_worker;
