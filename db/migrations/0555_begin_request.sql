-- What a request begins with, in one statement: whoever has just written its row was asked whether they may, and the
-- policies of its reference, its key, its promises and its first event need not look it up again, each by itself.
create function begin_request(of_id uuid, of_key uuid, of_digest text, promises jsonb, of_payload jsonb) returns void
language plpgsql security definer set search_path to public, pg_temp as $$
declare
  asked request;
begin
  select * into asked from request where id = of_id and submitted_at = now() and xmin = pg_current_xact_id()::xid;
  if not found then
    raise exception 'only what was just asked begins' using errcode = 'insufficient_privilege';
  end if;
  insert into request_reference (reference, request_id) values (asked.reference, of_id);
  insert into submission (key, person_id, visitor, form, digest, request_id)
    values (of_key, app_person(), case when app_person() is null then app_visitor() end, asked.service_type, of_digest, of_id);
  insert into promise (request_id, kind, minutes, hours, due_at, begins_at, started_at)
    select of_id, p.kind, p.minutes, p.hours, p.due_at, p.begins_at, p.started_at
    from jsonb_to_recordset(promises) p (kind text, minutes integer, hours text, due_at timestamptz, begins_at timestamptz,
                                         started_at timestamptz);
  insert into request_event (request_id, number, actor_role, kind, payload) values (of_id, 1, '', 'submitted', of_payload);
end $$;
revoke execute on function begin_request(uuid, uuid, text, jsonb, jsonb) from public;
grant execute on function begin_request(uuid, uuid, text, jsonb, jsonb) to hearth_web;
