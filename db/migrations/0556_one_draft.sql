-- One place for what is typed and not sent yet. What staff write on a request lies under the request's own id, a text for
-- each field, and not under the key of an opened form: they find it again in any tab, on any computer.
insert into draft (key, person_id, form, typed, updated_at)
  select request_id, person_id, 'desk', jsonb_object_agg(form, text), max(updated_at)
  from desk_draft group by request_id, person_id;

alter policy draft_own on draft
  with check ((person_id = (select app_person()) or (person_id is null and visitor = (select app_visitor())))
    and (form <> 'desk' or (select app_is_staff()) and exists (select from request r where r.id = draft.key)));

create or replace function forget_requests(asked uuid[]) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  said text[] := array(select distinct word from request_words w, unnest(tsvector_to_array(w.inside)) as word
                       where w.request_id = any (asked));
begin
  update request set description = '', answers = '{}', contact = '{}' where id = any (asked);
  update message set text = '—' where request_id = any (asked);
  update visit_report set note = '', met = '', signature = null, signed_how = nullif(signed_how, 'drawn')
    where request_id = any (asked);
  update visit_rating set words = '' where request_id = any (asked);
  update opening set reason = '———' where request_id = any (asked);
  delete from call_back where request_id = any (asked);
  delete from draft where key = any (asked) and form = 'desk';
  delete from request_visitor where request_id = any (asked);
  delete from conversation_line where conversation_id in (select id from conversation where request_id = any (asked));
  update conversation set visitor = 'forgotten' where request_id = any (asked) and visitor is not null;
  -- The files go from the disk with the next sweep: no row, no file.
  delete from attachment where request_id = any (asked);
  delete from request_words where request_id = any (asked);
  delete from words_due where request_id = any (asked);
  delete from search_word s where s.word = any (said)
    and not exists (select from request_words w where w.inside @@ quote_literal(s.word)::tsquery);
end $$;

-- The old table is left empty, and nobody writes it: the release after the first drops it ("Changing the database").
delete from desk_draft;
drop policy desk_draft_own on desk_draft;
drop policy desk_draft_worker_read on desk_draft;
drop policy desk_draft_worker on desk_draft;
revoke all on desk_draft from hearth_web, hearth_worker;
