-- A file waits on a form for as long as it has a day on which it goes, whatever it may come to belong to: so a new subject
-- is a column with an index and two policies of its own, and changes no other one (docs/decisions/0014).
drop index attachment_waiting;
create index attachment_waiting on attachment (person_id) where expires_at is not null;

alter policy attachment_begun on attachment
  with check (expires_at is not null and state = 'receiving' and visibility = 'public'
    and (person_id = (select app_person())
      or (person_id is null and (select app_person()) is null and visitor = (select app_visitor()))));
alter policy attachment_own on attachment
  using (expires_at is not null
    and (person_id = (select app_person()) or (person_id is null and visitor = (select app_visitor()))));
alter policy attachment_taken_back on attachment
  using (expires_at is not null and state = 'removed'
    and (person_id = (select app_person()) or (person_id is null and visitor = (select app_visitor()))));

-- While it waits it is its sender's. What it may be bound to is said for each subject apart.
alter policy attachment_changed on attachment
  using (expires_at is not null
    and (person_id = (select app_person()) or (person_id is null and visitor = (select app_visitor()))))
  with check (expires_at is not null and (visibility = 'public' or (select app_is_staff())));
create policy attachment_to_request on attachment for update to hearth_web
  using (false)
  with check (request_id is not null and (visibility = 'public' or (select app_is_staff()))
    and exists (select from request r where r.id = attachment.request_id));
create policy attachment_to_reading on attachment for update to hearth_web
  using (false)
  with check (reading_id is not null
    and exists (select from reading g where g.id = attachment.reading_id and g.taken_by = (select app_person())));

create or replace function attachment_room()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
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
      where person_id = new.person_id and expires_at is not null;
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
end $function$;

create or replace function claim_attachments(of_key uuid, of_visitor text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if app_person() is null then
    raise exception 'only a person claims files' using errcode = 'insufficient_privilege';
  end if;
  update attachment
    set person_id = app_person(), visitor = null, address = null, expires_at = now() + file_kept_for()
    where form_key = of_key and visitor = of_visitor and person_id is null and expires_at is not null;
end $function$;
