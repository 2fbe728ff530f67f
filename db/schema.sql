-- The schema as it stands. Printed by `npm run schema`; meant to be read, never run. Migrations make it.

create table account (
  id uuid not null default uuidv7(),
  number text not null,
  holder text not null,
  created_at timestamp with time zone not null default now(),
  PRIMARY KEY (id),
  UNIQUE (number),
  CHECK ((number ~ '^[0-9]{8,12}$'::text))
);
CREATE INDEX account_holder_folded ON public.account USING gin (folded(holder) gin_trgm_ops);
CREATE INDEX account_holder_trigrams ON public.account USING gin (lower(holder) gin_trgm_ops);
create policy account_seen on account for select to hearth_web
  using ((( SELECT app_is_staff() AS app_is_staff) OR (id IN ( SELECT m.account_id
   FROM account_member m
  WHERE (m.person_id = ( SELECT app_person() AS app_person))))));
create policy account_worker on account for select to hearth_worker
  using (true);
grant select on account to hearth_web;
grant select on account to hearth_worker;

create table account_code (
  id uuid not null default uuidv7(),
  account_id uuid not null,
  digest text not null,
  source text not null,
  issued_by uuid,
  issued_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  PRIMARY KEY (id),
  UNIQUE (digest),
  FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE,
  FOREIGN KEY (issued_by) REFERENCES person(id) ON DELETE SET NULL,
  CHECK ((source = ANY (ARRAY['bill'::text, 'letter'::text])))
);
CREATE INDEX account_code_account ON public.account_code USING btree (account_id) WHERE (used_at IS NULL);
create policy account_code_worker on account_code for select to hearth_worker
  using (true);
grant select on account_code to hearth_worker;

create table account_contact (
  account_id uuid not null,
  email text,
  phone text,
  language text,
  PRIMARY KEY (account_id),
  FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE,
  CHECK ((length(email) <= 254)),
  CHECK ((language ~ '^[a-z]{2}$'::text)),
  CHECK ((length(phone) <= 40))
);
create policy account_contact_held on account_contact for select to hearth_worker
  using (true);
create policy account_contact_seen on account_contact for select to hearth_web
  using (( SELECT app_is_staff() AS app_is_staff));
grant select on account_contact to hearth_web;
grant select on account_contact to hearth_worker;

create table account_invitation (
  id uuid not null default gen_random_uuid(),
  account_id uuid not null,
  email text not null,
  kind text not null,
  scope text not null,
  access_ends_at timestamp with time zone,
  locale text not null,
  digest text not null,
  invited_by uuid not null,
  created_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone not null,
  state text not null default 'waiting'::text,
  ended_at timestamp with time zone,
  form_key uuid,
  PRIMARY KEY (id),
  UNIQUE (digest),
  FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE,
  FOREIGN KEY (invited_by) REFERENCES person(id) ON DELETE CASCADE,
  CHECK (((state = 'waiting'::text) = (ended_at IS NULL))),
  CHECK ((expires_at <= (created_at + '14 days'::interval))),
  CHECK (((email = lower(email)) AND (email ~~ '%_@_%'::text) AND (length(email) <= 254))),
  CHECK ((kind = ANY (ARRAY['authorised'::text, 'landlord'::text, 'nominee'::text]))),
  CHECK ((locale ~ '^[a-z]{2}$'::text)),
  CHECK ((scope = ANY (ARRAY['notices'::text, 'view'::text, 'act'::text]))),
  CHECK ((state = ANY (ARRAY['waiting'::text, 'accepted'::text, 'declined'::text, 'withdrawn'::text])))
);
CREATE INDEX account_invitation_by ON public.account_invitation USING btree (invited_by);
CREATE UNIQUE INDEX account_invitation_form ON public.account_invitation USING btree (invited_by, form_key);
CREATE INDEX account_invitation_old ON public.account_invitation USING btree (COALESCE(ended_at, expires_at));
CREATE UNIQUE INDEX account_invitation_waiting ON public.account_invitation USING btree (account_id, email) WHERE (state = 'waiting'::text);
CREATE TRIGGER budget_of_invitation AFTER INSERT ON public.account_invitation FOR EACH ROW EXECUTE FUNCTION spend_budget('invitation', '60', '60');
create policy account_invitation_forgotten on account_invitation for delete to hearth_worker
  using ((COALESCE(ended_at, expires_at) < (now() - '30 days'::interval)));
create policy account_invitation_made on account_invitation for insert to hearth_web
  with check (((state = 'waiting'::text) AND (((account_id = ANY (( SELECT app_accounts_held() AS app_accounts_held)::uuid[])) AND (invited_by = ( SELECT app_person() AS app_person))) OR (( SELECT app_is_staff() AS app_is_staff) AND (EXISTS ( SELECT 1
   FROM account_member m
  WHERE ((m.account_id = account_invitation.account_id) AND (m.person_id = account_invitation.invited_by) AND (m.kind = 'holder'::text))))))));
create policy account_invitation_seen on account_invitation for select to hearth_web
  using (((account_id = ANY (( SELECT app_accounts_held() AS app_accounts_held)::uuid[])) OR ( SELECT app_is_staff() AS app_is_staff)));
create policy account_invitation_withdrawn on account_invitation for update to hearth_web
  using (((state = 'waiting'::text) AND ((account_id = ANY (( SELECT app_accounts_held() AS app_accounts_held)::uuid[])) OR ( SELECT app_is_staff() AS app_is_staff))))
  with check ((state = 'withdrawn'::text));
create policy account_invitation_worker on account_invitation for select to hearth_worker
  using (true);
grant select on account_invitation to hearth_web;
grant delete, select on account_invitation to hearth_worker;

create table account_member (
  account_id uuid not null,
  person_id uuid not null,
  kind text not null,
  scope text not null,
  created_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone,
  PRIMARY KEY (account_id, person_id),
  FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE,
  FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE,
  CHECK (((kind <> 'holder'::text) OR ((scope = 'act'::text) AND (expires_at IS NULL)))),
  CHECK ((kind = ANY (ARRAY['holder'::text, 'authorised'::text, 'landlord'::text, 'nominee'::text]))),
  CHECK ((scope = ANY (ARRAY['notices'::text, 'view'::text, 'act'::text])))
);
CREATE INDEX account_member_expires ON public.account_member USING btree (expires_at) WHERE (expires_at IS NOT NULL);
CREATE INDEX account_member_person ON public.account_member USING btree (person_id);
CREATE TRIGGER account_keeps_a_holder BEFORE DELETE ON public.account_member FOR EACH ROW WHEN ((old.kind = 'holder'::text)) EXECUTE FUNCTION account_keeps_a_holder();
CREATE TRIGGER account_without_holder AFTER DELETE ON public.account_member FOR EACH ROW WHEN ((old.kind = 'holder'::text)) EXECUTE FUNCTION account_without_holder();
CREATE TRIGGER kept_card_of_who_left AFTER DELETE ON public.account_member FOR EACH ROW EXECUTE FUNCTION kept_card_of_who_left();
CREATE TRIGGER kept_card_of_who_may_less AFTER UPDATE OF scope ON public.account_member FOR EACH ROW WHEN (((old.scope = 'act'::text) AND (new.scope <> 'act'::text))) EXECUTE FUNCTION kept_card_of_who_left();
CREATE TRIGGER refills_end_with_member AFTER DELETE ON public.account_member FOR EACH ROW EXECUTE FUNCTION refills_end_with_member();
CREATE TRIGGER refills_end_with_scope AFTER UPDATE OF scope ON public.account_member FOR EACH ROW WHEN (((old.scope = 'act'::text) AND (new.scope <> 'act'::text))) EXECUTE FUNCTION refills_end_with_member();
create policy member_changed on account_member for update to hearth_web
  using (((kind <> 'holder'::text) AND (account_id = ANY (( SELECT app_accounts_held() AS app_accounts_held)::uuid[]))))
  with check ((kind <> 'holder'::text));
create policy member_changed_at_desk on account_member for update to hearth_web
  using (((kind <> 'holder'::text) AND ( SELECT app_is_staff() AS app_is_staff)))
  with check ((kind <> 'holder'::text));
create policy member_ended on account_member for delete to hearth_web
  using (((person_id = ( SELECT app_person() AS app_person)) OR ( SELECT app_is_staff() AS app_is_staff) OR ((kind <> 'holder'::text) AND (account_id = ANY (( SELECT app_accounts_held() AS app_accounts_held)::uuid[])))));
create policy member_seen on account_member for select to hearth_web
  using ((((expires_at IS NULL) OR (expires_at > now())) AND ((person_id = ( SELECT app_person() AS app_person)) OR ( SELECT app_is_staff() AS app_is_staff) OR (account_id = ANY (( SELECT app_accounts_held() AS app_accounts_held)::uuid[])))));
create policy member_worker on account_member for select to hearth_worker
  using (((expires_at IS NULL) OR (expires_at > now())));
grant delete, select on account_member to hearth_web;
grant select on account_member to hearth_worker;

create table area (
  code text not null,
  name text not null,
  retired_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  PRIMARY KEY (code),
  CHECK ((code ~ '^[a-z][a-z0-9-]{1,29}$'::text)),
  CHECK (((length(name) >= 1) AND (length(name) <= 60)))
);
create policy area_changed on area for update to hearth_web
  using ((( SELECT app_role() AS app_role) = ANY (ARRAY['supervisor'::text, 'admin'::text])))
  with check (true);
create policy area_made on area for insert to hearth_web
  with check ((( SELECT app_role() AS app_role) = ANY (ARRAY['supervisor'::text, 'admin'::text])));
create policy area_seen on area for select to hearth_web, hearth_worker
  using (true);
grant insert, select on area to hearth_web;
grant select on area to hearth_worker;

create table area_postcode (
  prefix text not null,
  area text not null,
  PRIMARY KEY (prefix),
  FOREIGN KEY (area) REFERENCES area(code),
  CHECK ((prefix ~ '^[0-9A-Z]{1,10}$'::text))
);
CREATE INDEX area_postcode_area ON public.area_postcode USING btree (area);
create policy area_postcode_kept on area_postcode for all to hearth_web
  using ((( SELECT app_role() AS app_role) = ANY (ARRAY['supervisor'::text, 'admin'::text])))
  with check ((( SELECT app_role() AS app_role) = ANY (ARRAY['supervisor'::text, 'admin'::text])));
create policy area_postcode_seen on area_postcode for select to hearth_web, hearth_worker
  using (true);
grant delete, insert, select, update on area_postcode to hearth_web;
grant select on area_postcode to hearth_worker;

create table article (
  id uuid not null default uuidv7(),
  slug text not null,
  topic text not null,
  place integer not null default 0,
  retired_at timestamp with time zone,
  created_by uuid,
  kept_by uuid,
  PRIMARY KEY (id),
  UNIQUE (slug),
  FOREIGN KEY (created_by) REFERENCES person(id),
  FOREIGN KEY (kept_by) REFERENCES person(id),
  CHECK ((slug ~ '^[a-z][a-z0-9-]{2,79}$'::text)),
  CHECK ((topic ~ '^[a-z]{3,20}$'::text))
);
CREATE TRIGGER article_guard BEFORE UPDATE ON public.article FOR EACH ROW EXECUTE FUNCTION article_guard();
create policy article_begun on article for insert to hearth_web
  with check ((( SELECT app_is_staff() AS app_is_staff) AND (created_by = ( SELECT app_person() AS app_person)) AND (retired_at IS NULL)));
create policy article_read on article for select to hearth_web, hearth_worker
  using (true);
create policy article_sorted on article for update to hearth_web
  using (( SELECT app_is_staff() AS app_is_staff));
grant select on article to hearth_web;
grant select on article to hearth_worker;

create table article_answer (
  id uuid not null default uuidv7(),
  article_id uuid not null,
  locale text not null,
  version integer not null,
  helped boolean not null,
  words text,
  person_id uuid,
  visitor text,
  created_at timestamp with time zone not null default now(),
  PRIMARY KEY (id),
  UNIQUE NULLS NOT DISTINCT (article_id, locale, version, person_id, visitor),
  FOREIGN KEY (article_id, locale, version) REFERENCES article_version(article_id, locale, version),
  FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE,
  CHECK (((person_id IS NULL) <> (visitor IS NULL))),
  CHECK ((length(visitor) <= 100)),
  CHECK (((length(words) >= 1) AND (length(words) <= 1000)))
);
CREATE INDEX article_answer_newest ON public.article_answer USING btree (article_id, created_at DESC);
CREATE INDEX article_answer_old ON public.article_answer USING btree (created_at);
CREATE INDEX article_answer_person ON public.article_answer USING btree (person_id) WHERE (person_id IS NOT NULL);
CREATE TRIGGER article_answer_counted AFTER INSERT OR UPDATE ON public.article_answer FOR EACH ROW EXECUTE FUNCTION count_article_answer();
CREATE TRIGGER budget_of_article_answer AFTER INSERT ON public.article_answer FOR EACH ROW EXECUTE FUNCTION spend_budget('message', '90', '60');
create policy article_answer_changed on article_answer for update to hearth_web
  using (((person_id = ( SELECT app_person() AS app_person)) OR ((person_id IS NULL) AND (( SELECT app_person() AS app_person) IS NULL) AND (visitor = ( SELECT app_visitor() AS app_visitor)))));
create policy article_answer_forgotten on article_answer for delete to hearth_worker
  using (true);
create policy article_answer_given on article_answer for insert to hearth_web
  with check (((NOT ( SELECT app_is_staff() AS app_is_staff)) AND (NOT (person_id IS DISTINCT FROM ( SELECT app_person() AS app_person))) AND ((person_id IS NOT NULL) OR ((visitor = ( SELECT app_visitor() AS app_visitor)) AND (visitor <> 'nobody'::text)))));
create policy article_answer_held on article_answer for select to hearth_worker
  using (true);
create policy article_answer_read on article_answer for select to hearth_web
  using ((( SELECT app_is_staff() AS app_is_staff) OR (person_id = ( SELECT app_person() AS app_person)) OR ((person_id IS NULL) AND (( SELECT app_person() AS app_person) IS NULL) AND (visitor = ( SELECT app_visitor() AS app_visitor)))));
grant select on article_answer to hearth_web;
grant delete, select on article_answer to hearth_worker;

create table article_day (
  article_id uuid not null,
  day date not null default CURRENT_DATE,
  views integer not null default 0,
  helped integer not null default 0,
  not_helped integer not null default 0,
  PRIMARY KEY (article_id, day),
  FOREIGN KEY (article_id) REFERENCES article(id)
);
create policy article_day_read on article_day for select to hearth_web
  using (true);
grant select on article_day to hearth_web;

create table article_version (
  article_id uuid not null,
  locale text not null,
  version integer not null,
  title text not null,
  summary text not null,
  body text not null,
  questions text[] not null default '{}'::text[],
  action text,
  state text not null,
  written_by uuid,
  approved_by uuid,
  valid_from timestamp with time zone not null default now(),
  created_at timestamp with time zone not null default now(),
  found_by tsvector not null default ''::tsvector,
  changes integer not null default 0,
  updated_at timestamp with time zone not null default now(),
  proposed_by uuid,
  approved_at timestamp with time zone,
  note text,
  PRIMARY KEY (article_id, locale, version),
  FOREIGN KEY (approved_by) REFERENCES person(id),
  FOREIGN KEY (article_id) REFERENCES article(id),
  FOREIGN KEY (proposed_by) REFERENCES person(id),
  FOREIGN KEY (written_by) REFERENCES person(id),
  CHECK ((action ~ '^/[a-zA-Z0-9/?=&_-]{1,120}$'::text)),
  CHECK (((length(body) >= 3) AND (length(body) <= 20000))),
  CHECK ((locale = ANY (ARRAY['en'::text, 'es'::text]))),
  CHECK (((length(note) >= 1) AND (length(note) <= 500))),
  CHECK ((cardinality(questions) <= 60)),
  CHECK ((state = ANY (ARRAY['draft'::text, 'proposed'::text, 'approved'::text, 'withdrawn'::text]))),
  CHECK (((length(summary) >= 3) AND (length(summary) <= 300))),
  CHECK (((length(title) >= 3) AND (length(title) <= 120))),
  CHECK ((version > 0))
);
CREATE INDEX article_version_found_by ON public.article_version USING gin (found_by);
CREATE UNIQUE INDEX article_version_open ON public.article_version USING btree (article_id, locale) WHERE (state = ANY (ARRAY['draft'::text, 'proposed'::text]));
CREATE TRIGGER article_found_by BEFORE INSERT OR UPDATE ON public.article_version FOR EACH ROW EXECUTE FUNCTION article_found_by();
CREATE TRIGGER article_version_guard BEFORE UPDATE ON public.article_version FOR EACH ROW EXECUTE FUNCTION article_version_guard();
create policy article_version_drafted on article_version for insert to hearth_web
  with check ((( SELECT app_is_staff() AS app_is_staff) AND (state = 'draft'::text) AND (written_by = ( SELECT app_person() AS app_person)) AND (proposed_by IS NULL) AND (approved_by IS NULL) AND (approved_at IS NULL)));
create policy article_version_moved on article_version for update to hearth_web
  using ((( SELECT app_is_staff() AS app_is_staff) AND (state <> 'withdrawn'::text)))
  with check (( SELECT app_is_staff() AS app_is_staff));
create policy article_version_read on article_version for select to hearth_web, hearth_worker
  using ((((state = 'approved'::text) AND (valid_from <= now())) OR app_is_staff()));
grant select on article_version to hearth_web;
grant select on article_version to hearth_worker;

create table attachment (
  id uuid not null default gen_random_uuid(),
  form_key uuid not null,
  person_id uuid,
  visitor text,
  address text,
  request_id uuid,
  visibility text not null default 'public'::text,
  name text not null,
  size integer not null,
  declared_type text not null default ''::text,
  state text not null default 'receiving'::text,
  type text,
  kind text generated always as (
CASE
    WHEN (type ~~ 'image/%'::text) THEN 'image'::text
    WHEN (type ~~ 'video/%'::text) THEN 'video'::text
    WHEN (type = 'application/pdf'::text) THEN 'pdf'::text
    ELSE NULL::text
END) stored,
  sha256 text,
  scan text not null default 'pending'::text,
  why_rejected text,
  preview text not null default 'pending'::text,
  has_position boolean,
  stripped boolean not null default false,
  width integer,
  height integer,
  seconds real,
  created_at timestamp with time zone not null default now(),
  received_at timestamp with time zone,
  expires_at timestamp with time zone,
  reading_id uuid,
  PRIMARY KEY (id),
  FOREIGN KEY (person_id) REFERENCES person(id),
  FOREIGN KEY (reading_id) REFERENCES reading(id) ON DELETE CASCADE,
  FOREIGN KEY (request_id) REFERENCES request(id),
  CHECK ((num_nonnulls(request_id, reading_id) <= 1)),
  CHECK (((person_id IS NOT NULL) OR ((visitor IS NOT NULL) AND (address IS NOT NULL)))),
  CHECK (((state <> ALL (ARRAY['received'::text, 'ready'::text])) OR ((type IS NOT NULL) AND (sha256 IS NOT NULL) AND (received_at IS NOT NULL)))),
  CHECK (((kind IS NULL) OR (kind = 'video'::text) OR (size <= file_most_bytes()))),
  CHECK (((state = 'rejected'::text) = (why_rejected IS NOT NULL))),
  CHECK (((scan <> 'infected'::text) OR (state = 'rejected'::text))),
  CHECK ((length(declared_type) <= 100)),
  CHECK ((height > 0)),
  CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  CHECK (((reading_id IS NULL) OR ((visibility = 'public'::text) AND COALESCE((kind = 'image'::text), false)))),
  CHECK ((preview = ANY (ARRAY['pending'::text, 'made'::text, 'none'::text, 'too_large'::text, 'failed'::text]))),
  CHECK ((scan = ANY (ARRAY['pending'::text, 'clean'::text, 'not_scanned'::text, 'infected'::text]))),
  CHECK ((seconds >= (0)::double precision)),
  CHECK (((num_nonnulls(request_id, reading_id) = 0) OR (state = ANY (ARRAY['received'::text, 'ready'::text, 'rejected'::text])))),
  CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text)),
  CHECK (((size >= 1) AND (size <= 524288000))),
  CHECK ((state = ANY (ARRAY['receiving'::text, 'received'::text, 'ready'::text, 'rejected'::text, 'removed'::text]))),
  CHECK ((type = ANY (ARRAY['image/jpeg'::text, 'image/png'::text, 'image/webp'::text, 'image/gif'::text, 'image/avif'::text, 'image/heic'::text, 'video/mp4'::text, 'video/quicktime'::text, 'video/webm'::text, 'video/3gpp'::text, 'application/pdf'::text]))),
  CHECK ((visibility = ANY (ARRAY['public'::text, 'internal'::text]))),
  CHECK (((num_nonnulls(request_id, reading_id) = 0) = (expires_at IS NOT NULL))),
  CHECK ((width > 0))
);
CREATE INDEX attachment_address ON public.attachment USING btree (address, created_at) WHERE (person_id IS NULL);
CREATE INDEX attachment_expiry ON public.attachment USING btree (expires_at) WHERE (expires_at IS NOT NULL);
CREATE INDEX attachment_form ON public.attachment USING btree (form_key);
CREATE INDEX attachment_of_person ON public.attachment USING btree (person_id, created_at) WHERE (person_id IS NOT NULL);
CREATE INDEX attachment_reading ON public.attachment USING btree (reading_id) WHERE (reading_id IS NOT NULL);
CREATE INDEX attachment_request ON public.attachment USING btree (request_id) WHERE (request_id IS NOT NULL);
CREATE INDEX attachment_waiting ON public.attachment USING btree (person_id) WHERE (expires_at IS NOT NULL);
CREATE TRIGGER attachment_quota AFTER INSERT ON public.attachment FOR EACH ROW EXECUTE FUNCTION attachment_quota();
CREATE TRIGGER attachment_room BEFORE INSERT ON public.attachment FOR EACH ROW EXECUTE FUNCTION attachment_room();
CREATE TRIGGER budget_of_attachment AFTER INSERT ON public.attachment FOR EACH ROW EXECUTE FUNCTION spend_budget('attachment', '300', '60');
create policy attachment_begun on attachment for insert to hearth_web
  with check (((expires_at IS NOT NULL) AND (state = 'receiving'::text) AND (visibility = 'public'::text) AND ((person_id = ( SELECT app_person() AS app_person)) OR ((person_id IS NULL) AND (( SELECT app_person() AS app_person) IS NULL) AND (visitor = ( SELECT app_visitor() AS app_visitor))))));
create policy attachment_changed on attachment for update to hearth_web
  using (((expires_at IS NOT NULL) AND ((person_id = ( SELECT app_person() AS app_person)) OR ((person_id IS NULL) AND (visitor = ( SELECT app_visitor() AS app_visitor))))))
  with check (((expires_at IS NOT NULL) AND ((visibility = 'public'::text) OR ( SELECT app_is_staff() AS app_is_staff))));
create policy attachment_of_reading on attachment for select to hearth_web
  using (((reading_id IS NOT NULL) AND (EXISTS ( SELECT 1
   FROM reading g
  WHERE (g.id = attachment.reading_id)))));
create policy attachment_own on attachment for select to hearth_web
  using (((expires_at IS NOT NULL) AND ((person_id = ( SELECT app_person() AS app_person)) OR ((person_id IS NULL) AND (visitor = ( SELECT app_visitor() AS app_visitor))))));
create policy attachment_seen on attachment for select to hearth_web
  using (((request_id IS NOT NULL) AND ((visibility = 'public'::text) OR ( SELECT app_is_staff() AS app_is_staff)) AND ((request_id = ( SELECT app_request() AS app_request)) OR (EXISTS ( SELECT 1
   FROM request r
  WHERE (r.id = attachment.request_id))))));
create policy attachment_taken_back on attachment for delete to hearth_web
  using (((expires_at IS NOT NULL) AND (state = 'removed'::text) AND ((person_id = ( SELECT app_person() AS app_person)) OR ((person_id IS NULL) AND (visitor = ( SELECT app_visitor() AS app_visitor))))));
create policy attachment_to_reading on attachment for update to hearth_web
  using (false)
  with check (((reading_id IS NOT NULL) AND (EXISTS ( SELECT
   FROM reading g
  WHERE ((g.id = attachment.reading_id) AND (g.taken_by = ( SELECT app_person() AS app_person)))))));
create policy attachment_to_request on attachment for update to hearth_web
  using (false)
  with check (((request_id IS NOT NULL) AND ((visibility = 'public'::text) OR ( SELECT app_is_staff() AS app_is_staff)) AND (EXISTS ( SELECT
   FROM request r
  WHERE (r.id = attachment.request_id)))));
create policy attachment_worker on attachment for all to hearth_worker
  using (true)
  with check (true);
grant delete, insert, select on attachment to hearth_web;
grant delete, select, update on attachment to hearth_worker;

create table audit_entry (
  id uuid not null default uuidv7(),
  at timestamp with time zone not null default now(),
  actor_id uuid,
  actor_role text not null,
  action text not null,
  subject_kind text not null,
  subject_id uuid,
  detail jsonb not null default '{}'::jsonb,
  PRIMARY KEY (id)
);
CREATE INDEX audit_entry_action ON public.audit_entry USING btree (action, id DESC);
CREATE INDEX audit_entry_actor ON public.audit_entry USING btree (actor_id) WHERE (actor_id IS NOT NULL);
CREATE INDEX audit_entry_subject ON public.audit_entry USING btree (subject_id, at DESC);
CREATE TRIGGER budget_of_audit AFTER INSERT ON public.audit_entry FOR EACH ROW WHEN ((new.actor_role = 'customer'::text)) EXECUTE FUNCTION spend_budget('audit', '300', '60');
create policy audit_auth on audit_entry for insert to hearth_auth
  with check (true);
create policy audit_entry_held on audit_entry for select to hearth_worker
  using (true);
create policy audit_of_access on audit_entry for select to hearth_web
  using (((action = ANY (ARRAY['account.claimed'::text, 'access.invited'::text, 'access.withdrawn'::text, 'access.accepted'::text, 'access.declined'::text, 'access.changed'::text, 'access.ended'::text, 'access.left'::text, 'access.expired'::text])) AND (((subject_kind = 'account'::text) AND ((subject_id = ANY (( SELECT app_accounts_held() AS app_accounts_held)::uuid[])) OR ( SELECT app_is_staff() AS app_is_staff))) OR ((subject_kind = 'person'::text) AND ((subject_id = ( SELECT app_person() AS app_person)) OR (( SELECT app_is_staff() AS app_is_staff) AND app_is_customer(subject_id)))))));
create policy audit_of_closing on audit_entry for select to hearth_web
  using (((subject_kind = 'person'::text) AND (action = ANY (ARRAY['person.data_asked'::text, 'person.closing_done'::text])) AND ((subject_id = ( SELECT app_person() AS app_person)) OR (( SELECT app_is_staff() AS app_is_staff) AND app_is_customer(subject_id)))));
create policy audit_of_customers on audit_entry for select to hearth_web
  using (((subject_kind = 'person'::text) AND (action = ANY (ARRAY['details.changed'::text, 'priority.changed'::text, 'person.email_change_asked'::text, 'person.email_changed'::text, 'person.email_taken_back'::text, 'person.password_changed'::text, 'person.closing_asked'::text, 'person.closing_withdrawn'::text, 'person.data_taken'::text])) AND ((subject_id = ( SELECT app_person() AS app_person)) OR (( SELECT app_is_staff() AS app_is_staff) AND app_is_customer(subject_id)))));
create policy audit_of_sign_in on audit_entry for select to hearth_web
  using (((subject_kind = 'person'::text) AND (action = ANY (ARRAY['person.signed_out_at_desk'::text, 'person.second_factor_off_at_desk'::text])) AND ((subject_id = ( SELECT app_person() AS app_person)) OR (( SELECT app_is_staff() AS app_is_staff) AND app_is_customer(subject_id)))));
create policy audit_of_texts on audit_entry for select to hearth_web
  using (((subject_kind = 'person'::text) AND (action = ANY (ARRAY['person.phone_verified'::text, 'person.texts_stopped'::text, 'person.texts_resumed'::text, 'person.texts_failed'::text])) AND ((subject_id = ( SELECT app_person() AS app_person)) OR (( SELECT app_is_staff() AS app_is_staff) AND app_is_customer(subject_id)))));
create policy audit_read on audit_entry for select to hearth_web
  using (((( SELECT app_role() AS app_role) = 'admin'::text) OR (actor_id = ( SELECT app_person() AS app_person))));
create policy audit_worker on audit_entry for insert to hearth_worker
  with check (true);
create policy audit_written on audit_entry for insert to hearth_web
  with check (((NOT (actor_id IS DISTINCT FROM ( SELECT app_person() AS app_person))) AND (actor_role = ( SELECT app_role() AS app_role))));
grant select on audit_entry to hearth_web;
grant select on audit_entry to hearth_worker;

create table bill (
  id uuid not null default uuidv7(),
  account_id uuid not null,
  number text not null,
  currency text not null,
  issued_on date not null,
  due_on date not null,
  period_from date not null,
  period_to date not null,
  total bigint not null,
  quantity numeric(12,3),
  unit text,
  meter_id uuid,
  opening text,
  closing text,
  estimated boolean not null default false,
  temperature numeric(4,1),
  created_at timestamp with time zone not null default now(),
  PRIMARY KEY (id),
  UNIQUE (number),
  FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE,
  FOREIGN KEY (meter_id) REFERENCES meter(id),
  CHECK ((due_on >= issued_on)),
  CHECK ((period_to >= period_from)),
  CHECK (((quantity IS NULL) = (unit IS NULL))),
  CHECK ((closing ~ '^[0-9]{4,8}$'::text)),
  CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  CHECK ((number ~ '^[0-9A-Z-]{4,20}$'::text)),
  CHECK ((opening ~ '^[0-9]{4,8}$'::text)),
  CHECK ((quantity >= (0)::numeric)),
  CHECK ((unit = ANY (ARRAY['therm'::text, 'kwh'::text, 'kg'::text])))
);
CREATE INDEX bill_account ON public.bill USING btree (account_id, issued_on DESC, number DESC);
CREATE INDEX bill_due ON public.bill USING btree (due_on);
CREATE INDEX bill_issued ON public.bill USING btree (issued_on);
CREATE CONSTRAINT TRIGGER bill_adds_up AFTER INSERT OR UPDATE OF total ON public.bill DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION bill_adds_up();
create policy bill_seen on bill for select to hearth_web
  using ((( SELECT app_is_staff() AS app_is_staff) OR (account_id = ANY (( SELECT app_accounts_seen() AS app_accounts_seen)::uuid[]))));
create policy bill_worker on bill for select to hearth_worker
  using (true);
grant select on bill to hearth_web;
grant select on bill to hearth_worker;

create table bill_letter (
  bill_id uuid not null,
  kind text not null,
  created_at timestamp with time zone not null default now(),
  PRIMARY KEY (bill_id, kind),
  FOREIGN KEY (bill_id) REFERENCES bill(id) ON DELETE CASCADE,
  CHECK ((kind = ANY (ARRAY['new'::text, 'due'::text, 'overdue'::text, 'paid'::text])))
);
create policy bill_letter_worker on bill_letter for all to hearth_worker
  using (true)
  with check (true);
grant insert, select on bill_letter to hearth_worker;

create table bill_line (
  bill_id uuid not null,
  number smallint not null,
  code text not null,
  label text,
  quantity numeric(14,3),
  unit text,
  rate numeric(16,6),
  amount bigint not null,
  PRIMARY KEY (bill_id, number),
  FOREIGN KEY (bill_id) REFERENCES bill(id) ON DELETE CASCADE,
  CHECK ((code = ANY (ARRAY['standing'::text, 'gas'::text, 'delivery'::text, 'surcharge'::text, 'tax'::text, 'adjustment'::text, 'late_fee'::text, 'other'::text]))),
  CHECK (((length(label) >= 1) AND (length(label) <= 120))),
  CHECK ((number > 0)),
  CHECK ((unit = ANY (ARRAY['therm'::text, 'kwh'::text, 'kg'::text, 'day'::text, 'percent'::text])))
);
CREATE CONSTRAINT TRIGGER bill_adds_up AFTER INSERT OR DELETE OR UPDATE ON public.bill_line DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION bill_adds_up();
create policy bill_line_seen on bill_line for select to hearth_web
  using ((EXISTS ( SELECT 1
   FROM bill b
  WHERE (b.id = bill_line.bill_id))));
create policy bill_line_worker on bill_line for select to hearth_worker
  using (true);
grant select on bill_line to hearth_web;
grant select on bill_line to hearth_worker;

create table bill_paper (
  bill_id uuid not null,
  file uuid not null,
  sha256 text not null,
  size integer not null,
  received_at timestamp with time zone not null default now(),
  PRIMARY KEY (bill_id),
  UNIQUE (file),
  FOREIGN KEY (bill_id) REFERENCES bill(id) ON DELETE CASCADE,
  CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text)),
  CHECK (((size >= 1) AND (size <= 26214400)))
);
create policy bill_paper_seen on bill_paper for select to hearth_web
  using ((EXISTS ( SELECT
   FROM bill b
  WHERE (b.id = bill_paper.bill_id))));
create policy bill_paper_worker on bill_paper for select to hearth_worker
  using (true);
grant select on bill_paper to hearth_web;
grant select on bill_paper to hearth_worker;

create table bot_answer (
  id uuid not null default uuidv7(),
  conversation_id uuid,
  person_id uuid,
  at timestamp with time zone not null default now(),
  locale text not null,
  question text,
  kind text not null,
  topic text,
  confidence real not null,
  next text[] not null default '{}'::text[],
  outcome text not null default 'open'::text,
  PRIMARY KEY (id),
  FOREIGN KEY (conversation_id) REFERENCES conversation(id) ON DELETE SET NULL,
  FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE,
  CHECK (((confidence >= (0)::double precision) AND (confidence <= (1)::double precision))),
  CHECK ((kind = ANY (ARRAY['article'::text, 'service'::text, 'fact'::text, 'guesses'::text, 'abstain'::text, 'person'::text]))),
  CHECK ((length(locale) <= 10)),
  CHECK ((cardinality(next) <= 2)),
  CHECK ((outcome = ANY (ARRAY['open'::text, 'helped'::text, 'chosen'::text, 'again'::text, 'person'::text]))),
  CHECK (((length(question) >= 1) AND (length(question) <= 500))),
  CHECK ((length(topic) <= 200))
);
CREATE INDEX bot_answer_at ON public.bot_answer USING btree (at, kind, outcome);
CREATE INDEX bot_answer_newest ON public.bot_answer USING btree (id DESC) WHERE (question IS NOT NULL);
CREATE INDEX bot_answer_of_conversation ON public.bot_answer USING btree (conversation_id, id DESC) WHERE (conversation_id IS NOT NULL);
CREATE INDEX bot_answer_of_person ON public.bot_answer USING btree (person_id) WHERE (person_id IS NOT NULL);
CREATE INDEX bot_answer_refused ON public.bot_answer USING btree (id DESC) WHERE ((question IS NOT NULL) AND (outcome = ANY (ARRAY['again'::text, 'person'::text])));
CREATE INDEX bot_answer_unsure ON public.bot_answer USING btree (id DESC) WHERE ((question IS NOT NULL) AND (kind = ANY (ARRAY['guesses'::text, 'abstain'::text])));
create policy bot_answer_own on bot_answer for all to hearth_web
  using ((EXISTS ( SELECT 1
   FROM conversation c
  WHERE ((c.id = bot_answer.conversation_id) AND ((c.person_id = ( SELECT app_person() AS app_person)) OR ((c.person_id IS NULL) AND (c.visitor = ( SELECT app_visitor() AS app_visitor))))))))
  with check ((EXISTS ( SELECT 1
   FROM conversation c
  WHERE ((c.id = bot_answer.conversation_id) AND (NOT (c.person_id IS DISTINCT FROM bot_answer.person_id)) AND ((c.person_id = ( SELECT app_person() AS app_person)) OR ((c.person_id IS NULL) AND (c.visitor = ( SELECT app_visitor() AS app_visitor))))))));
create policy bot_answer_staff on bot_answer for select to hearth_web
  using (( SELECT app_is_staff() AS app_is_staff));
create policy bot_answer_worker on bot_answer for all to hearth_worker
  using (true);
grant insert, select on bot_answer to hearth_web;
grant delete, select on bot_answer to hearth_worker;

create table bot_lesson (
  id uuid not null default uuidv7(),
  asked_by uuid,
  question text not null,
  topic text not null,
  proposed_by uuid not null,
  proposed_at timestamp with time zone not null default now(),
  since integer,
  until integer,
  PRIMARY KEY (id),
  FOREIGN KEY (asked_by) REFERENCES person(id) ON DELETE CASCADE,
  FOREIGN KEY (proposed_by) REFERENCES person(id),
  FOREIGN KEY (since) REFERENCES bot_version(version),
  FOREIGN KEY (until) REFERENCES bot_version(version),
  CHECK ((until > since)),
  CHECK (((length(question) >= 3) AND (length(question) <= 200))),
  CHECK ((topic ~ '^((article|service|fact):[A-Za-z0-9-]{2,80}|person|none)$'::text))
);
CREATE UNIQUE INDEX bot_lesson_in_force ON public.bot_lesson USING btree (lower(question)) WHERE ((since IS NOT NULL) AND (until IS NULL));
CREATE INDEX bot_lesson_of_person ON public.bot_lesson USING btree (asked_by) WHERE (asked_by IS NOT NULL);
CREATE INDEX bot_lesson_proposed ON public.bot_lesson USING btree (proposed_at) WHERE (since IS NULL);
CREATE INDEX bot_lesson_since ON public.bot_lesson USING btree (since);
CREATE INDEX bot_lesson_until ON public.bot_lesson USING btree (until) WHERE (until IS NOT NULL);
CREATE TRIGGER bound_lessons BEFORE INSERT ON public.bot_lesson FOR EACH ROW EXECUTE FUNCTION bound_lessons();
create policy bot_lesson_declined on bot_lesson for delete to hearth_web
  using (((( SELECT app_role() AS app_role) = ANY (ARRAY['supervisor'::text, 'admin'::text])) AND (since IS NULL)));
create policy bot_lesson_held on bot_lesson for select to hearth_worker
  using (true);
create policy bot_lesson_proposed on bot_lesson for insert to hearth_web
  with check ((( SELECT app_is_staff() AS app_is_staff) AND (proposed_by = ( SELECT app_person() AS app_person)) AND ((since IS NULL) OR (( SELECT app_role() AS app_role) = ANY (ARRAY['supervisor'::text, 'admin'::text])))));
create policy bot_lesson_seen on bot_lesson for select to hearth_web
  using (( SELECT app_is_staff() AS app_is_staff));
create policy bot_lesson_taught on bot_lesson for update to hearth_web
  using ((( SELECT app_role() AS app_role) = ANY (ARRAY['supervisor'::text, 'admin'::text])));
grant delete, select on bot_lesson to hearth_web;
grant select on bot_lesson to hearth_worker;

create table bot_version (
  version integer not null,
  made_by uuid not null,
  made_at timestamp with time zone not null default now(),
  back_to integer,
  PRIMARY KEY (version),
  FOREIGN KEY (made_by) REFERENCES person(id),
  CHECK (((back_to >= 0) AND (back_to < version))),
  CHECK ((version > 0))
);
create policy bot_version_made on bot_version for insert to hearth_web
  with check (((( SELECT app_role() AS app_role) = ANY (ARRAY['supervisor'::text, 'admin'::text])) AND (made_by = ( SELECT app_person() AS app_person))));
create policy bot_version_seen on bot_version for select to hearth_web
  using (( SELECT app_is_staff() AS app_is_staff));
grant select on bot_version to hearth_web;

create table bottled_supply (
  premises_id uuid not null,
  kind text not null,
  since date not null default CURRENT_DATE,
  changed_by uuid,
  PRIMARY KEY (premises_id),
  FOREIGN KEY (changed_by) REFERENCES person(id),
  FOREIGN KEY (premises_id) REFERENCES premises(id) ON DELETE CASCADE,
  CHECK ((kind = ANY (ARRAY['cylinder'::text, 'tank'::text])))
);
CREATE INDEX bottled_supply_changed_by ON public.bottled_supply USING btree (changed_by) WHERE (changed_by IS NOT NULL);
create policy bottled_supply_held on bottled_supply for select to hearth_worker
  using (true);
create policy bottled_supply_kept on bottled_supply for all to hearth_web
  using (( SELECT app_is_staff() AS app_is_staff))
  with check ((( SELECT app_is_staff() AS app_is_staff) AND (changed_by = ( SELECT app_person() AS app_person))));
create policy bottled_supply_seen on bottled_supply for select to hearth_web
  using ((( SELECT app_is_staff() AS app_is_staff) OR (EXISTS ( SELECT 1
   FROM premises p
  WHERE ((p.id = bottled_supply.premises_id) AND (p.account_id = ANY (( SELECT app_accounts_seen() AS app_accounts_seen)::uuid[])))))));
create policy bottled_supply_worker on bottled_supply for select to hearth_worker
  using (true);
grant delete, insert, select on bottled_supply to hearth_web;
grant select on bottled_supply to hearth_worker;

create table budget (
  person_id uuid not null,
  kind text not null,
  count integer not null,
  window_ends_at timestamp with time zone not null,
  PRIMARY KEY (person_id, kind),
  FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE,
  CHECK ((kind = ANY (ARRAY['request'::text, 'message'::text, 'draft'::text, 'attachment'::text, 'settings'::text, 'reading'::text, 'place'::text, 'programme'::text, 'calendar'::text, 'priority'::text, 'closing'::text, 'copy'::text, 'invitation'::text, 'conversation'::text, 'turn'::text, 'rating'::text, 'event'::text, 'audit'::text])))
);
CREATE INDEX budget_ends ON public.budget USING btree (window_ends_at);
create policy budget_worker on budget for all to hearth_worker
  using (true);
grant delete, select on budget to hearth_worker;

create table calendar_address (
  id uuid not null default uuidv7(),
  person_id uuid not null,
  digest text not null,
  created_at timestamp with time zone not null default now(),
  read_at timestamp with time zone,
  revoked_at timestamp with time zone,
  PRIMARY KEY (id),
  UNIQUE (digest),
  FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE,
  CHECK ((digest ~ '^[0-9a-f]{64}$'::text))
);
CREATE INDEX calendar_address_person ON public.calendar_address USING btree (person_id);
CREATE TRIGGER budget_of_calendar AFTER INSERT ON public.calendar_address FOR EACH ROW EXECUTE FUNCTION spend_budget('calendar', '60', '60');
create policy calendar_address_ended on calendar_address for update to hearth_web
  using ((person_id = ( SELECT app_person() AS app_person)))
  with check ((person_id = ( SELECT app_person() AS app_person)));
create policy calendar_address_held on calendar_address for select to hearth_worker
  using (true);
create policy calendar_address_made on calendar_address for insert to hearth_web
  with check ((person_id = ( SELECT app_person() AS app_person)));
create policy calendar_address_seen on calendar_address for select to hearth_web
  using ((person_id = ( SELECT app_person() AS app_person)));
grant select on calendar_address to hearth_web;
grant select on calendar_address to hearth_worker;

create table call_back (
  request_id uuid not null,
  phone text not null,
  begins_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  state text not null default 'waiting'::text,
  tries smallint not null default 0,
  created_at timestamp with time zone not null default now(),
  ended_at timestamp with time zone,
  PRIMARY KEY (request_id),
  FOREIGN KEY (request_id) REFERENCES request(id) ON DELETE CASCADE,
  CHECK ((begins_at < ends_at)),
  CHECK (((state = 'waiting'::text) = (ended_at IS NULL))),
  CHECK ((phone ~ '^\+?[0-9]{7,15}(;ext=[0-9]{1,6})?$'::text)),
  CHECK ((state = ANY (ARRAY['waiting'::text, 'reached'::text, 'given_up'::text, 'cancelled'::text, 'over'::text]))),
  CHECK (((tries >= 0) AND (tries <= 20)))
);
CREATE INDEX call_back_by_number ON public.call_back USING btree (phone) WHERE (state = 'waiting'::text);
CREATE INDEX call_back_due ON public.call_back USING btree (begins_at) WHERE (state = 'waiting'::text);
create policy call_back_asked on call_back for insert to hearth_web
  with check (((state = 'waiting'::text) AND (tries = 0) AND (ends_at > now()) AND (EXISTS ( SELECT 1
   FROM request r
  WHERE ((r.id = call_back.request_id) AND (r.status = 'submitted'::text))))));
create policy call_back_seen on call_back for select to hearth_web
  using ((EXISTS ( SELECT 1
   FROM request r
  WHERE (r.id = call_back.request_id))));
create policy call_back_tried on call_back for update to hearth_web
  using ((( SELECT app_is_staff() AS app_is_staff) AND (EXISTS ( SELECT 1
   FROM request r
  WHERE (r.id = call_back.request_id)))));
create policy call_back_worker on call_back for select to hearth_worker
  using (true);
grant insert, select on call_back to hearth_web;
grant select on call_back to hearth_worker;

create table caught_mail (
  id uuid not null default uuidv7(),
  at timestamp with time zone not null default now(),
  sender text not null,
  recipient text not null,
  subject text not null,
  text text not null,
  html text not null,
  by text not null default 'email'::text,
  PRIMARY KEY (id),
  CHECK ((by = ANY (ARRAY['email'::text, 'text'::text])))
);
grant select on caught_mail to hearth_web;
grant delete, insert, select on caught_mail to hearth_worker;

create table chat_desk (
  person_id uuid not null,
  seen_at timestamp with time zone not null default now(),
  paused_at timestamp with time zone,
  PRIMARY KEY (person_id),
  FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE
);
create policy chat_desk_again on chat_desk for update to hearth_web
  using ((( SELECT app_is_staff() AS app_is_staff) AND (person_id = ( SELECT app_person() AS app_person))));
create policy chat_desk_own on chat_desk for insert to hearth_web
  with check ((( SELECT app_is_staff() AS app_is_staff) AND (person_id = ( SELECT app_person() AS app_person))));
create policy chat_desk_seen on chat_desk for select to hearth_web
  using (( SELECT app_is_staff() AS app_is_staff));
create policy chat_desk_worker on chat_desk for all to hearth_worker
  using (true);
grant insert, select on chat_desk to hearth_web;
grant delete, select on chat_desk to hearth_worker;

create table closing (
  id uuid not null default uuidv7(),
  person_id uuid not null,
  state text not null default 'waiting'::text,
  asked_at timestamp with time zone not null default now(),
  asked_by uuid,
  due_at timestamp with time zone not null default (now() + forgotten_after()),
  ended_at timestamp with time zone,
  PRIMARY KEY (id),
  FOREIGN KEY (asked_by) REFERENCES person(id),
  FOREIGN KEY (person_id) REFERENCES person(id),
  CHECK (((state = 'waiting'::text) = (ended_at IS NULL))),
  CHECK ((due_at >= (asked_at + '14 days'::interval))),
  CHECK ((state = ANY (ARRAY['waiting'::text, 'withdrawn'::text, 'done'::text])))
);
CREATE INDEX closing_due ON public.closing USING btree (due_at) WHERE (state = 'waiting'::text);
CREATE INDEX closing_person ON public.closing USING btree (person_id, asked_at DESC);
CREATE UNIQUE INDEX closing_waiting ON public.closing USING btree (person_id) WHERE (state = 'waiting'::text);
CREATE TRIGGER budget_of_closing AFTER INSERT ON public.closing FOR EACH ROW EXECUTE FUNCTION spend_budget('closing', '20', '60');
CREATE TRIGGER closing_begins BEFORE INSERT ON public.closing FOR EACH ROW EXECUTE FUNCTION closing_begins();
CREATE TRIGGER closing_pauses_refills AFTER INSERT ON public.closing FOR EACH ROW EXECUTE FUNCTION closing_pauses_refills();
create policy closing_asked on closing for insert to hearth_web
  with check (((asked_by = ( SELECT app_person() AS app_person)) AND (state = 'waiting'::text) AND ((person_id = ( SELECT app_person() AS app_person)) OR (( SELECT app_role() AS app_role) = ANY (ARRAY['supervisor'::text, 'admin'::text])))));
create policy closing_seen on closing for select to hearth_web
  using (((person_id = ( SELECT app_person() AS app_person)) OR ( SELECT app_is_staff() AS app_is_staff)));
create policy closing_withdrawn on closing for update to hearth_web
  using (((state = 'waiting'::text) AND ((person_id = ( SELECT app_person() AS app_person)) OR (( SELECT app_role() AS app_role) = ANY (ARRAY['supervisor'::text, 'admin'::text])))))
  with check ((state = 'withdrawn'::text));
create policy closing_worker on closing for select to hearth_worker
  using (true);
grant insert, select on closing to hearth_web;
grant select on closing to hearth_worker;

create table closing_hold (
  person_id uuid not null,
  reason text not null,
  made_by uuid not null,
  made_at timestamp with time zone not null default now(),
  PRIMARY KEY (person_id),
  FOREIGN KEY (made_by) REFERENCES person(id),
  FOREIGN KEY (person_id) REFERENCES person(id),
  CHECK (((length(reason) >= 3) AND (length(reason) <= 500)))
);
create policy closing_hold_lifted on closing_hold for delete to hearth_web
  using ((( SELECT app_role() AS app_role) = ANY (ARRAY['supervisor'::text, 'admin'::text])));
create policy closing_hold_made on closing_hold for insert to hearth_web
  with check (((made_by = ( SELECT app_person() AS app_person)) AND (( SELECT app_role() AS app_role) = ANY (ARRAY['supervisor'::text, 'admin'::text])) AND app_is_customer(person_id)));
create policy closing_hold_seen on closing_hold for select to hearth_web
  using (( SELECT app_is_staff() AS app_is_staff));
grant delete, insert, select on closing_hold to hearth_web;

create table compensation (
  id uuid not null default uuidv7(),
  visit_id uuid not null,
  request_id uuid not null,
  account_id uuid,
  rule text not null,
  reason text not null,
  amount integer not null,
  currency text not null,
  state text not null default 'owed'::text,
  due_on date not null,
  settled_at timestamp with time zone,
  settled_by uuid,
  created_at timestamp with time zone not null default now(),
  PRIMARY KEY (id),
  UNIQUE (visit_id, reason),
  FOREIGN KEY (account_id) REFERENCES account(id),
  FOREIGN KEY (request_id) REFERENCES request(id),
  FOREIGN KEY (settled_by) REFERENCES person(id),
  FOREIGN KEY (visit_id) REFERENCES visit(id),
  CHECK ((amount > 0)),
  CHECK (((state = 'owed'::text) = (settled_at IS NULL))),
  CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  CHECK ((reason = ANY (ARRAY['missed'::text, 'paid_late'::text]))),
  CHECK (((length(rule) >= 1) AND (length(rule) <= 60))),
  CHECK ((state = ANY (ARRAY['owed'::text, 'paid'::text, 'withdrawn'::text])))
);
CREATE INDEX compensation_owed ON public.compensation USING btree (due_on, id) WHERE (state = 'owed'::text);
CREATE INDEX compensation_request ON public.compensation USING btree (request_id);
create policy compensation_seen on compensation for select to hearth_web
  using ((EXISTS ( SELECT 1
   FROM request r
  WHERE (r.id = compensation.request_id))));
create policy compensation_settled on compensation for update to hearth_web
  using (((( SELECT app_role() AS app_role) = ANY (ARRAY['supervisor'::text, 'admin'::text])) AND (state = 'owed'::text)))
  with check (((settled_by = ( SELECT app_person() AS app_person)) AND (state = ANY (ARRAY['paid'::text, 'withdrawn'::text]))));
create policy compensation_worker on compensation for all to hearth_worker
  using (true)
  with check (true);
grant select on compensation to hearth_web;
grant insert, select on compensation to hearth_worker;

create table contact_wish (
  person_id uuid not null,
  second_phone text,
  street text,
  town text,
  postcode text,
  channel text not null default 'email'::text,
  formats text[] not null default '{}'::text[],
  quiet_from time without time zone,
  quiet_until time without time zone,
  muted text[] not null default '{}'::text[],
  updated_at timestamp with time zone not null default now(),
  texted text[] not null default '{}'::text[],
  PRIMARY KEY (person_id),
  FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE,
  CHECK ((channel = ANY (ARRAY['email'::text, 'phone'::text, 'post'::text, 'text'::text]))),
  CHECK ((((quiet_from IS NULL) = (quiet_until IS NULL)) AND (quiet_from <> quiet_until))),
  CHECK ((num_nulls(street, town, postcode) = ANY (ARRAY[0, 3]))),
  CHECK (((channel <> 'phone'::text) OR (NOT ('no_calls'::text = ANY (formats))))),
  CHECK (((channel <> 'post'::text) OR (street IS NOT NULL))),
  CHECK ((formats <@ ARRAY['large_print'::text, 'braille'::text, 'audio'::text, 'no_calls'::text])),
  CHECK ((muted <@ ARRAY['request'::text, 'bill'::text, 'reading'::text, 'appointment'::text, 'news'::text])),
  CHECK ((length(postcode) <= 20)),
  CHECK ((length(second_phone) <= 60)),
  CHECK ((length(street) <= 200)),
  CHECK ((texted <@ ARRAY['request'::text, 'bill'::text, 'reading'::text, 'appointment'::text, 'news'::text])),
  CHECK ((length(town) <= 100))
);
CREATE TRIGGER budget_of_wish AFTER INSERT OR UPDATE ON public.contact_wish FOR EACH ROW EXECUTE FUNCTION spend_budget('settings', '60', '60');
CREATE TRIGGER text_needs_number BEFORE INSERT OR UPDATE OF channel ON public.contact_wish FOR EACH ROW WHEN ((new.channel = 'text'::text)) EXECUTE FUNCTION text_needs_number();
create policy contact_wish_desk on contact_wish for all to hearth_web
  using ((( SELECT app_is_staff() AS app_is_staff) AND app_is_customer(person_id)))
  with check ((( SELECT app_is_staff() AS app_is_staff) AND app_is_customer(person_id)));
create policy contact_wish_own on contact_wish for all to hearth_web
  using ((person_id = ( SELECT app_person() AS app_person)))
  with check ((person_id = ( SELECT app_person() AS app_person)));
create policy contact_wish_worker on contact_wish for select to hearth_worker
  using (true);
grant insert, select, update on contact_wish to hearth_web;
grant select on contact_wish to hearth_worker;

create table conversation (
  id uuid not null default uuidv7(),
  person_id uuid,
  visitor text,
  locale text not null default 'en'::text,
  request_id uuid,
  rating smallint,
  started_at timestamp with time zone not null default now(),
  last_at timestamp with time zone not null default now(),
  ended_at timestamp with time zone,
  offered_to uuid,
  offered_at timestamp with time zone,
  returned_from uuid,
  read_number integer not null default 0,
  typed_at timestamp with time zone,
  offered_by uuid,
  PRIMARY KEY (id),
  FOREIGN KEY (offered_by) REFERENCES person(id) ON DELETE SET NULL,
  FOREIGN KEY (offered_to) REFERENCES person(id) ON DELETE SET NULL,
  FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE,
  FOREIGN KEY (request_id) REFERENCES request(id),
  FOREIGN KEY (returned_from) REFERENCES request(id) ON DELETE SET NULL,
  CHECK (((person_id IS NULL) <> (visitor IS NULL))),
  CHECK ((length(locale) <= 10)),
  CHECK (((rating >= 1) AND (rating <= 5))),
  CHECK ((read_number >= 0))
);
CREATE INDEX conversation_about ON public.conversation USING btree (request_id) WHERE (request_id IS NOT NULL);
CREATE INDEX conversation_by_person ON public.conversation USING btree (person_id, last_at DESC) WHERE (person_id IS NOT NULL);
CREATE INDEX conversation_last ON public.conversation USING btree (last_at) WHERE (request_id IS NULL);
CREATE UNIQUE INDEX conversation_live ON public.conversation USING btree (request_id) WHERE ((ended_at IS NULL) AND (request_id IS NOT NULL));
CREATE UNIQUE INDEX conversation_of_person ON public.conversation USING btree (person_id) WHERE ((ended_at IS NULL) AND (person_id IS NOT NULL));
CREATE UNIQUE INDEX conversation_of_visitor ON public.conversation USING btree (visitor) WHERE ((ended_at IS NULL) AND (visitor IS NOT NULL) AND (request_id IS NULL));
CREATE INDEX conversation_of_visitors ON public.conversation USING btree (last_at) WHERE ((request_id IS NULL) AND (person_id IS NULL));
CREATE INDEX conversation_offered_by ON public.conversation USING btree (offered_by) WHERE (offered_by IS NOT NULL);
CREATE INDEX conversation_rated ON public.conversation USING btree (ended_at DESC) WHERE ((rating IS NOT NULL) AND (ended_at IS NOT NULL));
CREATE INDEX conversation_returned ON public.conversation USING btree (returned_from) WHERE (returned_from IS NOT NULL);
CREATE TRIGGER answers_follow AFTER UPDATE OF person_id ON public.conversation FOR EACH ROW WHEN ((new.person_id IS DISTINCT FROM old.person_id)) EXECUTE FUNCTION answers_follow();
CREATE TRIGGER budget_of_conversation AFTER INSERT ON public.conversation FOR EACH ROW EXECUTE FUNCTION spend_budget('conversation', '60', '60');
create policy conversation_of_request on conversation for select to hearth_web
  using ((( SELECT app_is_staff() AS app_is_staff) AND (EXISTS ( SELECT 1
   FROM request r
  WHERE (r.id = conversation.request_id)))));
create policy conversation_own on conversation for all to hearth_web
  using (((person_id = ( SELECT app_person() AS app_person)) OR ((person_id IS NULL) AND ((visitor = ( SELECT app_visitor() AS app_visitor)) OR (request_id = ANY (( SELECT app_visited() AS app_visited)::uuid[]))))))
  with check ((((person_id = ( SELECT app_person() AS app_person)) OR ((person_id IS NULL) AND ((visitor = ( SELECT app_visitor() AS app_visitor)) OR (request_id = ANY (( SELECT app_visited() AS app_visited)::uuid[]))))) AND ((request_id IS NULL) OR (request_id = ANY (( SELECT app_visited() AS app_visited)::uuid[])) OR (EXISTS ( SELECT 1
   FROM request r
  WHERE ((r.id = conversation.request_id) AND (r.requester_id = ( SELECT app_person() AS app_person))))))));
create policy conversation_worker on conversation for all to hearth_worker
  using (true);
grant insert, select on conversation to hearth_web;
grant delete, select on conversation to hearth_worker;

create table conversation_line (
  conversation_id uuid not null,
  number integer not null,
  key uuid not null,
  spoken_by text not null,
  text text not null,
  ways jsonb not null default '[]'::jsonb,
  at timestamp with time zone not null default now(),
  kind text,
  topic text,
  PRIMARY KEY (conversation_id, number),
  UNIQUE (conversation_id, key, spoken_by),
  FOREIGN KEY (conversation_id) REFERENCES conversation(id) ON DELETE CASCADE,
  CHECK ((kind = ANY (ARRAY['article'::text, 'service'::text, 'fact'::text, 'guesses'::text, 'abstain'::text, 'person'::text]))),
  CHECK (((number >= 1) AND (number <= 200))),
  CHECK ((spoken_by = ANY (ARRAY['customer'::text, 'assistant'::text]))),
  CHECK (((length(text) >= 1) AND (length(text) <= 4000))),
  CHECK ((length(topic) <= 200)),
  CHECK ((length((ways)::text) <= 4000))
);
CREATE TRIGGER budget_of_line AFTER INSERT ON public.conversation_line FOR EACH ROW WHEN ((new.spoken_by = 'customer'::text)) EXECUTE FUNCTION spend_budget('message', '90', '60');
create policy line_own on conversation_line for all to hearth_web
  using ((EXISTS ( SELECT 1
   FROM conversation c
  WHERE ((c.id = conversation_line.conversation_id) AND ((c.person_id = ( SELECT app_person() AS app_person)) OR ((c.person_id IS NULL) AND (c.visitor = ( SELECT app_visitor() AS app_visitor))))))))
  with check ((EXISTS ( SELECT 1
   FROM conversation c
  WHERE ((c.id = conversation_line.conversation_id) AND (c.request_id IS NULL) AND ((c.person_id = ( SELECT app_person() AS app_person)) OR ((c.person_id IS NULL) AND (c.visitor = ( SELECT app_visitor() AS app_visitor))))))));
create policy line_worker on conversation_line for all to hearth_worker
  using (true);
grant delete, insert, select on conversation_line to hearth_web;
grant delete, select on conversation_line to hearth_worker;

create table customer_order (
  id uuid not null default uuidv7(),
  reference text not null,
  person_id uuid not null,
  logged_by uuid,
  account_id uuid not null,
  premises_id uuid not null,
  depot text not null,
  skill text not null,
  status text not null,
  why text,
  form_key uuid not null,
  digest text not null,
  currency text not null,
  total bigint not null default 0,
  slot_charge bigint not null default 0,
  paid bigint not null default 0,
  pays text not null,
  paid_how text,
  placed_on date not null,
  expected_on date,
  access_notes text not null default ''::text,
  locale text not null default 'en'::text,
  last_number integer not null default 0,
  created_at timestamp with time zone not null default now(),
  ended_at timestamp with time zone,
  place_in_run smallint,
  hazards text[] not null default '{}'::text[],
  first_cylinder boolean not null default false,
  PRIMARY KEY (id),
  UNIQUE (person_id, form_key),
  UNIQUE (reference),
  FOREIGN KEY (account_id) REFERENCES account(id),
  FOREIGN KEY (depot) REFERENCES depot(code),
  FOREIGN KEY (logged_by) REFERENCES person(id),
  FOREIGN KEY (person_id) REFERENCES person(id),
  FOREIGN KEY (premises_id) REFERENCES premises(id),
  CHECK ((length(access_notes) <= 500)),
  CHECK (((status = ANY (ARRAY['missed'::text, 'cancelled'::text])) = (why IS NOT NULL))),
  CHECK (((paid = 0) = (paid_how IS NULL))),
  CHECK (((status = ANY (ARRAY['delivered'::text, 'cancelled'::text])) = (ended_at IS NOT NULL))),
  CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  CHECK ((hazards <@ ARRAY['dog'::text, 'asbestos'::text, 'electric_fence'::text, 'hard_to_reach'::text, 'key_safe'::text, 'nothing_else'::text])),
  CHECK ((length(locale) <= 10)),
  CHECK ((paid >= 0)),
  CHECK ((paid_how = ANY (ARRAY['card'::text, 'cash'::text, 'card_reader'::text]))),
  CHECK ((pays = ANY (ARRAY['card'::text, 'on_delivery'::text]))),
  CHECK (((place_in_run >= 1) AND (place_in_run <= 500))),
  CHECK ((reference ~ '^O-[0-9A-Z]{8}$'::text)),
  CHECK ((skill = ANY (ARRAY['cylinder_delivery'::text, 'bulk_delivery'::text]))),
  CHECK ((slot_charge >= 0)),
  CHECK ((status = ANY (ARRAY['preordered'::text, 'placed'::text, 'packed'::text, 'on_the_way'::text, 'missed'::text, 'delivered'::text, 'cancelled'::text]))),
  CHECK ((total >= 0)),
  CHECK ((why = ANY (ARRAY['customer'::text, 'no_stock'::text, 'unsafe'::text, 'duplicate'::text, 'nobody_home'::text, 'no_access'::text, 'no_code'::text, 'other'::text, 'weather'::text, 'staff'::text, 'holiday'::text, 'safety'::text, 'late'::text, 'unpaid'::text, 'paid_late'::text])))
);
CREATE INDEX customer_order_account ON public.customer_order USING btree (account_id, created_at DESC);
CREATE INDEX customer_order_in_line ON public.customer_order USING btree (depot, created_at, id) WHERE (status = 'preordered'::text);
CREATE INDEX customer_order_person ON public.customer_order USING btree (person_id, created_at DESC);
CREATE INDEX customer_order_premises ON public.customer_order USING btree (premises_id);
CREATE INDEX customer_order_recent ON public.customer_order USING btree (created_at DESC);
CREATE INDEX customer_order_under_way ON public.customer_order USING btree (status, created_at) WHERE (ended_at IS NULL);
CREATE INDEX order_hazards ON public.customer_order USING btree (premises_id, created_at DESC) WHERE (cardinality(hazards) > 0);
CREATE TRIGGER budget_of_order AFTER INSERT ON public.customer_order FOR EACH ROW EXECUTE FUNCTION spend_budget('request', '100', '60');
CREATE TRIGGER order_code_given AFTER INSERT ON public.customer_order FOR EACH ROW EXECUTE FUNCTION order_code_given();
CREATE TRIGGER order_forgets_hazards BEFORE UPDATE OF access_notes ON public.customer_order FOR EACH ROW WHEN ((new.access_notes = ''::text)) EXECUTE FUNCTION order_forgets_hazards();
CREATE TRIGGER order_guard BEFORE UPDATE ON public.customer_order FOR EACH ROW EXECUTE FUNCTION order_guard();
CREATE CONSTRAINT TRIGGER order_is_whole AFTER INSERT OR UPDATE OF status, last_number ON public.customer_order DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION order_is_whole();
CREATE TRIGGER order_moves_stock AFTER UPDATE OF status ON public.customer_order FOR EACH ROW EXECUTE FUNCTION order_moves_stock();
CREATE TRIGGER order_of_customer BEFORE INSERT ON public.customer_order FOR EACH ROW EXECUTE FUNCTION order_of_customer();
CREATE TRIGGER order_owes_back AFTER UPDATE OF status, paid, total ON public.customer_order FOR EACH ROW EXECUTE FUNCTION order_owes_back();
CREATE TRIGGER order_pays_otherwise BEFORE UPDATE OF pays ON public.customer_order FOR EACH ROW WHEN ((new.pays <> old.pays)) EXECUTE FUNCTION order_pays_otherwise();
CREATE TRIGGER order_prebought_given_back AFTER UPDATE OF status ON public.customer_order FOR EACH ROW WHEN (((new.status = 'cancelled'::text) AND (old.status <> 'cancelled'::text))) EXECUTE FUNCTION order_gives_back_prebought();
CREATE TRIGGER order_run_guard BEFORE UPDATE OF place_in_run ON public.customer_order FOR EACH ROW WHEN ((new.place_in_run IS DISTINCT FROM old.place_in_run)) EXECUTE FUNCTION order_run_guard();
create policy order_changed on customer_order for update to hearth_web
  using ((( SELECT app_is_staff() AS app_is_staff) OR (account_id = ANY (( SELECT app_accounts_acted_on() AS app_accounts_acted_on)::uuid[]))))
  with check (true);
create policy order_of_refill on customer_order for insert to hearth_worker
  with check (((status = 'placed'::text) AND (created_at = now()) AND (ended_at IS NULL) AND (paid = 0) AND (total = 0) AND (last_number = 0) AND (logged_by IS NULL) AND (EXISTS ( SELECT 1
   FROM refill_plan p
  WHERE ((p.account_id = customer_order.account_id) AND (p.person_id = customer_order.person_id) AND (p.premises_id = customer_order.premises_id) AND (p.state = 'active'::text))))));
create policy order_paid on customer_order for update to hearth_worker
  using (true)
  with check (true);
create policy order_placed on customer_order for insert to hearth_web
  with check (((status = ANY (ARRAY['placed'::text, 'preordered'::text])) AND (created_at = now()) AND (ended_at IS NULL) AND (paid = 0) AND (total = 0) AND (last_number = 0) AND (EXISTS ( SELECT 1
   FROM premises p
  WHERE ((p.id = customer_order.premises_id) AND (p.account_id = customer_order.account_id)))) AND ((( SELECT app_is_staff() AS app_is_staff) AND (logged_by = ( SELECT app_person() AS app_person))) OR ((person_id = ( SELECT app_person() AS app_person)) AND (logged_by IS NULL) AND (account_id = ANY (( SELECT app_accounts_acted_on() AS app_accounts_acted_on)::uuid[]))))));
create policy order_seen on customer_order for select to hearth_web
  using ((( SELECT app_is_staff() AS app_is_staff) OR (account_id = ANY (( SELECT app_accounts_seen() AS app_accounts_seen)::uuid[]))));
create policy order_worker on customer_order for select to hearth_worker
  using (true);
grant insert, select on customer_order to hearth_web;
grant insert, select on customer_order to hearth_worker;

create table cylinder_holding (
  account_id uuid not null,
  product text not null,
  held integer not null default 0,
  PRIMARY KEY (account_id, product),
  FOREIGN KEY (account_id) REFERENCES account(id),
  FOREIGN KEY (product) REFERENCES product(code),
  CHECK ((held >= 0))
);
CREATE CONSTRAINT TRIGGER holding_is_the_ledger AFTER INSERT OR DELETE OR UPDATE ON public.cylinder_holding DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION holding_is_the_ledger();
create policy cylinder_holding_held on cylinder_holding for select to hearth_worker
  using (true);
create policy holding_seen on cylinder_holding for select to hearth_web
  using ((( SELECT app_is_staff() AS app_is_staff) OR (account_id = ANY (( SELECT app_accounts_seen() AS app_accounts_seen)::uuid[]))));
grant select on cylinder_holding to hearth_web;
grant select on cylinder_holding to hearth_worker;

create table cylinder_return (
  id uuid not null default uuidv7(),
  form_key uuid not null,
  account_id uuid not null,
  person_id uuid not null,
  depot text not null,
  product text not null,
  kind text not null,
  quantity smallint not null,
  serial text,
  replaced boolean not null default false,
  currency text not null,
  deposit bigint not null default 0,
  refund bigint not null generated always as (
CASE
    WHEN replaced THEN (0)::bigint
    ELSE (quantity * deposit)
END) stored,
  made_by uuid not null,
  at timestamp with time zone not null default now(),
  handed_on_at timestamp with time zone,
  handed_on_by uuid,
  PRIMARY KEY (id),
  UNIQUE (form_key),
  FOREIGN KEY (account_id) REFERENCES account(id),
  FOREIGN KEY (depot) REFERENCES depot(code),
  FOREIGN KEY (handed_on_by) REFERENCES person(id),
  FOREIGN KEY (made_by) REFERENCES person(id),
  FOREIGN KEY (person_id) REFERENCES person(id),
  FOREIGN KEY (product) REFERENCES product(code),
  CHECK (((kind <> 'faulty'::text) OR ((serial IS NOT NULL) AND (quantity = 1)))),
  CHECK (((NOT replaced) OR (kind = 'faulty'::text))),
  CHECK (((handed_on_at IS NULL) = (handed_on_by IS NULL))),
  CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  CHECK ((deposit >= 0)),
  CHECK ((kind = ANY (ARRAY['surrendered'::text, 'faulty'::text]))),
  CHECK (((quantity >= 1) AND (quantity <= 20))),
  CHECK ((serial ~ '^[A-Z0-9][A-Z0-9 ./-]{1,39}$'::text))
);
CREATE INDEX cylinder_return_account ON public.cylinder_return USING btree (account_id, at DESC);
CREATE INDEX cylinder_return_waits ON public.cylinder_return USING btree (at) WHERE ((handed_on_at IS NULL) AND (refund > 0));
CREATE TRIGGER cylinder_return_moves AFTER INSERT ON public.cylinder_return FOR EACH ROW EXECUTE FUNCTION cylinder_return_moves();
CREATE TRIGGER cylinder_return_owes BEFORE INSERT ON public.cylinder_return FOR EACH ROW EXECUTE FUNCTION cylinder_return_owes();
create policy cylinder_return_handed_on on cylinder_return for update to hearth_web
  using (( SELECT app_is_staff() AS app_is_staff))
  with check ((handed_on_by = ( SELECT app_person() AS app_person)));
create policy cylinder_return_made on cylinder_return for insert to hearth_web
  with check ((( SELECT app_is_staff() AS app_is_staff) AND (made_by = ( SELECT app_person() AS app_person)) AND (at = now()) AND (handed_on_at IS NULL) AND (EXISTS ( SELECT 1
   FROM account_member m
  WHERE ((m.account_id = cylinder_return.account_id) AND (m.person_id = cylinder_return.person_id))))));
create policy cylinder_return_seen on cylinder_return for select to hearth_web
  using ((( SELECT app_is_staff() AS app_is_staff) OR (account_id = ANY (( SELECT app_accounts_seen() AS app_accounts_seen)::uuid[]))));
create policy cylinder_return_worker on cylinder_return for select to hearth_worker
  using (true);
grant insert, select on cylinder_return to hearth_web;
grant select on cylinder_return to hearth_worker;

create table data_copy (
  id uuid not null default uuidv7(),
  person_id uuid not null,
  locale text not null,
  state text not null default 'asked'::text,
  asked_at timestamp with time zone not null default now(),
  ready_at timestamp with time zone,
  expires_at timestamp with time zone,
  size bigint,
  taken_at timestamp with time zone,
  PRIMARY KEY (id),
  FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE,
  CHECK (((state = 'ready'::text) <= ((ready_at IS NOT NULL) AND (expires_at IS NOT NULL) AND (size IS NOT NULL)))),
  CHECK ((locale ~ '^[a-z]{2}$'::text)),
  CHECK ((size > 0)),
  CHECK ((state = ANY (ARRAY['asked'::text, 'ready'::text, 'failed'::text, 'gone'::text])))
);
CREATE UNIQUE INDEX data_copy_asked ON public.data_copy USING btree (person_id) WHERE (state = 'asked'::text);
CREATE INDEX data_copy_expires ON public.data_copy USING btree (expires_at) WHERE (state = 'ready'::text);
CREATE INDEX data_copy_person ON public.data_copy USING btree (person_id, asked_at DESC);
CREATE TRIGGER budget_of_copy AFTER INSERT ON public.data_copy FOR EACH ROW EXECUTE FUNCTION spend_budget('copy', '20', '60');
CREATE TRIGGER data_copy_rate BEFORE INSERT ON public.data_copy FOR EACH ROW EXECUTE FUNCTION data_copy_rate();
create policy data_copy_asked on data_copy for insert to hearth_web
  with check (((person_id = ( SELECT app_person() AS app_person)) AND (( SELECT app_role() AS app_role) = 'customer'::text) AND (state = 'asked'::text)));
create policy data_copy_asked_at_desk on data_copy for insert to hearth_web
  with check ((( SELECT app_is_staff() AS app_is_staff) AND (state = 'asked'::text) AND app_is_customer(person_id)));
create policy data_copy_desk on data_copy for select to hearth_web
  using (( SELECT app_is_staff() AS app_is_staff));
create policy data_copy_own on data_copy for select to hearth_web
  using ((person_id = ( SELECT app_person() AS app_person)));
create policy data_copy_taken on data_copy for update to hearth_web
  using ((person_id = ( SELECT app_person() AS app_person)));
create policy data_copy_worker on data_copy for all to hearth_worker
  using (true);
grant insert, select on data_copy to hearth_web;
grant delete, select on data_copy to hearth_worker;

create table demo_card (
  id uuid not null,
  state text not null default 'open'::text,
  pays boolean not null default true,
  created_at timestamp with time zone not null default now(),
  PRIMARY KEY (id),
  CHECK ((state = ANY (ARRAY['open'::text, 'kept'::text, 'refused'::text, 'expired'::text])))
);
create policy demo_card_of_person on demo_card for all to hearth_web
  using ((EXISTS ( SELECT 1
   FROM kept_card c
  WHERE ((c.id = demo_card.id) AND (c.person_id = ( SELECT app_person() AS app_person))))))
  with check ((EXISTS ( SELECT 1
   FROM kept_card c
  WHERE ((c.id = demo_card.id) AND (c.person_id = ( SELECT app_person() AS app_person))))));
create policy demo_card_shut on demo_card for update to hearth_worker
  using (true)
  with check ((state = 'expired'::text));
create policy demo_card_worker on demo_card for select to hearth_worker
  using (true);
grant insert, select on demo_card to hearth_web;
grant select on demo_card to hearth_worker;

create table demo_checkout (
  id uuid not null,
  amount bigint not null,
  currency text not null,
  state text not null default 'open'::text,
  created_at timestamp with time zone not null default now(),
  PRIMARY KEY (id),
  CHECK ((amount > 0)),
  CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  CHECK ((state = ANY (ARRAY['open'::text, 'paid'::text, 'refused'::text, 'expired'::text])))
);
create policy demo_checkout_charged on demo_checkout for insert to hearth_worker
  with check (true);
create policy demo_checkout_of_attempt on demo_checkout for all to hearth_web
  using ((EXISTS ( SELECT 1
   FROM payment_attempt a
  WHERE (a.id = demo_checkout.id))))
  with check ((EXISTS ( SELECT 1
   FROM payment_attempt a
  WHERE (a.id = demo_checkout.id))));
create policy demo_checkout_shut on demo_checkout for update to hearth_worker
  using (true)
  with check ((state = 'expired'::text));
create policy demo_checkout_worker on demo_checkout for select to hearth_worker
  using (true);
grant insert, select on demo_checkout to hearth_web;
grant insert, select on demo_checkout to hearth_worker;

create table depot (
  code text not null,
  name text not null,
  retired_at timestamp with time zone,
  PRIMARY KEY (code),
  CHECK ((code ~ '^[a-z][a-z0-9-]{1,29}$'::text)),
  CHECK (((length(name) >= 1) AND (length(name) <= 60)))
);
create policy depot_changed on depot for update to hearth_web
  using ((( SELECT app_role() AS app_role) = ANY (ARRAY['supervisor'::text, 'admin'::text])))
  with check (true);
create policy depot_made on depot for insert to hearth_web
  with check (((( SELECT app_role() AS app_role) = ANY (ARRAY['supervisor'::text, 'admin'::text])) AND (retired_at IS NULL)));
create policy depot_seen on depot for select to hearth_web, hearth_worker
  using (true);
grant select on depot to hearth_web;
grant select on depot to hearth_worker;

create table depot_area (
  area text not null,
  depot text not null,
  PRIMARY KEY (area),
  FOREIGN KEY (area) REFERENCES area(code),
  FOREIGN KEY (depot) REFERENCES depot(code)
);
CREATE INDEX depot_area_depot ON public.depot_area USING btree (depot);
CREATE TRIGGER depot_area_in_use BEFORE DELETE OR UPDATE ON public.depot_area FOR EACH ROW EXECUTE FUNCTION depot_area_in_use();
create policy depot_area_kept on depot_area for all to hearth_web
  using ((( SELECT app_role() AS app_role) = ANY (ARRAY['supervisor'::text, 'admin'::text])))
  with check ((( SELECT app_role() AS app_role) = ANY (ARRAY['supervisor'::text, 'admin'::text])));
create policy depot_area_seen on depot_area for select to hearth_web, hearth_worker
  using (true);
grant delete, insert, select on depot_area to hearth_web;
grant select on depot_area to hearth_worker;

create table desk_draft (
  person_id uuid not null,
  request_id uuid not null,
  form text not null,
  text text not null,
  updated_at timestamp with time zone not null default now(),
  PRIMARY KEY (person_id, request_id, form),
  FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE,
  FOREIGN KEY (request_id) REFERENCES request(id) ON DELETE CASCADE,
  CHECK ((form = ANY (ARRAY['reply'::text, 'note'::text]))),
  CHECK (((length(text) >= 1) AND (length(text) <= 10000)))
);

create table draft (
  key uuid not null,
  person_id uuid,
  visitor text,
  form text not null,
  typed jsonb not null default '{}'::jsonb,
  updated_at timestamp with time zone not null default now(),
  owner text not null generated always as (COALESCE((person_id)::text, visitor)) stored,
  PRIMARY KEY (key, owner),
  FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE,
  CHECK (((person_id IS NOT NULL) OR (visitor IS NOT NULL))),
  CHECK ((length((typed)::text) < 60000))
);
CREATE INDEX draft_of_person ON public.draft USING btree (person_id, updated_at DESC) WHERE (person_id IS NOT NULL);
CREATE INDEX draft_of_visitor ON public.draft USING btree (visitor) WHERE (visitor IS NOT NULL);
CREATE TRIGGER budget_of_draft AFTER INSERT ON public.draft FOR EACH ROW EXECUTE FUNCTION spend_budget('draft', '200', '60');
create policy draft_own on draft for all to hearth_web
  using (((person_id = ( SELECT app_person() AS app_person)) OR ((person_id IS NULL) AND (visitor = ( SELECT app_visitor() AS app_visitor)))))
  with check ((((person_id = ( SELECT app_person() AS app_person)) OR ((person_id IS NULL) AND (visitor = ( SELECT app_visitor() AS app_visitor)))) AND ((form <> 'desk'::text) OR (( SELECT app_is_staff() AS app_is_staff) AND (EXISTS ( SELECT
   FROM request r
  WHERE (r.id = draft.key)))))));
create policy draft_worker on draft for delete to hearth_worker
  using (true);
create policy draft_worker_read on draft for select to hearth_worker
  using (true);
grant delete, insert, select, update on draft to hearth_web;
grant delete, select on draft to hearth_worker;

create table dunning (
  account_id uuid not null,
  step text not null default 'none'::text,
  since date not null,
  holds text[] not null default '{}'::text[],
  due_on date not null,
  amount bigint not null,
  currency text not null,
  PRIMARY KEY (account_id),
  FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE,
  CHECK ((amount > 0)),
  CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  CHECK ((holds <@ ARRAY['dispute'::text, 'plan'::text, 'bank'::text, 'paying'::text, 'small'::text, 'priority'::text, 'winter'::text])),
  CHECK ((step = ANY (ARRAY['none'::text, 'reminder'::text, 'notice'::text, 'final'::text, 'credit_team'::text])))
);
CREATE TRIGGER dunning_ends AFTER DELETE ON public.dunning FOR EACH ROW EXECUTE FUNCTION dunning_ends();
CREATE TRIGGER dunning_moves BEFORE INSERT OR UPDATE ON public.dunning FOR EACH ROW EXECUTE FUNCTION dunning_moves();
create policy dunning_seen on dunning for select to hearth_web
  using ((( SELECT app_is_staff() AS app_is_staff) OR (account_id = ANY (( SELECT app_accounts_seen() AS app_accounts_seen)::uuid[]))));
create policy dunning_worker on dunning for all to hearth_worker
  using (true)
  with check (true);
grant select on dunning to hearth_web;
grant delete, insert, select, update on dunning to hearth_worker;

create table dunning_event (
  seq bigint not null generated always as identity,
  account_id uuid not null,
  step text not null,
  amount bigint,
  currency text,
  at timestamp with time zone not null default now(),
  PRIMARY KEY (seq),
  FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE,
  CHECK ((step = ANY (ARRAY['none'::text, 'reminder'::text, 'notice'::text, 'final'::text, 'credit_team'::text])))
);
CREATE INDEX dunning_event_account ON public.dunning_event USING btree (account_id, at DESC, seq DESC);
create policy dunning_event_seen on dunning_event for select to hearth_web
  using ((( SELECT app_is_staff() AS app_is_staff) OR (account_id = ANY (( SELECT app_accounts_seen() AS app_accounts_seen)::uuid[]))));
create policy dunning_event_worker on dunning_event for select to hearth_worker
  using (true);
grant select on dunning_event to hearth_web;
grant select on dunning_event to hearth_worker;

create table dunning_move (
  from_step text not null,
  to_step text not null,
  PRIMARY KEY (from_step, to_step)
);
create policy dunning_move_seen on dunning_move for select to hearth_web, hearth_worker
  using (true);
grant select on dunning_move to hearth_web;
grant select on dunning_move to hearth_worker;

create table emergency (
  id uuid not null default uuidv7(),
  reference text not null,
  verdict text not null,
  hazard text,
  status text not null default 'received'::text,
  channel text not null,
  person_id uuid,
  request_id uuid,
  text text,
  phone text,
  place text,
  locale text not null,
  wording_version text,
  shown_at timestamp with time zone,
  received_at timestamp with time zone not null default now(),
  acknowledged_at timestamp with time zone,
  acknowledged_by uuid,
  dispatched_at timestamp with time zone,
  attended_at timestamp with time zone,
  made_safe_at timestamp with time zone,
  safe_said_at timestamp with time zone,
  escalated_at timestamp with time zone,
  form_key uuid,
  visitor text,
  address text,
  said_again integer not null default 0,
  account_id uuid,
  premises_id uuid,
  premises_guessed boolean not null default false,
  logged_by uuid,
  alarms boolean not null default true,
  hazards text[] not null default '{}'::text[],
  PRIMARY KEY (id),
  UNIQUE (reference),
  FOREIGN KEY (account_id) REFERENCES account(id),
  FOREIGN KEY (acknowledged_by) REFERENCES person(id),
  FOREIGN KEY (logged_by) REFERENCES person(id),
  FOREIGN KEY (person_id) REFERENCES person(id),
  FOREIGN KEY (premises_id) REFERENCES premises(id),
  FOREIGN KEY (request_id) REFERENCES request(id),
  CHECK ((hazard = ANY (ARRAY['gas'::text, 'co'::text, 'fire'::text]))),
  CHECK ((hazards <@ ARRAY['gas'::text, 'co'::text, 'fire'::text])),
  CHECK ((status = ANY (ARRAY['received'::text, 'acknowledged'::text, 'dispatched'::text, 'attended'::text, 'made_safe'::text, 'stood_down'::text]))),
  CHECK ((verdict = ANY (ARRAY['emergency'::text, 'possible'::text, 'reported'::text])))
);
CREATE INDEX emergency_address ON public.emergency USING btree (address, received_at) WHERE (address IS NOT NULL);
CREATE INDEX emergency_alarming ON public.emergency USING btree (address) WHERE ((status = 'received'::text) AND alarms AND (address IS NOT NULL));
CREATE INDEX emergency_form ON public.emergency USING btree (form_key) WHERE (form_key IS NOT NULL);
CREATE INDEX emergency_open ON public.emergency USING btree (received_at) WHERE (status <> ALL (ARRAY['made_safe'::text, 'stood_down'::text]));
CREATE INDEX emergency_over ON public.emergency USING btree (received_at DESC) WHERE (status = ANY (ARRAY['made_safe'::text, 'stood_down'::text]));
CREATE INDEX emergency_person ON public.emergency USING btree (person_id, received_at) WHERE (person_id IS NOT NULL);
CREATE INDEX emergency_unacknowledged ON public.emergency USING btree (received_at DESC) WHERE (status = 'received'::text);
CREATE INDEX emergency_visitor ON public.emergency USING btree (visitor, received_at) WHERE (visitor IS NOT NULL);
CREATE TRIGGER emergency_alarm_passed_on AFTER UPDATE OF status ON public.emergency FOR EACH ROW WHEN (((old.status = 'received'::text) AND (new.status <> 'received'::text) AND old.alarms AND (new.address IS NOT NULL))) EXECUTE FUNCTION emergency_alarm_passed_on();
CREATE TRIGGER emergency_guard BEFORE UPDATE ON public.emergency FOR EACH ROW EXECUTE FUNCTION emergency_guard();
create policy emergency_staff on emergency for all to hearth_web
  using (( SELECT app_is_staff() AS app_is_staff));
create policy emergency_worker on emergency for all to hearth_worker
  using (true)
  with check (true);
grant select on emergency to hearth_web;
grant select on emergency to hearth_worker;

create table emergency_entry (
  emergency_id uuid not null,
  number integer not null generated always as identity,
  at timestamp with time zone not null default now(),
  kind text not null,
  actor_id uuid,
  actor_role text not null default ''::text,
  payload jsonb not null default '{}'::jsonb,
  PRIMARY KEY (emergency_id, number),
  FOREIGN KEY (emergency_id) REFERENCES emergency(id),
  CHECK ((kind = ANY (ARRAY['received'::text, 'shown'::text, 'said_safe'::text, 'contact_given'::text, 'acknowledged'::text, 'dispatched'::text, 'attended'::text, 'made_safe'::text, 'stood_down'::text, 'escalated'::text, 'said_again'::text, 'urged'::text, 'words_full'::text, 'network_full'::text])))
);
CREATE INDEX emergency_entry_full ON public.emergency_entry USING btree (emergency_id, at) WHERE (kind = ANY (ARRAY['words_full'::text, 'network_full'::text]));
CREATE INDEX emergency_entry_newest ON public.emergency_entry USING btree (number);
CREATE TRIGGER emergency_entry_signed BEFORE INSERT ON public.emergency_entry FOR EACH ROW EXECUTE FUNCTION emergency_entry_signed();
create policy emergency_entry_staff on emergency_entry for all to hearth_web
  using (( SELECT app_is_staff() AS app_is_staff))
  with check (( SELECT app_is_staff() AS app_is_staff));
create policy emergency_entry_worker on emergency_entry for insert to hearth_worker
  with check (true);
create policy emergency_entry_worker_read on emergency_entry for select to hearth_worker
  using (true);
grant select on emergency_entry to hearth_web;
grant select on emergency_entry to hearth_worker;

create table emergency_said (
  emergency_id uuid not null,
  number integer not null generated always as identity,
  at timestamp with time zone not null default now(),
  kind text not null,
  form_key uuid,
  text text,
  phone text,
  place text,
  premises_id uuid,
  elsewhere boolean not null default false,
  PRIMARY KEY (emergency_id, number),
  FOREIGN KEY (emergency_id) REFERENCES emergency(id),
  FOREIGN KEY (premises_id) REFERENCES premises(id),
  CHECK ((kind = ANY (ARRAY['words'::text, 'contact'::text])))
);
create policy emergency_said_held on emergency_said for select to hearth_worker
  using (true);
create policy emergency_said_staff on emergency_said for select to hearth_web
  using (( SELECT app_is_staff() AS app_is_staff));
grant select on emergency_said to hearth_web;
grant select on emergency_said to hearth_worker;

create table hazard_gone (
  premises_id uuid not null,
  hazard text not null,
  said_at timestamp with time zone not null default now(),
  said_by uuid not null,
  PRIMARY KEY (premises_id, hazard, said_at),
  FOREIGN KEY (premises_id) REFERENCES premises(id) ON DELETE CASCADE,
  FOREIGN KEY (said_by) REFERENCES person(id),
  CHECK ((hazard = ANY (ARRAY['dog'::text, 'asbestos'::text, 'electric_fence'::text, 'hard_to_reach'::text, 'key_safe'::text])))
);
CREATE INDEX hazard_gone_said_by ON public.hazard_gone USING btree (said_by);
create policy hazard_gone_said on hazard_gone for insert to hearth_web
  with check ((( SELECT app_is_staff() AS app_is_staff) AND (said_by = ( SELECT app_person() AS app_person)) AND (said_at = now())));
create policy hazard_gone_seen on hazard_gone for select to hearth_web
  using (( SELECT app_is_staff() AS app_is_staff));
create policy hazard_gone_worker on hazard_gone for select to hearth_worker
  using (true);
grant insert, select on hazard_gone to hearth_web;
grant select on hazard_gone to hearth_worker;

create table instalment (
  programme_id uuid not null,
  number smallint not null,
  due_on date not null,
  amount bigint not null,
  PRIMARY KEY (programme_id, number),
  FOREIGN KEY (programme_id) REFERENCES programme(id) ON DELETE CASCADE,
  CHECK ((amount >= 0)),
  CHECK (((number >= 1) AND (number <= 600)))
);
CREATE CONSTRAINT TRIGGER instalments_add_up AFTER INSERT OR DELETE OR UPDATE ON public.instalment DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION instalments_add_up();
create policy instalment_agreed on instalment for insert to hearth_web
  with check ((EXISTS ( SELECT 1
   FROM programme p
  WHERE ((p.id = instalment.programme_id) AND (p.created_at = now()) AND (p.enrolled_by = ( SELECT app_person() AS app_person))))));
create policy instalment_seen on instalment for select to hearth_web
  using ((EXISTS ( SELECT 1
   FROM programme p
  WHERE (p.id = instalment.programme_id))));
create policy instalment_worker on instalment for select to hearth_worker
  using (true);
create policy instalment_worker_adds on instalment for insert to hearth_worker
  with check (true);
grant insert, select on instalment to hearth_web;
grant insert, select on instalment to hearth_worker;

create table instalment_letter (
  programme_id uuid not null,
  number smallint not null,
  kind text not null,
  created_at timestamp with time zone not null default now(),
  PRIMARY KEY (programme_id, number, kind),
  FOREIGN KEY (programme_id, number) REFERENCES instalment(programme_id, number) ON DELETE CASCADE,
  CHECK ((kind = ANY (ARRAY['due'::text, 'late'::text])))
);
create policy instalment_letter_worker on instalment_letter for all to hearth_worker
  using (true)
  with check (true);
grant insert, select on instalment_letter to hearth_worker;

create table invitation (
  id uuid not null default uuidv7(),
  link uuid not null default gen_random_uuid(),
  email text not null,
  name text not null,
  role text not null,
  team_id uuid,
  locale text not null default 'en'::text,
  invited_by uuid,
  sent_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone not null,
  form_key uuid,
  PRIMARY KEY (id),
  UNIQUE (link),
  FOREIGN KEY (invited_by) REFERENCES person(id),
  FOREIGN KEY (team_id) REFERENCES team(id),
  CHECK (((email = lower(email)) AND (email ~~ '%_@_%'::text))),
  CHECK ((name !~* '://|[\x01-\x1f\u2028\u2029\u202a-\u202e\u2066-\u2069]'::text)),
  CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  CHECK ((role = ANY (ARRAY['agent'::text, 'supervisor'::text, 'admin'::text])))
);
CREATE UNIQUE INDEX invitation_email ON public.invitation USING btree (email);
CREATE INDEX invitation_expires ON public.invitation USING btree (expires_at);
CREATE UNIQUE INDEX invitation_form ON public.invitation USING btree (invited_by, form_key);
CREATE TRIGGER team_of BEFORE INSERT ON public.invitation FOR EACH ROW WHEN ((new.team_id IS NOT NULL)) EXECUTE FUNCTION team_is_there();
create policy invitation_admin on invitation for all to hearth_web
  using ((( SELECT app_role() AS app_role) = 'admin'::text))
  with check ((( SELECT app_role() AS app_role) = 'admin'::text));
create policy invitation_opened on invitation for all to hearth_auth
  using (true)
  with check (false);
create policy invitation_worker on invitation for all to hearth_worker
  using (true)
  with check (false);
grant delete, select on invitation to hearth_auth;
grant delete, insert, select on invitation to hearth_web;
grant delete, select on invitation to hearth_worker;

create table kept_card (
  id uuid not null default uuidv7(),
  account_id uuid not null,
  person_id uuid not null,
  form_key uuid not null,
  most bigint,
  currency text not null,
  provider text not null,
  checkout text,
  checkout_url text,
  state text not null default 'begun'::text,
  payer text,
  card_name text,
  brand text,
  last_four text,
  valid_until date,
  programme_id uuid,
  expiry_told_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  asked_at timestamp with time zone not null default now(),
  PRIMARY KEY (id),
  UNIQUE (checkout),
  UNIQUE (person_id, form_key),
  UNIQUE (programme_id),
  FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE,
  FOREIGN KEY (person_id) REFERENCES person(id),
  FOREIGN KEY (programme_id) REFERENCES programme(id) ON DELETE CASCADE,
  CHECK (((length(brand) >= 1) AND (length(brand) <= 40))),
  CHECK (((length(card_name) >= 1) AND (length(card_name) <= 200))),
  CHECK (((checkout IS NULL) = (checkout_url IS NULL))),
  CHECK (((state <> 'offered'::text) OR (checkout IS NOT NULL))),
  CHECK (((state = ANY (ARRAY['kept'::text, 'ended'::text])) = (card_name IS NOT NULL))),
  CHECK (((payer IS NULL) = (card_name IS NULL))),
  CHECK (((state <> 'kept'::text) OR ((brand IS NOT NULL) AND (last_four IS NOT NULL) AND (valid_until IS NOT NULL)))),
  CHECK (((state = 'kept'::text) <= (programme_id IS NOT NULL))),
  CHECK (((length(checkout) >= 1) AND (length(checkout) <= 200))),
  CHECK (((length(checkout_url) >= 1) AND (length(checkout_url) <= 2000))),
  CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  CHECK ((last_four ~ '^[0-9]{4}$'::text)),
  CHECK ((most > 0)),
  CHECK (((length(payer) >= 1) AND (length(payer) <= 200))),
  CHECK ((provider = ANY (ARRAY['stripe'::text, 'demo'::text]))),
  CHECK ((state = ANY (ARRAY['begun'::text, 'offered'::text, 'kept'::text, 'ended'::text, 'removed'::text, 'refused'::text, 'expired'::text])))
);
CREATE INDEX kept_card_account ON public.kept_card USING btree (account_id, created_at DESC);
CREATE INDEX kept_card_asked ON public.kept_card USING btree (asked_at) WHERE (state = ANY (ARRAY['begun'::text, 'offered'::text]));
CREATE INDEX kept_card_expiring ON public.kept_card USING btree (valid_until) WHERE (state = 'kept'::text);
CREATE UNIQUE INDEX kept_card_one_at_a_time ON public.kept_card USING btree (account_id) WHERE (state = ANY (ARRAY['begun'::text, 'offered'::text]));
CREATE INDEX kept_card_person ON public.kept_card USING btree (person_id, created_at);
CREATE TRIGGER kept_card_budget AFTER INSERT ON public.kept_card FOR EACH ROW EXECUTE FUNCTION kept_card_budget();
CREATE TRIGGER kept_card_moves BEFORE UPDATE ON public.kept_card FOR EACH ROW EXECUTE FUNCTION kept_card_moves();
create policy kept_card_begun on kept_card for insert to hearth_web
  with check (((person_id = ( SELECT app_person() AS app_person)) AND (state = 'begun'::text) AND (account_id = ANY (( SELECT app_accounts_acted_on() AS app_accounts_acted_on)::uuid[]))));
create policy kept_card_offered on kept_card for update to hearth_web
  using ((person_id = ( SELECT app_person() AS app_person)))
  with check ((person_id = ( SELECT app_person() AS app_person)));
create policy kept_card_seen on kept_card for select to hearth_web
  using ((( SELECT app_is_staff() AS app_is_staff) OR (account_id = ANY (( SELECT app_accounts_seen() AS app_accounts_seen)::uuid[]))));
create policy kept_card_worker on kept_card for all to hearth_worker
  using (true)
  with check (true);
grant select on kept_card to hearth_worker;

create table letter (
  key text not null,
  person_id uuid,
  request_id uuid,
  kind text not null,
  message_id text not null,
  sent_at timestamp with time zone not null default now(),
  refused text,
  PRIMARY KEY (key),
  FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE SET NULL,
  FOREIGN KEY (request_id) REFERENCES request(id),
  CHECK ((refused ~ '^(5[0-9][0-9]|address)$'::text))
);
CREATE INDEX letter_person ON public.letter USING btree (person_id, sent_at DESC) WHERE (person_id IS NOT NULL);
CREATE INDEX letter_request ON public.letter USING btree (request_id) WHERE (request_id IS NOT NULL);
create policy letter_staff on letter for select to hearth_web
  using (( SELECT app_is_staff() AS app_is_staff));
create policy letter_worker on letter for all to hearth_worker
  using (true)
  with check (true);
grant select on letter to hearth_web;
grant insert, select on letter to hearth_worker;

create table message (
  id uuid not null default uuidv7(),
  request_id uuid not null,
  author_id uuid,
  author_role text not null,
  visibility text not null,
  text text not null,
  at timestamp with time zone not null default now(),
  PRIMARY KEY (id),
  FOREIGN KEY (author_id) REFERENCES person(id),
  FOREIGN KEY (request_id) REFERENCES request(id),
  CHECK (((length(text) >= 1) AND (length(text) <= 10000))),
  CHECK ((visibility = ANY (ARRAY['public'::text, 'internal'::text])))
);
CREATE INDEX message_of_request ON public.message USING btree (request_id, id DESC);
CREATE TRIGGER budget_of_message AFTER INSERT ON public.message FOR EACH ROW EXECUTE FUNCTION spend_budget('message', '90', '60');
CREATE TRIGGER message_signed BEFORE INSERT ON public.message FOR EACH ROW EXECUTE FUNCTION message_signed();
CREATE TRIGGER words_of_message AFTER INSERT ON public.message REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_words_due_of_message();
create policy message_seen on message for select to hearth_web
  using ((((visibility = 'public'::text) OR ( SELECT app_is_staff() AS app_is_staff)) AND ((request_id = ( SELECT app_request() AS app_request)) OR (EXISTS ( SELECT 1
   FROM request r
  WHERE (r.id = message.request_id))))));
create policy message_worker on message for select to hearth_worker
  using (true);
create policy message_written on message for insert to hearth_web
  with check ((((visibility = 'public'::text) OR ( SELECT app_is_staff() AS app_is_staff)) AND (EXISTS ( SELECT 1
   FROM request r
  WHERE (r.id = message.request_id)))));
grant select on message to hearth_web;
grant select on message to hearth_worker;

create table meter (
  id uuid not null default uuidv7(),
  premises_id uuid not null,
  serial text not null,
  digits smallint not null,
  installed_on date not null,
  unit text not null default 'ccf'::text,
  removed_on date,
  PRIMARY KEY (id),
  UNIQUE (serial),
  FOREIGN KEY (premises_id) REFERENCES premises(id) ON DELETE CASCADE,
  CHECK ((removed_on >= installed_on)),
  CHECK (((digits >= 4) AND (digits <= 8))),
  CHECK ((unit = ANY (ARRAY['ccf'::text, 'm3'::text, 'kg'::text])))
);
CREATE INDEX meter_premises ON public.meter USING btree (premises_id);
create policy meter_seen on meter for select to hearth_web
  using ((EXISTS ( SELECT 1
   FROM premises p
  WHERE (p.id = meter.premises_id))));
create policy meter_worker on meter for select to hearth_worker
  using (true);
grant select on meter to hearth_web;
grant select on meter to hearth_worker;

create table noted_payment (
  id uuid not null default uuidv7(),
  reference text not null,
  account_id uuid not null,
  person_id uuid not null,
  bill_id uuid,
  amount bigint not null,
  currency text not null,
  method text not null,
  paid_on date not null,
  number text,
  note text,
  form_key uuid not null,
  digest text not null,
  made_by uuid not null,
  at timestamp with time zone not null default now(),
  taken_back boolean not null default false,
  PRIMARY KEY (id),
  UNIQUE (made_by, form_key),
  UNIQUE (reference),
  FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE,
  FOREIGN KEY (bill_id) REFERENCES bill(id),
  FOREIGN KEY (made_by) REFERENCES person(id),
  FOREIGN KEY (person_id) REFERENCES person(id),
  CHECK (((amount >= 1) AND (amount <= 1000000000))),
  CHECK (((method = 'cash'::text) OR (number IS NOT NULL))),
  CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  CHECK ((method = ANY (ARRAY['cash'::text, 'bank'::text, 'cheque'::text]))),
  CHECK (((length(note) >= 1) AND (length(note) <= 500))),
  CHECK ((number ~ '^[A-Z0-9][A-Z0-9./-]{0,39}$'::text)),
  CHECK ((reference ~ '^P-[0-9A-Z]{8}$'::text))
);
CREATE INDEX noted_payment_account ON public.noted_payment USING btree (account_id, at DESC);
CREATE INDEX noted_payment_bill ON public.noted_payment USING btree (bill_id) WHERE (bill_id IS NOT NULL);
CREATE UNIQUE INDEX noted_payment_number ON public.noted_payment USING btree (account_id, method, number) WHERE (NOT taken_back);
CREATE INDEX noted_payment_person ON public.noted_payment USING btree (person_id);
CREATE TRIGGER noted_payment_counts AFTER INSERT ON public.noted_payment FOR EACH ROW EXECUTE FUNCTION noted_payment_counts();
create policy noted_payment_made on noted_payment for insert to hearth_web
  with check ((( SELECT app_is_staff() AS app_is_staff) AND (made_by = ( SELECT app_person() AS app_person)) AND (at = now()) AND (NOT taken_back) AND ((paid_on >= (CURRENT_DATE - 370)) AND (paid_on <= (CURRENT_DATE + 1))) AND (EXISTS ( SELECT 1
   FROM account_member m
  WHERE ((m.account_id = noted_payment.account_id) AND (m.person_id = noted_payment.person_id) AND (m.scope = 'act'::text)))) AND ((bill_id IS NULL) OR (EXISTS ( SELECT 1
   FROM bill b
  WHERE ((b.id = noted_payment.bill_id) AND (b.account_id = noted_payment.account_id)))))));
create policy noted_payment_seen on noted_payment for select to hearth_web
  using (( SELECT app_is_staff() AS app_is_staff));
create policy noted_payment_worker on noted_payment for select to hearth_worker
  using (true);
grant insert, select on noted_payment to hearth_web;
grant select on noted_payment to hearth_worker;

create table opening (
  person_id uuid not null,
  request_id uuid not null,
  reason text not null,
  opened_at timestamp with time zone not null default now(),
  PRIMARY KEY (person_id, request_id, opened_at),
  FOREIGN KEY (person_id) REFERENCES person(id),
  FOREIGN KEY (request_id) REFERENCES request(id),
  CHECK (((length(reason) >= 3) AND (length(reason) <= 500)))
);
create policy opening_own on opening for select to hearth_web
  using (((person_id = ( SELECT app_person() AS app_person)) OR (( SELECT app_role() AS app_role) = ANY (ARRAY['supervisor'::text, 'admin'::text]))));
grant select on opening to hearth_web;

create table order_code (
  order_id uuid not null,
  code text not null,
  tries smallint not null default 0,
  renewed smallint not null default 0,
  used_at timestamp with time zone,
  PRIMARY KEY (order_id),
  FOREIGN KEY (order_id) REFERENCES customer_order(id),
  CHECK ((code ~ '^[0-9]{6}$'::text)),
  CHECK (((renewed >= 0) AND (renewed <= 5))),
  CHECK (((tries >= 0) AND (tries <= 5)))
);
create policy order_code_seen on order_code for select to hearth_web
  using (((( SELECT app_role() AS app_role) = 'customer'::text) AND (EXISTS ( SELECT 1
   FROM customer_order o
  WHERE ((o.id = order_code.order_id) AND (o.account_id = ANY (( SELECT app_accounts_acted_on() AS app_accounts_acted_on)::uuid[])))))));
create policy order_code_worker on order_code for select to hearth_worker
  using (true);
grant select on order_code to hearth_web;
grant select on order_code to hearth_worker;

create table order_event (
  order_id uuid not null,
  number integer not null,
  seq bigint not null default 0,
  xid xid8 not null default pg_current_xact_id(),
  kind text not null,
  actor_id uuid,
  actor_role text not null,
  at timestamp with time zone not null default now(),
  payload jsonb not null default '{}'::jsonb,
  PRIMARY KEY (order_id, number),
  FOREIGN KEY (actor_id) REFERENCES person(id),
  FOREIGN KEY (order_id) REFERENCES customer_order(id),
  CHECK ((kind = ANY (ARRAY['placed'::text, 'preordered'::text, 'available'::text, 'packed'::text, 'unpacked'::text, 'on_the_way'::text, 'missed'::text, 'delivered'::text, 'cancelled'::text, 'moved'::text, 'paid'::text, 'code_renewed'::text, 'at_door'::text]))),
  CHECK ((number > 0)),
  CHECK ((length((payload)::text) <= 2000))
);
CREATE INDEX order_event_feed ON public.order_event USING btree (xid, seq);
CREATE TRIGGER budget_of_event AFTER INSERT ON public.order_event FOR EACH ROW WHEN ((new.kind <> ALL (ARRAY['placed'::text, 'preordered'::text]))) EXECUTE FUNCTION spend_budget('event', '900', '60');
CREATE TRIGGER order_event_number BEFORE INSERT ON public.order_event FOR EACH ROW EXECUTE FUNCTION order_event_number();
create policy order_event_made on order_event for insert to hearth_web
  with check ((EXISTS ( SELECT 1
   FROM customer_order o
  WHERE (o.id = order_event.order_id))));
create policy order_event_seen on order_event for select to hearth_web
  using ((EXISTS ( SELECT 1
   FROM customer_order o
  WHERE (o.id = order_event.order_id))));
create policy order_event_worker on order_event for all to hearth_worker
  using (true)
  with check (true);
grant insert, select on order_event to hearth_web;
grant insert, select on order_event to hearth_worker;

create table order_exception (
  order_id uuid not null,
  why text not null,
  request_id uuid,
  at timestamp with time zone not null default now(),
  PRIMARY KEY (order_id),
  FOREIGN KEY (order_id) REFERENCES customer_order(id),
  FOREIGN KEY (request_id) REFERENCES request(id),
  CHECK ((why = ANY (ARRAY['unsafe'::text, 'missed_twice'::text, 'rated_low'::text])))
);
CREATE INDEX order_exception_request ON public.order_exception USING btree (request_id) WHERE (request_id IS NOT NULL);
create policy order_exception_bound on order_exception for update to hearth_web
  using (((request_id IS NULL) AND (at = now())))
  with check (true);
create policy order_exception_raised on order_exception for insert to hearth_web
  with check (((at = now()) AND (request_id IS NULL) AND (EXISTS ( SELECT 1
   FROM customer_order o
  WHERE ((o.id = order_exception.order_id) AND (( SELECT app_is_staff() AS app_is_staff) OR (o.account_id = ANY (( SELECT app_accounts_acted_on() AS app_accounts_acted_on)::uuid[]))))))));
create policy order_exception_seen on order_exception for select to hearth_web
  using ((EXISTS ( SELECT 1
   FROM customer_order o
  WHERE (o.id = order_exception.order_id))));
create policy order_exception_worker on order_exception for select to hearth_worker
  using (true);
grant select on order_exception to hearth_web;
grant select on order_exception to hearth_worker;

create table order_line (
  order_id uuid not null,
  number smallint not null,
  product text not null,
  quantity integer not null,
  empties integer not null default 0,
  unit_price bigint not null default 0,
  deposit bigint not null default 0,
  amount bigint not null generated always as ((((quantity - prebought) * unit_price) + ((quantity - empties) * deposit))) stored,
  prebought integer not null default 0,
  PRIMARY KEY (order_id, number),
  UNIQUE (order_id, product),
  FOREIGN KEY (order_id) REFERENCES customer_order(id),
  FOREIGN KEY (product) REFERENCES product(code),
  CHECK (((empties >= 0) AND (empties <= quantity))),
  CHECK (((number >= 1) AND (number <= 30))),
  CHECK (((prebought >= 0) AND (prebought <= quantity))),
  CHECK ((quantity > 0))
);
CREATE INDEX order_line_product ON public.order_line USING btree (product);
CREATE TRIGGER order_adds_up AFTER INSERT OR UPDATE ON public.order_line FOR EACH ROW EXECUTE FUNCTION order_adds_up();
CREATE TRIGGER order_line_begins BEFORE INSERT ON public.order_line FOR EACH ROW EXECUTE FUNCTION order_line_begins();
CREATE TRIGGER order_line_empties_there BEFORE INSERT ON public.order_line FOR EACH ROW EXECUTE FUNCTION order_line_empties_there();
CREATE TRIGGER order_line_keeps_refill_rule BEFORE INSERT ON public.order_line FOR EACH ROW EXECUTE FUNCTION order_line_keeps_refill_rule();
create policy order_line_delivered on order_line for update to hearth_web
  using ((( SELECT app_is_staff() AS app_is_staff) AND (EXISTS ( SELECT 1
   FROM customer_order o
  WHERE ((o.id = order_line.order_id) AND (o.status = 'on_the_way'::text))))));
create policy order_line_made on order_line for insert to hearth_web
  with check ((EXISTS ( SELECT 1
   FROM customer_order o
  WHERE ((o.id = order_line.order_id) AND (o.created_at = now()) AND (o.status = ANY (ARRAY['placed'::text, 'preordered'::text]))))));
create policy order_line_of_refill on order_line for insert to hearth_worker
  with check ((EXISTS ( SELECT 1
   FROM (customer_order o
     JOIN refill_plan p ON (((p.account_id = o.account_id) AND (p.state = 'active'::text))))
  WHERE ((o.id = order_line.order_id) AND (o.created_at = now()) AND (p.product = order_line.product)))));
create policy order_line_seen on order_line for select to hearth_web
  using ((EXISTS ( SELECT 1
   FROM customer_order o
  WHERE (o.id = order_line.order_id))));
create policy order_line_worker on order_line for select to hearth_worker
  using (true);
grant insert, select on order_line to hearth_web;
grant insert, select on order_line to hearth_worker;

create table order_move (
  from_status text not null,
  to_status text not null,
  by_whom text not null,
  PRIMARY KEY (from_status, to_status, by_whom),
  CHECK ((by_whom = ANY (ARRAY['customer'::text, 'staff'::text, 'system'::text])))
);
create policy order_move_seen on order_move for select to hearth_web, hearth_worker
  using (true);
grant select on order_move to hearth_web;
grant select on order_move to hearth_worker;

create table order_payment (
  attempt_id uuid,
  order_id uuid not null,
  amount bigint not null,
  at timestamp with time zone not null default now(),
  id uuid not null default uuidv7(),
  method text not null default 'card'::text,
  reference text,
  paid_on date,
  made_by uuid,
  PRIMARY KEY (id),
  UNIQUE (attempt_id),
  UNIQUE (reference),
  FOREIGN KEY (attempt_id) REFERENCES payment_attempt(id),
  FOREIGN KEY (made_by) REFERENCES person(id),
  FOREIGN KEY (order_id) REFERENCES customer_order(id),
  CHECK ((amount > 0)),
  CHECK (
CASE
    WHEN (method = 'card'::text) THEN ((attempt_id IS NOT NULL) AND (reference IS NULL) AND (paid_on IS NULL) AND (made_by IS NULL))
    ELSE ((attempt_id IS NULL) AND (reference IS NOT NULL) AND (paid_on IS NOT NULL) AND (made_by IS NOT NULL))
END),
  CHECK ((method = ANY (ARRAY['card'::text, 'cash'::text, 'card_reader'::text]))),
  CHECK ((reference ~ '^P-[0-9A-Z]{8}$'::text))
);
CREATE INDEX order_payment_made_by ON public.order_payment USING btree (made_by) WHERE (made_by IS NOT NULL);
CREATE INDEX order_payment_order ON public.order_payment USING btree (order_id);
create policy order_payment_at_door on order_payment for insert to hearth_web
  with check ((( SELECT app_is_staff() AS app_is_staff) AND (made_by = ( SELECT app_person() AS app_person)) AND (attempt_id IS NULL) AND (at = now()) AND (EXISTS ( SELECT 1
   FROM customer_order o
  WHERE ((o.id = order_payment.order_id) AND (o.status = 'delivered'::text) AND (order_payment.amount <= (o.total - o.paid)))))));
create policy order_payment_held on order_payment for select to hearth_worker
  using (true);
create policy order_payment_seen on order_payment for select to hearth_web
  using ((EXISTS ( SELECT 1
   FROM customer_order o
  WHERE (o.id = order_payment.order_id))));
grant insert, select on order_payment to hearth_web;
grant select on order_payment to hearth_worker;

create table order_rating (
  order_id uuid not null,
  person_id uuid not null,
  score smallint not null,
  words text not null default ''::text,
  created_at timestamp with time zone not null default now(),
  changed_at timestamp with time zone not null default now(),
  PRIMARY KEY (order_id),
  FOREIGN KEY (order_id) REFERENCES customer_order(id),
  FOREIGN KEY (person_id) REFERENCES person(id),
  CHECK (((score >= 1) AND (score <= 5))),
  CHECK ((length(words) <= 1000))
);
CREATE INDEX order_rating_newest ON public.order_rating USING btree (changed_at DESC);
CREATE TRIGGER budget_of_rating AFTER INSERT OR UPDATE ON public.order_rating FOR EACH ROW EXECUTE FUNCTION spend_budget('rating', '60', '60');
create policy order_rating_changed on order_rating for update to hearth_web
  using ((person_id = ( SELECT app_person() AS app_person)))
  with check ((person_id = ( SELECT app_person() AS app_person)));
create policy order_rating_given on order_rating for insert to hearth_web
  with check (((( SELECT app_role() AS app_role) = 'customer'::text) AND (person_id = ( SELECT app_person() AS app_person)) AND (EXISTS ( SELECT 1
   FROM customer_order o
  WHERE ((o.id = order_rating.order_id) AND (o.status = 'delivered'::text) AND (o.account_id = ANY (( SELECT app_accounts_acted_on() AS app_accounts_acted_on)::uuid[])))))));
create policy order_rating_seen on order_rating for select to hearth_web
  using (((person_id = ( SELECT app_person() AS app_person)) OR (( SELECT app_role() AS app_role) = ANY (ARRAY['supervisor'::text, 'admin'::text]))));
create policy order_rating_worker on order_rating for all to hearth_worker
  using (true)
  with check (true);
grant insert, select on order_rating to hearth_web;
grant delete, select on order_rating to hearth_worker;

create table order_refund (
  id uuid not null default uuidv7(),
  order_id uuid not null,
  amount bigint not null,
  currency text not null,
  since timestamp with time zone not null default now(),
  handed_on_at timestamp with time zone,
  handed_on_by uuid,
  PRIMARY KEY (id),
  FOREIGN KEY (handed_on_by) REFERENCES person(id),
  FOREIGN KEY (order_id) REFERENCES customer_order(id),
  CHECK ((amount > 0)),
  CHECK (((handed_on_at IS NULL) = (handed_on_by IS NULL))),
  CHECK ((currency ~ '^[A-Z]{3}$'::text))
);
CREATE INDEX order_refund_order ON public.order_refund USING btree (order_id);
CREATE INDEX order_refund_waits ON public.order_refund USING btree (since) WHERE (handed_on_at IS NULL);
create policy order_refund_handed_on on order_refund for update to hearth_web
  using (( SELECT app_is_staff() AS app_is_staff))
  with check ((handed_on_by = ( SELECT app_person() AS app_person)));
create policy order_refund_held on order_refund for select to hearth_worker
  using (true);
create policy order_refund_seen on order_refund for select to hearth_web
  using ((EXISTS ( SELECT 1
   FROM customer_order o
  WHERE (o.id = order_refund.order_id))));
grant select on order_refund to hearth_web;
grant select on order_refund to hearth_worker;

create table outbox (
  id bigint not null generated always as identity,
  job text not null,
  payload jsonb not null default '{}'::jsonb,
  run_at timestamp with time zone not null default now(),
  created_at timestamp with time zone not null default now(),
  PRIMARY KEY (id)
);
grant insert on outbox to hearth_auth;
grant insert on outbox to hearth_web;
grant delete, insert, select, update on outbox to hearth_worker;

create table payment (
  id uuid not null default uuidv7(),
  account_id uuid not null,
  reference text not null,
  amount bigint not null,
  currency text not null,
  method text not null,
  state text not null default 'settled'::text,
  paid_on date not null,
  person_id uuid,
  form_key uuid,
  bill_id uuid,
  created_at timestamp with time zone not null default now(),
  settled_at timestamp with time zone,
  takes_back uuid,
  PRIMARY KEY (id),
  UNIQUE (person_id, form_key),
  UNIQUE (reference),
  UNIQUE (takes_back),
  FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE,
  FOREIGN KEY (bill_id) REFERENCES bill(id),
  FOREIGN KEY (person_id) REFERENCES person(id),
  FOREIGN KEY (takes_back) REFERENCES payment(id) ON DELETE CASCADE,
  CHECK ((amount <> 0)),
  CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  CHECK ((method = ANY (ARRAY['bank'::text, 'card'::text, 'cash'::text, 'direct_debit'::text, 'cheque'::text, 'other'::text]))),
  CHECK (((length(reference) >= 1) AND (length(reference) <= 80))),
  CHECK ((state = ANY (ARRAY['pending'::text, 'settled'::text, 'failed'::text, 'refunded'::text]))),
  CHECK (((takes_back IS NULL) OR ((amount < 0) AND (takes_back <> id))))
);
CREATE INDEX payment_account ON public.payment USING btree (account_id, paid_on DESC);
CREATE INDEX payment_bill ON public.payment USING btree (bill_id) WHERE (bill_id IS NOT NULL);
CREATE INDEX payment_lately ON public.payment USING btree (paid_on) WHERE (state = 'settled'::text);
CREATE INDEX payment_person ON public.payment USING btree (person_id) WHERE (person_id IS NOT NULL);
create policy payment_seen on payment for select to hearth_web
  using ((( SELECT app_is_staff() AS app_is_staff) OR (account_id = ANY (( SELECT app_accounts_seen() AS app_accounts_seen)::uuid[]))));
create policy payment_worker on payment for select to hearth_worker
  using (true);
grant select on payment to hearth_web;
grant select on payment to hearth_worker;

create table payment_attempt (
  id uuid not null default uuidv7(),
  reference text not null,
  subject_kind text not null,
  subject_id uuid not null,
  account_id uuid,
  person_id uuid not null,
  form_key uuid not null,
  amount bigint not null,
  currency text not null,
  provider text not null,
  checkout text,
  checkout_url text,
  state text not null default 'begun'::text,
  paid_on date,
  created_at timestamp with time zone not null default now(),
  asked_at timestamp with time zone not null default now(),
  ended_at timestamp with time zone,
  programme_id uuid,
  try_number smallint,
  PRIMARY KEY (id),
  UNIQUE (checkout),
  UNIQUE (person_id, form_key),
  UNIQUE (reference),
  FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE,
  FOREIGN KEY (person_id) REFERENCES person(id),
  FOREIGN KEY (programme_id) REFERENCES programme(id) ON DELETE CASCADE,
  CHECK ((amount > 0)),
  CHECK (((subject_kind = 'order'::text) OR (account_id IS NOT NULL))),
  CHECK (((state <> 'offered'::text) OR (checkout IS NOT NULL))),
  CHECK (((state = 'paid'::text) = (paid_on IS NOT NULL))),
  CHECK (((state = ANY (ARRAY['begun'::text, 'offered'::text])) = (ended_at IS NULL))),
  CHECK (((programme_id IS NULL) = (try_number IS NULL))),
  CHECK (((programme_id IS NULL) OR (subject_kind = 'bill'::text))),
  CHECK (((length(checkout) >= 1) AND (length(checkout) <= 200))),
  CHECK (((length(checkout_url) >= 1) AND (length(checkout_url) <= 2000))),
  CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  CHECK (
CASE
    WHEN (programme_id IS NULL) THEN ((checkout IS NULL) = (checkout_url IS NULL))
    ELSE (checkout_url IS NULL)
END),
  CHECK ((provider = ANY (ARRAY['stripe'::text, 'demo'::text]))),
  CHECK ((reference ~ '^P-[0-9A-Z]{8}$'::text)),
  CHECK ((state = ANY (ARRAY['begun'::text, 'offered'::text, 'paid'::text, 'refused'::text, 'expired'::text]))),
  CHECK ((subject_kind = ANY (ARRAY['account'::text, 'bill'::text, 'order'::text, 'prebuy'::text]))),
  CHECK (((try_number >= 1) AND (try_number <= 9)))
);
CREATE INDEX payment_attempt_account ON public.payment_attempt USING btree (account_id, created_at DESC) WHERE (account_id IS NOT NULL);
CREATE INDEX payment_attempt_asked ON public.payment_attempt USING btree (asked_at) WHERE (state = ANY (ARRAY['begun'::text, 'offered'::text]));
CREATE UNIQUE INDEX payment_attempt_one_at_a_time ON public.payment_attempt USING btree ((
CASE
    WHEN (subject_kind = ANY (ARRAY['order'::text, 'prebuy'::text])) THEN subject_id
    ELSE account_id
END)) WHERE (state = ANY (ARRAY['begun'::text, 'offered'::text]));
CREATE INDEX payment_attempt_person ON public.payment_attempt USING btree (person_id, created_at);
CREATE INDEX payment_attempt_subject ON public.payment_attempt USING btree (subject_id);
CREATE UNIQUE INDEX payment_attempt_try ON public.payment_attempt USING btree (programme_id, subject_id, try_number) WHERE (programme_id IS NOT NULL);
CREATE TRIGGER automatic_payment_noted AFTER UPDATE OF state ON public.payment_attempt FOR EACH ROW WHEN (((new.programme_id IS NOT NULL) AND (new.state <> old.state) AND (new.state = ANY (ARRAY['paid'::text, 'refused'::text])))) EXECUTE FUNCTION automatic_payment_noted();
CREATE TRIGGER order_attempt_fits BEFORE INSERT ON public.payment_attempt FOR EACH ROW WHEN ((new.subject_kind = 'order'::text)) EXECUTE FUNCTION order_attempt_fits();
CREATE TRIGGER payment_attempt_budget AFTER INSERT ON public.payment_attempt FOR EACH ROW EXECUTE FUNCTION payment_attempt_budget();
CREATE TRIGGER payment_attempt_moves BEFORE UPDATE ON public.payment_attempt FOR EACH ROW EXECUTE FUNCTION payment_attempt_moves();
CREATE TRIGGER prebuy_attempt_fits BEFORE INSERT ON public.payment_attempt FOR EACH ROW WHEN ((new.subject_kind = 'prebuy'::text)) EXECUTE FUNCTION prebuy_attempt_fits();
create policy payment_attempt_asked on payment_attempt for update to hearth_worker
  using (true);
create policy payment_attempt_begun on payment_attempt for insert to hearth_web
  with check (((person_id = ( SELECT app_person() AS app_person)) AND (state = 'begun'::text) AND (programme_id IS NULL) AND ((account_id IS NULL) OR (account_id = ANY (( SELECT app_accounts_acted_on() AS app_accounts_acted_on)::uuid[])))));
create policy payment_attempt_offered on payment_attempt for update to hearth_web
  using ((person_id = ( SELECT app_person() AS app_person)))
  with check ((person_id = ( SELECT app_person() AS app_person)));
create policy payment_attempt_seen on payment_attempt for select to hearth_web
  using ((( SELECT app_is_staff() AS app_is_staff) OR (person_id = ( SELECT app_person() AS app_person)) OR (account_id = ANY (( SELECT app_accounts_seen() AS app_accounts_seen)::uuid[]))));
create policy payment_attempt_worker on payment_attempt for select to hearth_worker
  using (true);
grant insert, select on payment_attempt to hearth_web;
grant select on payment_attempt to hearth_worker;

create table payment_taken_back (
  id uuid not null default uuidv7(),
  noted_id uuid not null,
  reference text not null,
  reason text not null,
  made_by uuid not null,
  at timestamp with time zone not null default now(),
  PRIMARY KEY (id),
  UNIQUE (noted_id),
  UNIQUE (reference),
  FOREIGN KEY (made_by) REFERENCES person(id),
  FOREIGN KEY (noted_id) REFERENCES noted_payment(id) ON DELETE CASCADE,
  CHECK (((length(reason) >= 3) AND (length(reason) <= 500))),
  CHECK ((reference ~ '^P-[0-9A-Z]{8}$'::text))
);
CREATE TRIGGER payment_taken_back_counts AFTER INSERT ON public.payment_taken_back FOR EACH ROW EXECUTE FUNCTION payment_taken_back_counts();
create policy payment_taken_back_made on payment_taken_back for insert to hearth_web
  with check (((( SELECT app_role() AS app_role) = ANY (ARRAY['supervisor'::text, 'admin'::text])) AND (made_by = ( SELECT app_person() AS app_person)) AND (at = now())));
create policy payment_taken_back_seen on payment_taken_back for select to hearth_web
  using (( SELECT app_is_staff() AS app_is_staff));
create policy payment_taken_back_worker on payment_taken_back for select to hearth_worker
  using (true);
grant insert, select on payment_taken_back to hearth_web;
grant select on payment_taken_back to hearth_worker;

create table person (
  id uuid not null default uuidv7(),
  email text not null,
  email_verified boolean not null default false,
  name text not null,
  role text not null default 'customer'::text,
  team_id uuid,
  locale text not null default 'en'::text,
  phone text,
  image text,
  two_factor_enabled boolean not null default false,
  demo boolean not null default false,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  deactivated_at timestamp with time zone,
  seen_at timestamp with time zone,
  email_taken_back_at timestamp with time zone,
  closed_at timestamp with time zone,
  PRIMARY KEY (id),
  FOREIGN KEY (team_id) REFERENCES team(id),
  CHECK (((role <> 'customer'::text) OR (team_id IS NULL))),
  CHECK (((role <> 'customer'::text) OR ((deactivated_at IS NULL) AND (seen_at IS NULL)))),
  CHECK (((email = lower(email)) AND (email ~~ '%_@_%'::text))),
  CHECK ((name !~* '://|[\x01-\x1f\u2028\u2029\u202a-\u202e\u2066-\u2069]'::text)),
  CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  CHECK ((length(phone) <= 60)),
  CHECK ((role = ANY (ARRAY['customer'::text, 'agent'::text, 'supervisor'::text, 'admin'::text])))
);
CREATE UNIQUE INDEX person_email ON public.person USING btree (email);
CREATE INDEX person_email_trigrams ON public.person USING gin (email gin_trgm_ops) WHERE (role = 'customer'::text);
CREATE INDEX person_name_folded ON public.person USING gin (folded(name) gin_trgm_ops) WHERE (role = 'customer'::text);
CREATE INDEX person_phone_trigrams ON public.person USING gin (regexp_replace(phone, '[^0-9+]'::text, ''::text, 'g'::text) gin_trgm_ops) WHERE ((role = 'customer'::text) AND (phone IS NOT NULL));
CREATE INDEX person_staff ON public.person USING btree (role) WHERE (role <> 'customer'::text);
CREATE INDEX person_team ON public.person USING btree (team_id) WHERE (team_id IS NOT NULL);
CREATE TRIGGER budget_of_settings AFTER UPDATE OF name, phone, locale ON public.person FOR EACH ROW EXECUTE FUNCTION spend_budget('settings', '60', '60');
CREATE TRIGGER noted_payment_forgets AFTER UPDATE OF closed_at ON public.person FOR EACH ROW WHEN (((old.closed_at IS NULL) AND (new.closed_at IS NOT NULL))) EXECUTE FUNCTION noted_payment_forgets();
CREATE TRIGGER person_guard BEFORE UPDATE ON public.person FOR EACH ROW EXECUTE FUNCTION person_guard();
CREATE TRIGGER team_of BEFORE UPDATE OF team_id, deactivated_at ON public.person FOR EACH ROW WHEN (((new.team_id IS NOT NULL) AND (new.deactivated_at IS NULL))) EXECUTE FUNCTION team_is_there();
CREATE TRIGGER team_of_new BEFORE INSERT ON public.person FOR EACH ROW WHEN ((new.team_id IS NOT NULL)) EXECUTE FUNCTION team_is_there();
CREATE TRIGGER text_number_follows AFTER UPDATE OF phone ON public.person FOR EACH ROW WHEN ((old.phone IS DISTINCT FROM new.phone)) EXECUTE FUNCTION text_number_follows();
CREATE TRIGGER words_of_renamed AFTER UPDATE OF name ON public.person FOR EACH ROW WHEN (((old.name IS DISTINCT FROM new.name) AND (new.role = 'customer'::text))) EXECUTE FUNCTION request_words_changed();
create policy person_all_auth on person for all to hearth_auth
  using (true)
  with check (true);
create policy person_all_worker on person for select to hearth_worker
  using (true);
create policy person_changed_at_desk on person for update to hearth_web
  using ((( SELECT app_is_staff() AS app_is_staff) AND (role = 'customer'::text)))
  with check ((( SELECT app_is_staff() AS app_is_staff) AND (role = 'customer'::text)));
create policy person_changed_by_admin on person for update to hearth_web
  using (((( SELECT app_role() AS app_role) = 'admin'::text) AND (role <> 'customer'::text)))
  with check ((role <> 'customer'::text));
create policy person_changes_own on person for update to hearth_web
  using ((id = ( SELECT app_person() AS app_person)))
  with check ((id = ( SELECT app_person() AS app_person)));
create policy person_seen on person for select to hearth_web
  using (((id = ( SELECT app_person() AS app_person)) OR ((role <> 'customer'::text) AND (( SELECT app_person() AS app_person) IS NOT NULL)) OR ( SELECT app_is_staff() AS app_is_staff)));
grant insert, select, update on person to hearth_auth;
grant select on person to hearth_web;
grant select on person to hearth_worker;

create table prebuy (
  id uuid not null default uuidv7(),
  offer_id uuid not null,
  account_id uuid not null,
  person_id uuid not null,
  form_key uuid not null,
  product text not null,
  quantity integer not null,
  currency text not null,
  unit_price bigint not null,
  amount bigint not null generated always as ((quantity * unit_price)) stored,
  good_until date not null,
  state text not null default 'reserved'::text,
  left_over integer not null default 0,
  created_at timestamp with time zone not null default now(),
  bought_at timestamp with time zone,
  told_on date,
  logged_by uuid,
  PRIMARY KEY (id),
  UNIQUE (person_id, form_key),
  FOREIGN KEY (account_id) REFERENCES account(id),
  FOREIGN KEY (logged_by) REFERENCES person(id),
  FOREIGN KEY (offer_id) REFERENCES prebuy_offer(id),
  FOREIGN KEY (person_id) REFERENCES person(id),
  FOREIGN KEY (product) REFERENCES product(code),
  CHECK (((state = 'bought'::text) OR (left_over = 0))),
  CHECK (((state = 'bought'::text) = (bought_at IS NOT NULL))),
  CHECK (((left_over >= 0) AND (left_over <= quantity))),
  CHECK ((quantity > 0)),
  CHECK ((state = ANY (ARRAY['reserved'::text, 'bought'::text, 'lapsed'::text])))
);
CREATE INDEX prebuy_account ON public.prebuy USING btree (account_id, product, good_until);
CREATE INDEX prebuy_left ON public.prebuy USING btree (good_until) WHERE (left_over > 0);
CREATE INDEX prebuy_logged_by ON public.prebuy USING btree (logged_by) WHERE (logged_by IS NOT NULL);
CREATE INDEX prebuy_of_offer ON public.prebuy USING btree (offer_id, account_id);
CREATE INDEX prebuy_reserved ON public.prebuy USING btree (created_at) WHERE (state = 'reserved'::text);
CREATE TRIGGER budget_of_prebuy AFTER INSERT ON public.prebuy FOR EACH ROW EXECUTE FUNCTION spend_budget('request', '100', '60');
CREATE TRIGGER prebuy_begins BEFORE INSERT ON public.prebuy FOR EACH ROW EXECUTE FUNCTION prebuy_begins();
create policy prebuy_made on prebuy for insert to hearth_web
  with check (((person_id = ( SELECT app_person() AS app_person)) AND (( SELECT app_role() AS app_role) = 'customer'::text) AND (logged_by IS NULL) AND (state = 'reserved'::text) AND (left_over = 0) AND (created_at = now()) AND (told_on IS NULL) AND (account_id = ANY (( SELECT app_accounts_acted_on() AS app_accounts_acted_on)::uuid[]))));
create policy prebuy_made_at_desk on prebuy for insert to hearth_web
  with check ((( SELECT app_is_staff() AS app_is_staff) AND (logged_by = ( SELECT app_person() AS app_person)) AND (state = 'reserved'::text) AND (left_over = 0) AND (created_at = now()) AND (told_on IS NULL) AND (EXISTS ( SELECT 1
   FROM account_member m
  WHERE ((m.account_id = prebuy.account_id) AND (m.person_id = prebuy.person_id) AND (m.scope = 'act'::text) AND ((m.expires_at IS NULL) OR (m.expires_at > now())))))));
create policy prebuy_seen on prebuy for select to hearth_web
  using ((( SELECT app_is_staff() AS app_is_staff) OR (account_id = ANY (( SELECT app_accounts_seen() AS app_accounts_seen)::uuid[]))));
create policy prebuy_told on prebuy for update to hearth_worker
  using (true)
  with check (true);
create policy prebuy_worker on prebuy for select to hearth_worker
  using (true);
grant insert, select on prebuy to hearth_web;
grant select on prebuy to hearth_worker;

create table prebuy_move (
  id uuid not null default uuidv7(),
  prebuy_id uuid not null,
  kind text not null,
  change integer not null,
  order_id uuid,
  at timestamp with time zone not null default now(),
  PRIMARY KEY (id),
  FOREIGN KEY (order_id) REFERENCES customer_order(id),
  FOREIGN KEY (prebuy_id) REFERENCES prebuy(id),
  CHECK (
CASE
    WHEN (kind = ANY (ARRAY['bought'::text, 'given_back'::text])) THEN (change > 0)
    ELSE (change < 0)
END),
  CHECK (((kind = ANY (ARRAY['drawn'::text, 'given_back'::text])) = (order_id IS NOT NULL))),
  CHECK ((kind = ANY (ARRAY['bought'::text, 'drawn'::text, 'given_back'::text, 'ended'::text])))
);
CREATE INDEX prebuy_move_of ON public.prebuy_move USING btree (prebuy_id, at);
CREATE INDEX prebuy_move_order ON public.prebuy_move USING btree (order_id) WHERE (order_id IS NOT NULL);
CREATE TRIGGER prebuy_move_counts AFTER INSERT OR DELETE OR UPDATE ON public.prebuy_move FOR EACH ROW EXECUTE FUNCTION prebuy_move_counts();
create policy prebuy_move_seen on prebuy_move for select to hearth_web
  using ((EXISTS ( SELECT 1
   FROM prebuy b
  WHERE (b.id = prebuy_move.prebuy_id))));
create policy prebuy_move_worker on prebuy_move for select to hearth_worker
  using (true);
grant select on prebuy_move to hearth_web;
grant select on prebuy_move to hearth_worker;

create table prebuy_offer (
  id uuid not null default uuidv7(),
  form_key uuid not null,
  product text not null,
  currency text not null,
  unit_price bigint not null,
  sold_from date not null,
  sold_until date not null,
  good_until date not null,
  most_each integer not null,
  most_total integer not null,
  back_percent smallint not null default 100,
  taken integer not null default 0,
  made_by uuid not null,
  made_at timestamp with time zone not null default now(),
  withdrawn_at timestamp with time zone,
  PRIMARY KEY (id),
  UNIQUE (form_key),
  FOREIGN KEY (made_by) REFERENCES person(id),
  FOREIGN KEY (product) REFERENCES product(code),
  CHECK (((back_percent >= 0) AND (back_percent <= 100))),
  CHECK (((sold_from <= sold_until) AND (sold_until <= good_until))),
  CHECK ((most_each <= most_total)),
  CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  CHECK (((taken >= 0) AND (taken <= most_total))),
  CHECK (((most_each >= 1) AND (most_each <= 100000))),
  CHECK (((most_total >= 1) AND (most_total <= 10000000))),
  CHECK ((unit_price > 0))
);
CREATE INDEX prebuy_offer_product ON public.prebuy_offer USING btree (product, sold_until DESC);
create policy prebuy_offer_made on prebuy_offer for insert to hearth_web
  with check (((( SELECT app_role() AS app_role) = ANY (ARRAY['supervisor'::text, 'admin'::text])) AND (made_by = ( SELECT app_person() AS app_person)) AND (made_at = now()) AND (taken = 0) AND (withdrawn_at IS NULL)));
create policy prebuy_offer_seen on prebuy_offer for select to hearth_web, hearth_worker
  using (true);
create policy prebuy_offer_withdrawn on prebuy_offer for update to hearth_web
  using ((( SELECT app_role() AS app_role) = ANY (ARRAY['supervisor'::text, 'admin'::text])))
  with check ((withdrawn_at IS NOT NULL));
grant insert, select on prebuy_offer to hearth_web;
grant select on prebuy_offer to hearth_worker;

create table prebuy_payment (
  attempt_id uuid,
  prebuy_id uuid not null,
  amount bigint not null,
  at timestamp with time zone not null default now(),
  id uuid not null default uuidv7(),
  method text not null default 'card'::text,
  number text,
  made_by uuid,
  PRIMARY KEY (id),
  UNIQUE (attempt_id),
  FOREIGN KEY (attempt_id) REFERENCES payment_attempt(id),
  FOREIGN KEY (made_by) REFERENCES person(id),
  FOREIGN KEY (prebuy_id) REFERENCES prebuy(id),
  CHECK ((amount > 0)),
  CHECK (
CASE
    WHEN (method = 'card'::text) THEN ((attempt_id IS NOT NULL) AND (number IS NULL) AND (made_by IS NULL))
    ELSE ((attempt_id IS NULL) AND (made_by IS NOT NULL) AND ((method = 'cash'::text) OR (number IS NOT NULL)))
END),
  CHECK ((method = ANY (ARRAY['card'::text, 'cash'::text, 'bank'::text, 'cheque'::text]))),
  CHECK ((number ~ '^[A-Z0-9][A-Z0-9./-]{0,39}$'::text))
);
CREATE INDEX prebuy_payment_made_by ON public.prebuy_payment USING btree (made_by) WHERE (made_by IS NOT NULL);
CREATE INDEX prebuy_payment_of ON public.prebuy_payment USING btree (prebuy_id);
create policy prebuy_payment_seen on prebuy_payment for select to hearth_web
  using ((EXISTS ( SELECT 1
   FROM prebuy b
  WHERE (b.id = prebuy_payment.prebuy_id))));
create policy prebuy_payment_worker on prebuy_payment for select to hearth_worker
  using (true);
grant select on prebuy_payment to hearth_web;
grant select on prebuy_payment to hearth_worker;

create table prebuy_refund (
  id uuid not null default uuidv7(),
  prebuy_id uuid not null,
  why text not null,
  units integer not null,
  amount bigint not null,
  currency text not null,
  since timestamp with time zone not null default now(),
  handed_on_at timestamp with time zone,
  handed_on_by uuid,
  PRIMARY KEY (id),
  FOREIGN KEY (handed_on_by) REFERENCES person(id),
  FOREIGN KEY (prebuy_id) REFERENCES prebuy(id),
  CHECK ((amount > 0)),
  CHECK (((handed_on_at IS NULL) = (handed_on_by IS NULL))),
  CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  CHECK ((units > 0)),
  CHECK ((why = ANY (ARRAY['unused'::text, 'late'::text])))
);
CREATE INDEX prebuy_refund_of ON public.prebuy_refund USING btree (prebuy_id);
CREATE INDEX prebuy_refund_waits ON public.prebuy_refund USING btree (since) WHERE (handed_on_at IS NULL);
create policy prebuy_refund_handed_on on prebuy_refund for update to hearth_web
  using (( SELECT app_is_staff() AS app_is_staff))
  with check ((handed_on_by = ( SELECT app_person() AS app_person)));
create policy prebuy_refund_seen on prebuy_refund for select to hearth_web
  using ((EXISTS ( SELECT 1
   FROM prebuy b
  WHERE (b.id = prebuy_refund.prebuy_id))));
create policy prebuy_refund_worker on prebuy_refund for select to hearth_worker
  using (true);
grant select on prebuy_refund to hearth_web;
grant select on prebuy_refund to hearth_worker;

create table premises (
  id uuid not null default uuidv7(),
  account_id uuid not null,
  line text not null,
  town text not null,
  postcode text not null,
  created_at timestamp with time zone not null default now(),
  reference text not null default (uuidv7())::text,
  held_since date,
  PRIMARY KEY (id),
  UNIQUE (reference),
  FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE,
  CHECK (((length(reference) >= 1) AND (length(reference) <= 40)))
);
CREATE INDEX premises_account ON public.premises USING btree (account_id);
CREATE INDEX premises_address_folded ON public.premises USING gin (folded(((((line || ' '::text) || town) || ' '::text) || postcode)) gin_trgm_ops);
CREATE INDEX premises_address_trigrams ON public.premises USING gin (lower(((((line || ' '::text) || town) || ' '::text) || postcode)) gin_trgm_ops);
CREATE TRIGGER premises_change_hands BEFORE UPDATE OF account_id ON public.premises FOR EACH ROW WHEN ((new.account_id IS DISTINCT FROM old.account_id)) EXECUTE FUNCTION premises_change_hands();
create policy premises_seen on premises for select to hearth_web
  using ((( SELECT app_is_staff() AS app_is_staff) OR (account_id = ANY (( SELECT app_accounts_seen() AS app_accounts_seen)::uuid[]))));
create policy premises_worker on premises for select to hearth_worker
  using (true);
grant select on premises to hearth_web;
grant select on premises to hearth_worker;

create table presence (
  request_id uuid not null,
  person_id uuid not null,
  typing boolean not null default false,
  seen_at timestamp with time zone not null default now(),
  PRIMARY KEY (request_id, person_id)
);
CREATE INDEX presence_stale ON public.presence USING btree (seen_at);
create policy presence_left on presence for delete to hearth_web
  using ((person_id = ( SELECT app_person() AS app_person)));
create policy presence_noted on presence for insert to hearth_web
  with check ((( SELECT app_is_staff() AS app_is_staff) AND (person_id = ( SELECT app_person() AS app_person)) AND (EXISTS ( SELECT 1
   FROM request r
  WHERE (r.id = presence.request_id)))));
create policy presence_renewed on presence for update to hearth_web
  using ((person_id = ( SELECT app_person() AS app_person)))
  with check ((person_id = ( SELECT app_person() AS app_person)));
create policy presence_seen on presence for select to hearth_web
  using ((( SELECT app_is_staff() AS app_is_staff) AND (EXISTS ( SELECT 1
   FROM request r
  WHERE (r.id = presence.request_id)))));
create policy presence_worker on presence for all to hearth_worker
  using (true);
grant delete, insert, select, update on presence to hearth_web;
grant delete, select on presence to hearth_worker;

create table priority_reminder (
  premises_id uuid not null,
  until date not null,
  stage text not null,
  created_at timestamp with time zone not null default now(),
  PRIMARY KEY (premises_id, until, stage),
  FOREIGN KEY (premises_id) REFERENCES premises(id) ON DELETE CASCADE,
  CHECK ((stage = ANY (ARRAY['soon'::text, 'over'::text])))
);
create policy priority_reminder_worker on priority_reminder for all to hearth_worker
  using (true)
  with check (true);
grant insert, select on priority_reminder to hearth_worker;

create table priority_service (
  premises_id uuid not null,
  needs text[] not null,
  since date not null default CURRENT_DATE,
  until date,
  wants text[] not null default '{}'::text[],
  shared_at timestamp with time zone,
  registered_by uuid,
  updated_at timestamp with time zone not null default now(),
  PRIMARY KEY (premises_id),
  FOREIGN KEY (premises_id) REFERENCES premises(id) ON DELETE CASCADE,
  FOREIGN KEY (registered_by) REFERENCES person(id) ON DELETE SET NULL,
  CHECK ((until > since)),
  CHECK (((cardinality(needs) > 0) AND (needs <@ ARRAY['age'::text, 'child'::text, 'disability'::text, 'hearing'::text, 'sight'::text, 'smell'::text, 'mental_health'::text, 'equipment'::text, 'language'::text, 'short_term'::text]))),
  CHECK ((wants <@ ARRAY['password'::text, 'nominee'::text, 'format'::text, 'reading'::text, 'knock'::text, 'heating'::text]))
);
CREATE INDEX priority_service_registered_by ON public.priority_service USING btree (registered_by) WHERE (registered_by IS NOT NULL);
CREATE INDEX priority_service_until ON public.priority_service USING btree (until) WHERE (until IS NOT NULL);
CREATE TRIGGER budget_of_priority AFTER INSERT OR UPDATE ON public.priority_service FOR EACH ROW EXECUTE FUNCTION spend_budget('priority', '60', '60');
create policy priority_service_asked on priority_service for insert to hearth_web
  with check (((registered_by = ( SELECT app_person() AS app_person)) AND (( SELECT app_is_staff() AS app_is_staff) OR (EXISTS ( SELECT 1
   FROM premises p
  WHERE ((p.id = priority_service.premises_id) AND (p.account_id = ANY (( SELECT app_accounts_acted_on() AS app_accounts_acted_on)::uuid[]))))))));
create policy priority_service_ended on priority_service for delete to hearth_web
  using ((( SELECT app_is_staff() AS app_is_staff) OR (EXISTS ( SELECT 1
   FROM premises p
  WHERE ((p.id = priority_service.premises_id) AND (p.account_id = ANY (( SELECT app_accounts_acted_on() AS app_accounts_acted_on)::uuid[])))))));
create policy priority_service_held on priority_service for select to hearth_worker
  using (true);
create policy priority_service_renewed on priority_service for update to hearth_web
  using ((( SELECT app_is_staff() AS app_is_staff) OR (EXISTS ( SELECT 1
   FROM premises p
  WHERE ((p.id = priority_service.premises_id) AND (p.account_id = ANY (( SELECT app_accounts_acted_on() AS app_accounts_acted_on)::uuid[])))))))
  with check ((registered_by = ( SELECT app_person() AS app_person)));
create policy priority_service_seen on priority_service for select to hearth_web
  using ((( SELECT app_is_staff() AS app_is_staff) OR (EXISTS ( SELECT 1
   FROM premises p
  WHERE ((p.id = priority_service.premises_id) AND (p.account_id = ANY (( SELECT app_accounts_acted_on() AS app_accounts_acted_on)::uuid[])))))));
grant delete, insert, select on priority_service to hearth_web;
grant select on priority_service to hearth_worker;

create table product (
  code text not null,
  kind text not null,
  supply text not null default 'any'::text,
  name jsonb not null,
  about jsonb not null default '{"en": "", "es": ""}'::jsonb,
  unit text not null default 'piece'::text,
  takes_back boolean not null default false,
  "least" integer not null default 1,
  most integer not null default 10,
  skill text not null default 'cylinder_delivery'::text,
  sold_from date,
  place smallint not null default 100,
  retired_at timestamp with time zone,
  changed_by uuid,
  changed_at timestamp with time zone,
  PRIMARY KEY (code),
  FOREIGN KEY (changed_by) REFERENCES person(id),
  CHECK ((length((about)::text) <= 1000)),
  CHECK (((most >= "least") AND (most <= 5000))),
  CHECK ((code ~ '^[A-Z0-9][A-Z0-9-]{1,29}$'::text)),
  CHECK ((kind = ANY (ARRAY['cylinder'::text, 'bulk'::text, 'regulator'::text, 'alarm'::text, 'appliance'::text]))),
  CHECK (("least" > 0)),
  CHECK ((((length((name ->> 'en'::text)) >= 1) AND (length((name ->> 'en'::text)) <= 80)) AND ((length((name ->> 'es'::text)) >= 1) AND (length((name ->> 'es'::text)) <= 80)))),
  CHECK ((skill = ANY (ARRAY['cylinder_delivery'::text, 'bulk_delivery'::text]))),
  CHECK ((supply = ANY (ARRAY['cylinder'::text, 'tank'::text, 'any'::text]))),
  CHECK ((unit = ANY (ARRAY['piece'::text, 'gallon'::text, 'litre'::text])))
);
create policy product_changed on product for update to hearth_web
  using ((( SELECT app_role() AS app_role) = ANY (ARRAY['supervisor'::text, 'admin'::text])))
  with check ((changed_by = ( SELECT app_person() AS app_person)));
create policy product_made on product for insert to hearth_web
  with check (((( SELECT app_role() AS app_role) = ANY (ARRAY['supervisor'::text, 'admin'::text])) AND (changed_by = ( SELECT app_person() AS app_person))));
create policy product_seen on product for select to hearth_web, hearth_worker
  using (true);
grant insert, select on product to hearth_web;
grant select on product to hearth_worker;

create table product_price (
  product text not null,
  from_day date not null,
  currency text not null,
  amount bigint not null,
  deposit bigint not null default 0,
  made_by uuid,
  made_at timestamp with time zone not null default now(),
  PRIMARY KEY (product, currency, from_day),
  FOREIGN KEY (made_by) REFERENCES person(id),
  FOREIGN KEY (product) REFERENCES product(code),
  CHECK ((amount > 0)),
  CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  CHECK ((deposit >= 0))
);
create policy price_made on product_price for insert to hearth_web
  with check (((( SELECT app_role() AS app_role) = ANY (ARRAY['supervisor'::text, 'admin'::text])) AND (made_by = ( SELECT app_person() AS app_person)) AND (from_day >= ((now() AT TIME ZONE '-12:00:00'::interval))::date)));
create policy price_seen on product_price for select to hearth_web, hearth_worker
  using (true);
create policy price_taken_back on product_price for delete to hearth_web
  using (((( SELECT app_role() AS app_role) = ANY (ARRAY['supervisor'::text, 'admin'::text])) AND (from_day > ((now() AT TIME ZONE '14:00:00'::interval))::date)));
grant delete, insert, select on product_price to hearth_web;
grant select on product_price to hearth_worker;

create table programme (
  id uuid not null default uuidv7(),
  account_id uuid not null,
  kind text not null,
  state text not null default 'active'::text,
  currency text,
  amount bigint,
  received_before bigint not null default 0,
  review_on date,
  method text,
  card_name text,
  most bigint,
  days smallint,
  began_on date not null,
  ended_on date,
  enrolled_by uuid,
  form_key uuid not null,
  created_at timestamp with time zone not null default now(),
  digest text,
  PRIMARY KEY (id),
  FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE,
  FOREIGN KEY (enrolled_by) REFERENCES person(id) ON DELETE SET NULL,
  CHECK ((amount >= 0)),
  CHECK (((length(card_name) >= 1) AND (length(card_name) <= 200))),
  CHECK ((ended_on >= began_on)),
  CHECK (((state = ANY (ARRAY['asked'::text, 'active'::text])) = (ended_on IS NULL))),
  CHECK (((state <> 'asked'::text) OR (NOT (method IS DISTINCT FROM 'bank'::text)))),
  CHECK (((kind = ANY (ARRAY['arrangement'::text, 'extension'::text, 'budget'::text])) = (amount IS NOT NULL))),
  CHECK (((kind <> ALL (ARRAY['arrangement'::text, 'extension'::text])) OR (amount > 0))),
  CHECK ((((amount IS NULL) AND (most IS NULL)) OR (currency IS NOT NULL))),
  CHECK (((kind = 'budget'::text) = (review_on IS NOT NULL))),
  CHECK (((kind = 'autopay'::text) = (method IS NOT NULL))),
  CHECK (((kind = 'autopay'::text) OR (most IS NULL))),
  CHECK (((NOT (method IS DISTINCT FROM 'card'::text)) = (card_name IS NOT NULL))),
  CHECK (((kind = 'reminders'::text) = (days IS NOT NULL))),
  CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  CHECK (((days >= 1) AND (days <= 21))),
  CHECK ((kind = ANY (ARRAY['arrangement'::text, 'extension'::text, 'budget'::text, 'autopay'::text, 'paperless'::text, 'reminders'::text]))),
  CHECK ((method = ANY (ARRAY['card'::text, 'bank'::text]))),
  CHECK ((most > 0)),
  CHECK ((state = ANY (ARRAY['asked'::text, 'active'::text, 'kept'::text, 'broken'::text, 'left'::text])))
);
CREATE INDEX programme_account ON public.programme USING btree (account_id, created_at DESC);
CREATE UNIQUE INDEX programme_form ON public.programme USING btree (enrolled_by, form_key);
CREATE UNIQUE INDEX programme_once ON public.programme USING btree (account_id, kind) WHERE (state = ANY (ARRAY['asked'::text, 'active'::text]));
CREATE UNIQUE INDEX programme_one_plan ON public.programme USING btree (account_id) WHERE ((state = ANY (ARRAY['asked'::text, 'active'::text])) AND (kind = ANY (ARRAY['arrangement'::text, 'extension'::text, 'budget'::text])));
CREATE INDEX programme_watched ON public.programme USING btree (kind, id) WHERE (state = ANY (ARRAY['asked'::text, 'active'::text]));
CREATE TRIGGER budget_of_programme AFTER INSERT ON public.programme FOR EACH ROW EXECUTE FUNCTION spend_budget('programme', '60', '60');
CREATE CONSTRAINT TRIGGER instalments_add_up AFTER INSERT ON public.programme DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION instalments_add_up();
CREATE TRIGGER kept_card_ends AFTER UPDATE OF state ON public.programme FOR EACH ROW WHEN ((new.state <> ALL (ARRAY['asked'::text, 'active'::text]))) EXECUTE FUNCTION kept_card_ends();
CREATE TRIGGER programme_begins BEFORE INSERT ON public.programme FOR EACH ROW EXECUTE FUNCTION programme_begins();
CREATE TRIGGER programme_moves BEFORE UPDATE ON public.programme FOR EACH ROW EXECUTE FUNCTION programme_moves();
CREATE TRIGGER programme_noted AFTER INSERT OR UPDATE ON public.programme FOR EACH ROW EXECUTE FUNCTION programme_noted();
create policy programme_begun on programme for insert to hearth_web
  with check (((enrolled_by = ( SELECT app_person() AS app_person)) AND (state = ANY (ARRAY['asked'::text, 'active'::text])) AND (created_at = now()) AND (method IS DISTINCT FROM 'card'::text) AND (( SELECT app_is_staff() AS app_is_staff) OR (account_id = ANY (( SELECT app_accounts_acted_on() AS app_accounts_acted_on)::uuid[])))));
create policy programme_moved on programme for update to hearth_web
  using ((( SELECT app_is_staff() AS app_is_staff) OR (account_id = ANY (( SELECT app_accounts_acted_on() AS app_accounts_acted_on)::uuid[]))))
  with check ((( SELECT app_is_staff() AS app_is_staff) OR (account_id = ANY (( SELECT app_accounts_acted_on() AS app_accounts_acted_on)::uuid[]))));
create policy programme_seen on programme for select to hearth_web
  using ((( SELECT app_is_staff() AS app_is_staff) OR (account_id = ANY (( SELECT app_accounts_seen() AS app_accounts_seen)::uuid[]))));
create policy programme_worker on programme for select to hearth_worker
  using (true);
create policy programme_worker_moves on programme for update to hearth_worker
  using (true)
  with check (true);
grant insert, select on programme to hearth_web;
grant select on programme to hearth_worker;

create table programme_event (
  seq bigint not null generated always as identity,
  programme_id uuid not null,
  account_id uuid not null,
  what text not null,
  amount bigint,
  at timestamp with time zone not null default now(),
  actor_id uuid,
  by_whom text not null,
  PRIMARY KEY (seq),
  FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE,
  FOREIGN KEY (actor_id) REFERENCES person(id) ON DELETE SET NULL,
  FOREIGN KEY (programme_id) REFERENCES programme(id) ON DELETE CASCADE,
  CHECK ((by_whom = ANY (ARRAY['customer'::text, 'staff'::text, 'system'::text]))),
  CHECK ((what = ANY (ARRAY['asked'::text, 'began'::text, 'kept'::text, 'broken'::text, 'left'::text, 'reviewed'::text, 'charged'::text, 'declined'::text])))
);
CREATE INDEX programme_event_account ON public.programme_event USING btree (account_id, at DESC, seq DESC);
CREATE INDEX programme_event_actor ON public.programme_event USING btree (actor_id) WHERE (actor_id IS NOT NULL);
CREATE INDEX programme_event_programme ON public.programme_event USING btree (programme_id);
CREATE TRIGGER programme_event_stays BEFORE UPDATE OF seq, programme_id, account_id, what, amount, at, by_whom ON public.programme_event FOR EACH ROW EXECUTE FUNCTION programme_event_stays();
create policy programme_event_seen on programme_event for select to hearth_web
  using ((( SELECT app_is_staff() AS app_is_staff) OR (account_id = ANY (( SELECT app_accounts_seen() AS app_accounts_seen)::uuid[]))));
create policy programme_event_worker on programme_event for select to hearth_worker
  using (true);
grant select on programme_event to hearth_web;
grant select on programme_event to hearth_worker;

create table programme_move (
  from_state text not null,
  to_state text not null,
  by_whom text not null,
  PRIMARY KEY (from_state, to_state, by_whom),
  CHECK ((by_whom = ANY (ARRAY['customer'::text, 'staff'::text, 'system'::text])))
);
create policy programme_move_seen on programme_move for select to hearth_web, hearth_worker
  using (true);
grant select on programme_move to hearth_web;
grant select on programme_move to hearth_worker;

create table promise (
  id uuid not null default uuidv7(),
  request_id uuid not null,
  kind text not null,
  minutes integer not null,
  state text not null default 'running'::text,
  started_at timestamp with time zone not null default now(),
  due_at timestamp with time zone,
  minutes_left integer,
  ended_at timestamp with time zone,
  hours text not null default 'working'::text,
  begins_at timestamp with time zone,
  PRIMARY KEY (id),
  FOREIGN KEY (request_id) REFERENCES request(id),
  CHECK ((((state = 'running'::text) = ((due_at IS NOT NULL) AND (ended_at IS NULL))) OR (state = ANY (ARRAY['kept'::text, 'missed'::text, 'dropped'::text])))),
  CHECK (((state <> 'paused'::text) OR (minutes_left IS NOT NULL))),
  CHECK ((hours = ANY (ARRAY['working'::text, 'clock'::text]))),
  CHECK ((kind = ANY (ARRAY['first_response'::text, 'next_response'::text, 'resolution'::text]))),
  CHECK ((minutes > 0)),
  CHECK ((state = ANY (ARRAY['running'::text, 'paused'::text, 'kept'::text, 'missed'::text, 'dropped'::text])))
);
CREATE INDEX promise_due ON public.promise USING btree (due_at) WHERE (state = 'running'::text);
CREATE INDEX promise_of_request ON public.promise USING btree (request_id, started_at, id);
CREATE UNIQUE INDEX promise_one_running ON public.promise USING btree (request_id, kind) WHERE (state = ANY (ARRAY['running'::text, 'paused'::text]));
CREATE INDEX promise_owed ON public.promise USING btree (request_id, due_at) WHERE (ended_at IS NULL);
CREATE TRIGGER promise_guard BEFORE INSERT OR UPDATE ON public.promise FOR EACH ROW EXECUTE FUNCTION promise_guard();
create policy promise_changed on promise for update to hearth_web
  using ((EXISTS ( SELECT 1
   FROM request r
  WHERE (r.id = promise.request_id))));
create policy promise_seen on promise for select to hearth_web
  using (((request_id = ( SELECT app_request() AS app_request)) OR (EXISTS ( SELECT 1
   FROM request r
  WHERE (r.id = promise.request_id)))));
create policy promise_worker on promise for all to hearth_worker
  using (true)
  with check (true);
create policy promise_written on promise for insert to hearth_web
  with check ((EXISTS ( SELECT 1
   FROM request r
  WHERE (r.id = promise.request_id))));
grant insert, select, update on promise to hearth_web;
grant select, update on promise to hearth_worker;

create table reading (
  id uuid not null default uuidv7(),
  meter_id uuid not null,
  read_on date not null,
  digits text not null,
  source text not null,
  state text not null default 'accepted'::text,
  why text,
  taken_by uuid,
  created_at timestamp with time zone not null default now(),
  replaced text[] not null default '{}'::text[],
  PRIMARY KEY (id),
  UNIQUE (meter_id, read_on, source),
  FOREIGN KEY (meter_id) REFERENCES meter(id) ON DELETE CASCADE,
  FOREIGN KEY (taken_by) REFERENCES person(id),
  CHECK (((state = 'accepted'::text) OR (why IS NOT NULL))),
  CHECK ((digits ~ '^[0-9]{4,8}$'::text)),
  CHECK ((cardinality(replaced) <= 20)),
  CHECK ((source = ANY (ARRAY['customer'::text, 'utility'::text, 'estimate'::text]))),
  CHECK ((state = ANY (ARRAY['accepted'::text, 'quarantined'::text, 'rejected'::text]))),
  CHECK ((why = ANY (ARRAY['lower'::text, 'too_high'::text, 'too_low'::text, 'same_day'::text])))
);
CREATE INDEX reading_quarantined ON public.reading USING btree (created_at) WHERE (state = 'quarantined'::text);
CREATE INDEX reading_taken_by ON public.reading USING btree (taken_by) WHERE (taken_by IS NOT NULL);
CREATE TRIGGER budget_of_reading AFTER INSERT OR UPDATE OF digits ON public.reading FOR EACH ROW EXECUTE FUNCTION spend_budget('reading', '300', '60');
CREATE TRIGGER reading_fits BEFORE INSERT OR UPDATE OF digits, read_on, meter_id ON public.reading FOR EACH ROW EXECUTE FUNCTION reading_fits();
CREATE TRIGGER reading_keeps_replaced BEFORE UPDATE OF digits ON public.reading FOR EACH ROW WHEN ((old.digits <> new.digits)) EXECUTE FUNCTION reading_keeps_replaced();
create policy reading_given on reading for insert to hearth_web
  with check (((taken_by = ( SELECT app_person() AS app_person)) AND (( SELECT app_is_staff() AS app_is_staff) OR ((source = 'customer'::text) AND (state <> 'rejected'::text) AND app_may_read_meter(meter_id)))));
create policy reading_given_again on reading for update to hearth_web
  using ((( SELECT app_is_staff() AS app_is_staff) OR ((source = 'customer'::text) AND app_may_read_meter(meter_id))))
  with check ((( SELECT app_is_staff() AS app_is_staff) OR ((source = 'customer'::text) AND (taken_by = ( SELECT app_person() AS app_person)) AND (state <> 'rejected'::text))));
create policy reading_seen on reading for select to hearth_web
  using ((EXISTS ( SELECT 1
   FROM (meter m
     JOIN premises p ON ((p.id = m.premises_id)))
  WHERE ((m.id = reading.meter_id) AND (( SELECT app_is_staff() AS app_is_staff) OR (p.held_since IS NULL) OR (reading.read_on >= p.held_since) OR (reading.taken_by = ( SELECT app_person() AS app_person)))))));
create policy reading_worker on reading for select to hearth_worker
  using (true);
grant insert, select on reading to hearth_web;
grant select on reading to hearth_worker;

create table reading_reminder (
  meter_id uuid not null,
  month date not null,
  created_at timestamp with time zone not null default now(),
  PRIMARY KEY (meter_id, month),
  FOREIGN KEY (meter_id) REFERENCES meter(id) ON DELETE CASCADE,
  CHECK ((EXTRACT(day FROM month) = (1)::numeric))
);
create policy reading_reminder_worker on reading_reminder for all to hearth_worker
  using (true)
  with check (true);
grant insert, select on reading_reminder to hearth_worker;

create table refill_plan (
  id uuid not null default uuidv7(),
  account_id uuid not null,
  premises_id uuid not null,
  person_id uuid not null,
  product text not null,
  quantity integer not null,
  weeks smallint,
  next_on date not null,
  period integer not null default 1,
  state text not null default 'active'::text,
  form_key uuid not null,
  created_at timestamp with time zone not null default now(),
  ended_at timestamp with time zone,
  PRIMARY KEY (id),
  UNIQUE (person_id, form_key),
  FOREIGN KEY (account_id) REFERENCES account(id),
  FOREIGN KEY (person_id) REFERENCES person(id),
  FOREIGN KEY (premises_id) REFERENCES premises(id),
  FOREIGN KEY (product) REFERENCES product(code),
  CHECK (((state = 'ended'::text) = (ended_at IS NOT NULL))),
  CHECK ((period > 0)),
  CHECK (((quantity >= 1) AND (quantity <= 5000))),
  CHECK ((state = ANY (ARRAY['active'::text, 'paused'::text, 'ended'::text]))),
  CHECK (((weeks >= 1) AND (weeks <= 26)))
);
CREATE INDEX refill_plan_account ON public.refill_plan USING btree (account_id, created_at DESC);
CREATE INDEX refill_plan_due ON public.refill_plan USING btree (next_on) WHERE (state = 'active'::text);
CREATE UNIQUE INDEX refill_plan_one ON public.refill_plan USING btree (premises_id, product) WHERE (state <> 'ended'::text);
CREATE TRIGGER budget_of_refills AFTER INSERT ON public.refill_plan FOR EACH ROW EXECUTE FUNCTION spend_budget('request', '100', '60');
CREATE TRIGGER refill_plan_guard BEFORE UPDATE ON public.refill_plan FOR EACH ROW EXECUTE FUNCTION refill_plan_guard();
create policy refill_plan_changed on refill_plan for update to hearth_web
  using (((account_id = ANY (( SELECT app_accounts_acted_on() AS app_accounts_acted_on)::uuid[])) OR ( SELECT app_is_staff() AS app_is_staff)))
  with check ((( SELECT app_is_staff() AS app_is_staff) OR (person_id = ( SELECT app_person() AS app_person))));
create policy refill_plan_goes_on on refill_plan for update to hearth_worker
  using (true)
  with check (true);
create policy refill_plan_made on refill_plan for insert to hearth_web
  with check (((person_id = ( SELECT app_person() AS app_person)) AND (state = 'active'::text) AND (period = 1) AND (created_at = now()) AND (account_id = ANY (( SELECT app_accounts_acted_on() AS app_accounts_acted_on)::uuid[])) AND (EXISTS ( SELECT 1
   FROM premises p
  WHERE ((p.id = refill_plan.premises_id) AND (p.account_id = refill_plan.account_id))))));
create policy refill_plan_seen on refill_plan for select to hearth_web
  using ((( SELECT app_is_staff() AS app_is_staff) OR (account_id = ANY (( SELECT app_accounts_seen() AS app_accounts_seen)::uuid[]))));
create policy refill_plan_worker on refill_plan for select to hearth_worker
  using (true);
grant insert, select on refill_plan to hearth_web;
grant select on refill_plan to hearth_worker;

create table refill_rule (
  kind text not null,
  gap_days integer,
  per_year integer,
  changed_by uuid,
  changed_at timestamp with time zone not null default now(),
  PRIMARY KEY (kind),
  FOREIGN KEY (changed_by) REFERENCES person(id),
  CHECK (((gap_days IS NOT NULL) OR (per_year IS NOT NULL))),
  CHECK (((gap_days >= 1) AND (gap_days <= 120))),
  CHECK ((kind = 'cylinder'::text)),
  CHECK (((per_year >= 1) AND (per_year <= 400)))
);
create policy refill_rule_seen on refill_rule for select to hearth_web
  using (true);
create policy refill_rule_set on refill_rule for all to hearth_web
  using ((( SELECT app_role() AS app_role) = ANY (ARRAY['supervisor'::text, 'admin'::text])))
  with check (((( SELECT app_role() AS app_role) = ANY (ARRAY['supervisor'::text, 'admin'::text])) AND (changed_by = ( SELECT app_person() AS app_person))));
grant delete, insert, select on refill_rule to hearth_web;

create table refill_turn (
  plan_id uuid not null,
  period integer not null,
  due_on date not null,
  outcome text not null,
  why text,
  order_id uuid,
  at timestamp with time zone not null default now(),
  PRIMARY KEY (plan_id, period),
  UNIQUE (order_id),
  FOREIGN KEY (order_id) REFERENCES customer_order(id),
  FOREIGN KEY (plan_id) REFERENCES refill_plan(id),
  CHECK (((outcome = 'waiting'::text) = (why IS NOT NULL))),
  CHECK (((outcome = 'ordered'::text) = (order_id IS NOT NULL))),
  CHECK ((outcome = ANY (ARRAY['waiting'::text, 'ordered'::text, 'skipped'::text]))),
  CHECK ((period > 0)),
  CHECK ((why = ANY (ARRAY['gap'::text, 'quota'::text, 'not_there'::text, 'not_sold'::text, 'no_stock'::text, 'no_slot'::text, 'order_open'::text])))
);
CREATE TRIGGER budget_of_turn AFTER INSERT ON public.refill_turn FOR EACH ROW EXECUTE FUNCTION spend_budget('turn', '60', '60');
CREATE TRIGGER refill_turn_guard BEFORE INSERT OR UPDATE ON public.refill_turn FOR EACH ROW EXECUTE FUNCTION refill_turn_guard();
create policy refill_turn_seen on refill_turn for select to hearth_web
  using ((EXISTS ( SELECT 1
   FROM refill_plan p
  WHERE (p.id = refill_turn.plan_id))));
create policy refill_turn_skipped on refill_turn for insert to hearth_web
  with check (((outcome = 'skipped'::text) AND (EXISTS ( SELECT 1
   FROM refill_plan p
  WHERE ((p.id = refill_turn.plan_id) AND (( SELECT app_is_staff() AS app_is_staff) OR (p.account_id = ANY (( SELECT app_accounts_acted_on() AS app_accounts_acted_on)::uuid[]))))))));
create policy refill_turn_skipped_late on refill_turn for update to hearth_web
  using ((EXISTS ( SELECT 1
   FROM refill_plan p
  WHERE ((p.id = refill_turn.plan_id) AND (( SELECT app_is_staff() AS app_is_staff) OR (p.account_id = ANY (( SELECT app_accounts_acted_on() AS app_accounts_acted_on)::uuid[])))))))
  with check ((outcome = 'skipped'::text));
create policy refill_turn_worker on refill_turn for all to hearth_worker
  using (true)
  with check (true);
grant insert, select on refill_turn to hearth_web;
grant insert, select on refill_turn to hearth_worker;

create table request (
  id uuid not null default uuidv7(),
  reference text not null,
  requester_id uuid,
  account_id uuid,
  premises_id uuid,
  service_type text not null,
  service_version integer not null,
  private boolean not null default false,
  description text not null,
  answers jsonb not null default '{}'::jsonb,
  contact jsonb not null default '{}'::jsonb,
  channel text not null,
  logged_by uuid,
  locale text not null default 'en'::text,
  status text not null default 'submitted'::text,
  priority smallint not null default 3,
  team_id uuid,
  agent_id uuid,
  linked_to uuid,
  merged_into uuid,
  last_number integer not null default 0,
  due_at timestamp with time zone not null default 'infinity'::timestamp with time zone,
  work_began_at timestamp with time zone,
  visit_on date,
  visit_from time without time zone,
  visit_to time without time zone,
  submitted_at timestamp with time zone not null default now(),
  first_response_at timestamp with time zone,
  resolved_at timestamp with time zone,
  closed_at timestamp with time zone,
  updated_at timestamp with time zone not null default now(),
  comes_first text,
  wished_at timestamp with time zone,
  rests_until timestamp with time zone,
  rank smallint not null generated always as (queue_rank(comes_first, priority, due_at, rests_until)) stored,
  account_linked_at timestamp with time zone,
  needs_visit boolean not null default false,
  PRIMARY KEY (id),
  FOREIGN KEY (account_id) REFERENCES account(id),
  FOREIGN KEY (agent_id) REFERENCES person(id),
  FOREIGN KEY (linked_to) REFERENCES request(id),
  FOREIGN KEY (logged_by) REFERENCES person(id),
  FOREIGN KEY (merged_into) REFERENCES request(id),
  FOREIGN KEY (premises_id) REFERENCES premises(id),
  FOREIGN KEY (requester_id) REFERENCES person(id),
  FOREIGN KEY (service_type, service_version) REFERENCES service_type_version(code, version),
  FOREIGN KEY (team_id) REFERENCES team(id),
  CHECK (((requester_id IS NOT NULL) OR (logged_by IS NOT NULL) OR (channel = 'chat'::text))),
  CHECK (caller_fits(contact)),
  CHECK ((channel = ANY (ARRAY['web'::text, 'phone'::text, 'counter'::text, 'chat'::text, 'email'::text, 'api'::text]))),
  CHECK (((status = 'merged'::text) = (merged_into IS NOT NULL))),
  CHECK (((status <> 'scheduled'::text) OR (visit_on IS NOT NULL))),
  CHECK (((account_linked_at IS NULL) OR (account_id IS NOT NULL))),
  CHECK ((comes_first = ANY (ARRAY['safety'::text, 'vulnerable'::text]))),
  CHECK ((length(description) <= 4000)),
  CHECK ((merged_into <> id)),
  CHECK (((priority >= 1) AND (priority <= 4))),
  CHECK ((reference ~ '^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$'::text)),
  CHECK ((status = ANY (ARRAY['submitted'::text, 'open'::text, 'waiting'::text, 'scheduled'::text, 'resolved'::text, 'closed'::text, 'cancelled'::text, 'merged'::text])))
);
CREATE INDEX request_hazards ON public.request USING btree (premises_id, submitted_at DESC) WHERE (answers ? 'hazards'::text);
CREATE INDEX request_in_hand_resolved ON public.request USING btree (agent_id) WHERE ((agent_id IS NOT NULL) AND (status = 'resolved'::text));
CREATE INDEX request_merged_here ON public.request USING btree (merged_into) WHERE (merged_into IS NOT NULL);
CREATE INDEX request_of_account ON public.request USING btree (account_id, id DESC) WHERE (account_id IS NOT NULL);
CREATE INDEX request_of_nobody ON public.request USING btree (closed_at) WHERE ((requester_id IS NULL) AND (account_id IS NULL) AND (contact ? 'caller_name'::text));
CREATE INDEX request_of_person ON public.request USING btree (requester_id, id DESC);
CREATE INDEX request_queue ON public.request USING btree (rank, due_at, id) WHERE request_is_open(status);
CREATE INDEX request_queue_agent ON public.request USING btree (agent_id, rank, due_at, id) WHERE request_is_open(status);
CREATE INDEX request_queue_team ON public.request USING btree (team_id, rank, due_at, id) WHERE request_is_open(status);
CREATE INDEX request_queue_unassigned ON public.request USING btree (rank, due_at, id) WHERE ((agent_id IS NULL) AND request_is_open(status));
CREATE INDEX request_queue_unassigned_team ON public.request USING btree (team_id, rank, due_at, id) WHERE ((agent_id IS NULL) AND request_is_open(status));
CREATE INDEX request_queue_waiting ON public.request USING btree (rank, due_at, id) WHERE (status = 'waiting'::text);
CREATE INDEX request_queue_waiting_team ON public.request USING btree (team_id, rank, due_at, id) WHERE (status = 'waiting'::text);
CREATE INDEX request_resolved ON public.request USING btree (GREATEST(resolved_at, wished_at)) WHERE (status = 'resolved'::text);
CREATE INDEX request_resolved_team ON public.request USING btree (team_id) WHERE (status = 'resolved'::text);
CREATE INDEX request_resting ON public.request USING btree (rests_until) WHERE (rests_until IS NOT NULL);
CREATE TRIGGER budget_of_request AFTER INSERT ON public.request FOR EACH ROW EXECUTE FUNCTION spend_budget('request', '100', '60');
CREATE TRIGGER budget_of_visitor AFTER INSERT ON public.request FOR EACH ROW WHEN (((new.requester_id IS NULL) AND (new.logged_by IS NULL))) EXECUTE FUNCTION spend_budget('visitor_request', '4', '60');
CREATE TRIGGER call_ends_with_request AFTER UPDATE OF status ON public.request FOR EACH ROW WHEN (((new.status = ANY (ARRAY['resolved'::text, 'closed'::text, 'cancelled'::text, 'merged'::text])) AND (new.status <> old.status))) EXECUTE FUNCTION call_ends_with_request();
CREATE TRIGGER request_account_guard BEFORE UPDATE OF account_id, premises_id, account_linked_at, private ON public.request FOR EACH ROW WHEN (((((new.account_id IS DISTINCT FROM old.account_id) OR (new.premises_id IS DISTINCT FROM old.premises_id)) OR (new.account_linked_at IS DISTINCT FROM old.account_linked_at)) OR (new.private IS DISTINCT FROM old.private))) EXECUTE FUNCTION request_account_guard();
CREATE TRIGGER request_agent BEFORE UPDATE OF agent_id ON public.request FOR EACH ROW WHEN (((new.agent_id IS NOT NULL) AND (new.agent_id IS DISTINCT FROM old.agent_id))) EXECUTE FUNCTION request_agent_works_here();
CREATE TRIGGER request_agent_of_new BEFORE INSERT ON public.request FOR EACH ROW WHEN ((new.agent_id IS NOT NULL)) EXECUTE FUNCTION request_agent_works_here();
CREATE TRIGGER request_due BEFORE UPDATE OF due_at ON public.request FOR EACH ROW WHEN ((new.due_at IS DISTINCT FROM old.due_at)) EXECUTE FUNCTION request_due_guard();
CREATE TRIGGER request_due_of_new BEFORE INSERT ON public.request FOR EACH ROW EXECUTE FUNCTION request_due_guard();
CREATE TRIGGER request_guard BEFORE UPDATE ON public.request FOR EACH ROW EXECUTE FUNCTION request_guard();
CREATE TRIGGER request_merge_guard BEFORE UPDATE OF merged_into ON public.request FOR EACH ROW WHEN ((new.merged_into IS DISTINCT FROM old.merged_into)) EXECUTE FUNCTION request_merge_guard();
CREATE TRIGGER request_of_visitor AFTER INSERT ON public.request FOR EACH ROW WHEN (((new.requester_id IS NULL) AND (new.logged_by IS NULL))) EXECUTE FUNCTION hold_request_of_visitor();
CREATE TRIGGER request_of_visitor_guard BEFORE UPDATE ON public.request FOR EACH ROW WHEN ((app_role() = 'visitor'::text)) EXECUTE FUNCTION request_of_visitor_guard();
CREATE TRIGGER team_of BEFORE UPDATE OF team_id ON public.request FOR EACH ROW WHEN (((new.team_id IS NOT NULL) AND (new.team_id IS DISTINCT FROM old.team_id))) EXECUTE FUNCTION team_is_there();
CREATE TRIGGER team_of_new BEFORE INSERT ON public.request FOR EACH ROW WHEN ((new.team_id IS NOT NULL)) EXECUTE FUNCTION team_is_there();
CREATE TRIGGER visit_follows AFTER UPDATE OF status, visit_on, visit_from, visit_to ON public.request FOR EACH ROW WHEN (((((new.status IS DISTINCT FROM old.status) OR (new.visit_on IS DISTINCT FROM old.visit_on)) OR (new.visit_from IS DISTINCT FROM old.visit_from)) OR (new.visit_to IS DISTINCT FROM old.visit_to))) EXECUTE FUNCTION visit_follows();
CREATE TRIGGER visit_of_new AFTER INSERT ON public.request FOR EACH ROW WHEN ((new.status = 'scheduled'::text)) EXECUTE FUNCTION visit_follows();
CREATE TRIGGER words_of_changed AFTER UPDATE OF description, answers, contact, requester_id, account_id, premises_id ON public.request FOR EACH ROW WHEN (((((((old.description IS DISTINCT FROM new.description) OR (old.answers IS DISTINCT FROM new.answers)) OR (old.contact IS DISTINCT FROM new.contact)) OR (old.requester_id IS DISTINCT FROM new.requester_id)) OR (old.account_id IS DISTINCT FROM new.account_id)) OR (old.premises_id IS DISTINCT FROM new.premises_id))) EXECUTE FUNCTION request_words_changed();
CREATE TRIGGER words_of_new AFTER INSERT ON public.request REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_words_due();
create policy request_asked on request for insert to hearth_web
  with check (((status = 'submitted'::text) AND (submitted_at = now()) AND (last_number <= 1) AND (agent_id IS NULL) AND (merged_into IS NULL) AND (first_response_at IS NULL) AND (resolved_at IS NULL) AND (closed_at IS NULL) AND (work_began_at IS NULL) AND (visit_on IS NULL) AND (visit_from IS NULL) AND (visit_to IS NULL) AND ((( SELECT app_is_staff() AS app_is_staff) AND (logged_by = ( SELECT app_person() AS app_person))) OR ((requester_id = ( SELECT app_person() AS app_person)) AND (logged_by IS NULL) AND ((account_id IS NULL) OR (account_id = ANY (( SELECT app_accounts_acted_on() AS app_accounts_acted_on)::uuid[]))) AND begins_as_declared(service_type, service_version, priority, comes_first)) OR ((( SELECT app_role() AS app_role) = 'visitor'::text) AND (( SELECT app_visitor() AS app_visitor) <> 'nobody'::text) AND (channel = 'chat'::text) AND (requester_id IS NULL) AND (logged_by IS NULL) AND (account_id IS NULL) AND (premises_id IS NULL) AND (linked_to IS NULL) AND (contact ? 'caller_name'::text) AND ((contact ? 'caller_email'::text) OR (contact ? 'caller_phone'::text)) AND begins_as_declared(service_type, service_version, priority, comes_first)))));
create policy request_at_home on request for insert to hearth_web
  with check (((premises_id IS NULL) OR (EXISTS ( SELECT 1
   FROM premises p
  WHERE ((p.id = request.premises_id) AND (p.account_id = request.account_id))))));
create policy request_moved on request for update to hearth_web
  using ((( SELECT app_is_staff() AS app_is_staff) OR (requester_id = ( SELECT app_person() AS app_person)) OR ((NOT private) AND (account_id = ANY (( SELECT app_accounts_acted_on() AS app_accounts_acted_on)::uuid[]))) OR ((requester_id IS NULL) AND (id = ANY (( SELECT app_visited() AS app_visited)::uuid[])))))
  with check (true);
create policy request_seen on request for select to hearth_web
  using (((requester_id = ( SELECT app_person() AS app_person)) OR (( SELECT app_role() AS app_role) = ANY (ARRAY['supervisor'::text, 'admin'::text])) OR ((( SELECT app_role() AS app_role) = 'agent'::text) AND ((team_id IS NULL) OR (team_id = ( SELECT app_team() AS app_team)) OR (agent_id = ( SELECT app_person() AS app_person)) OR (id = ANY (( SELECT app_opened() AS app_opened)::uuid[])) OR (id = ANY (( SELECT app_visits_mine() AS app_visits_mine)::uuid[])))) OR ((NOT private) AND (account_id = ANY (( SELECT app_accounts_seen() AS app_accounts_seen)::uuid[]))) OR ((requester_id IS NULL) AND (id = ANY (( SELECT app_visited() AS app_visited)::uuid[])))));
create policy request_worker on request for all to hearth_worker
  using (true)
  with check (true);
grant insert, select on request to hearth_web;
grant select on request to hearth_worker;

create table request_about (
  request_id uuid not null,
  bill_id uuid,
  reading_id uuid,
  created_at timestamp with time zone not null default now(),
  PRIMARY KEY (request_id),
  FOREIGN KEY (bill_id) REFERENCES bill(id) ON DELETE CASCADE,
  FOREIGN KEY (reading_id) REFERENCES reading(id) ON DELETE CASCADE,
  FOREIGN KEY (request_id) REFERENCES request(id) ON DELETE CASCADE,
  CHECK ((num_nonnulls(bill_id, reading_id) = 1))
);
CREATE INDEX request_about_bill ON public.request_about USING btree (bill_id) WHERE (bill_id IS NOT NULL);
CREATE INDEX request_about_reading ON public.request_about USING btree (reading_id) WHERE (reading_id IS NOT NULL);
create policy request_about_attached on request_about for insert to hearth_web
  with check ((EXISTS ( SELECT 1
   FROM request r
  WHERE ((r.id = request_about.request_id) AND ((EXISTS ( SELECT 1
           FROM bill b
          WHERE ((b.id = request_about.bill_id) AND ((r.account_id IS NULL) OR (b.account_id = r.account_id))))) OR (EXISTS ( SELECT 1
           FROM ((reading g
             JOIN meter m ON ((m.id = g.meter_id)))
             JOIN premises p ON ((p.id = m.premises_id)))
          WHERE ((g.id = request_about.reading_id) AND ((r.account_id IS NULL) OR (p.account_id = r.account_id))))))))));
create policy request_about_seen on request_about for select to hearth_web
  using ((EXISTS ( SELECT 1
   FROM request r
  WHERE (r.id = request_about.request_id))));
create policy request_about_worker on request_about for select to hearth_worker
  using (true);
grant insert, select on request_about to hearth_web;
grant select on request_about to hearth_worker;

create table request_event (
  request_id uuid not null,
  number integer not null,
  seq bigint not null generated always as identity,
  xid xid8 not null default pg_current_xact_id(),
  kind text not null,
  visibility text not null default 'public'::text,
  actor_id uuid,
  actor_role text not null,
  at timestamp with time zone not null default now(),
  payload jsonb not null default '{}'::jsonb,
  PRIMARY KEY (request_id, number),
  FOREIGN KEY (request_id) REFERENCES request(id),
  CHECK (((kind <> ALL (ARRAY['note'::text, 'priority'::text, 'viewed'::text])) OR (visibility = 'internal'::text))),
  CHECK ((kind = ANY (ARRAY['submitted'::text, 'assigned'::text, 'message'::text, 'note'::text, 'status'::text, 'priority'::text, 'attachment'::text, 'visit'::text, 'promise'::text, 'work_began'::text, 'linked'::text, 'merged'::text, 'viewed'::text, 'details'::text, 'account'::text]))),
  CHECK ((number > 0)),
  CHECK ((visibility = ANY (ARRAY['public'::text, 'internal'::text])))
);
CREATE INDEX request_event_feed ON public.request_event USING btree (xid, seq);
CREATE TRIGGER budget_of_event AFTER INSERT ON public.request_event FOR EACH ROW WHEN ((new.kind <> ALL (ARRAY['submitted'::text, 'message'::text]))) EXECUTE FUNCTION spend_budget('event', '900', '60');
CREATE TRIGGER request_event_number BEFORE INSERT ON public.request_event FOR EACH ROW EXECUTE FUNCTION request_event_number();
create policy event_seen on request_event for select to hearth_web
  using ((((visibility = 'public'::text) OR ( SELECT app_is_staff() AS app_is_staff)) AND ((request_id = ( SELECT app_request() AS app_request)) OR (EXISTS ( SELECT 1
   FROM request r
  WHERE (r.id = request_event.request_id))))));
create policy event_worker_read on request_event for select to hearth_worker
  using (true);
create policy event_worker_write on request_event for insert to hearth_worker
  with check (true);
create policy event_written on request_event for insert to hearth_web
  with check ((((visibility = 'public'::text) OR ( SELECT app_is_staff() AS app_is_staff)) AND (EXISTS ( SELECT 1
   FROM request r
  WHERE (r.id = request_event.request_id)))));
grant select on request_event to hearth_web;
grant select on request_event to hearth_worker;

create table request_move (
  from_status text not null,
  to_status text not null,
  by_whom text not null,
  PRIMARY KEY (from_status, to_status, by_whom),
  CHECK ((by_whom = ANY (ARRAY['customer'::text, 'staff'::text, 'system'::text])))
);
grant select on request_move to hearth_web;
grant select on request_move to hearth_worker;

create table request_read (
  person_id uuid not null,
  request_id uuid not null,
  number integer not null,
  PRIMARY KEY (person_id, request_id),
  FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE,
  CHECK ((number >= 0))
);
create policy request_read_further on request_read for update to hearth_web
  using ((person_id = ( SELECT app_person() AS app_person)))
  with check ((person_id = ( SELECT app_person() AS app_person)));
create policy request_read_held on request_read for select to hearth_worker
  using (true);
create policy request_read_noted on request_read for insert to hearth_web
  with check (((person_id = ( SELECT app_person() AS app_person)) AND (EXISTS ( SELECT 1
   FROM request r
  WHERE (r.id = request_read.request_id)))));
create policy request_read_own on request_read for select to hearth_web
  using ((person_id = ( SELECT app_person() AS app_person)));
grant insert, select, update on request_read to hearth_web;
grant select on request_read to hearth_worker;

create table request_reference (
  reference text not null,
  request_id uuid not null,
  PRIMARY KEY (reference),
  FOREIGN KEY (request_id) REFERENCES request(id)
);
CREATE INDEX request_reference_request ON public.request_reference USING btree (request_id);
create policy reference_seen on request_reference for select to hearth_web
  using ((EXISTS ( SELECT 1
   FROM request r
  WHERE (r.id = request_reference.request_id))));
create policy reference_worker on request_reference for select to hearth_worker
  using (true);
create policy reference_written on request_reference for insert to hearth_web
  with check ((EXISTS ( SELECT 1
   FROM request r
  WHERE (r.id = request_reference.request_id))));
grant insert, select on request_reference to hearth_web;
grant select on request_reference to hearth_worker;

create table request_visitor (
  request_id uuid not null,
  visitor text not null,
  at timestamp with time zone not null default now(),
  PRIMARY KEY (request_id, visitor),
  FOREIGN KEY (request_id) REFERENCES request(id) ON DELETE CASCADE,
  CHECK (((length(visitor) >= 1) AND (length(visitor) <= 100)))
);
CREATE INDEX request_visitor_of ON public.request_visitor USING btree (visitor);
create policy request_visitor_own on request_visitor for select to hearth_web
  using (((( SELECT app_person() AS app_person) IS NULL) AND (visitor = ( SELECT app_visitor() AS app_visitor))));
create policy request_visitor_worker on request_visitor for all to hearth_worker
  using (true);
grant select on request_visitor to hearth_web;
grant delete, select on request_visitor to hearth_worker;

create table request_words (
  request_id uuid not null,
  words tsvector not null,
  inside tsvector not null,
  PRIMARY KEY (request_id)
);
CREATE INDEX request_words_inside ON public.request_words USING gin (inside);
create policy request_words_staff on request_words for select to hearth_web
  using ((( SELECT app_is_staff() AS app_is_staff) AND (EXISTS ( SELECT 1
   FROM request r
  WHERE (r.id = request_words.request_id)))));
grant select on request_words to hearth_web;

create table saved_reply (
  id uuid not null default uuidv7(),
  person_id uuid,
  team_id uuid,
  name text not null,
  text text not null,
  proposed boolean not null default false,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  PRIMARY KEY (id),
  FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE,
  FOREIGN KEY (team_id) REFERENCES team(id) ON DELETE CASCADE,
  CHECK (((person_id IS NULL) OR (team_id IS NULL))),
  CHECK (((NOT proposed) OR (person_id IS NOT NULL))),
  CHECK (((length(btrim(name)) >= 1) AND (length(btrim(name)) <= 80))),
  CHECK (((length(btrim(text)) >= 1) AND (length(btrim(text)) <= 4000)))
);
CREATE UNIQUE INDEX saved_reply_named ON public.saved_reply USING btree (COALESCE(person_id, team_id), lower(name)) NULLS NOT DISTINCT;
CREATE TRIGGER saved_reply_limit AFTER INSERT ON public.saved_reply FOR EACH ROW EXECUTE FUNCTION saved_reply_limit();
create policy saved_reply_changed on saved_reply for update to hearth_web
  using ((( SELECT app_is_staff() AS app_is_staff) AND ((person_id = ( SELECT app_person() AS app_person)) OR (((person_id IS NULL) OR proposed) AND ( SELECT app_keeps_replies() AS app_keeps_replies)))))
  with check ((( SELECT app_is_staff() AS app_is_staff) AND ((person_id = ( SELECT app_person() AS app_person)) OR (((person_id IS NULL) OR proposed) AND ( SELECT app_keeps_replies() AS app_keeps_replies)))));
create policy saved_reply_dropped on saved_reply for delete to hearth_web
  using ((( SELECT app_is_staff() AS app_is_staff) AND ((person_id = ( SELECT app_person() AS app_person)) OR ((person_id IS NULL) AND ( SELECT app_keeps_replies() AS app_keeps_replies)))));
create policy saved_reply_seen on saved_reply for select to hearth_web
  using ((( SELECT app_is_staff() AS app_is_staff) AND ((person_id IS NULL) OR (person_id = ( SELECT app_person() AS app_person)) OR (proposed AND ( SELECT app_keeps_replies() AS app_keeps_replies)))));
create policy saved_reply_written on saved_reply for insert to hearth_web
  with check ((( SELECT app_is_staff() AS app_is_staff) AND ((person_id = ( SELECT app_person() AS app_person)) OR ((person_id IS NULL) AND ( SELECT app_keeps_replies() AS app_keeps_replies)))));
grant delete, insert, select on saved_reply to hearth_web;

create table screen_verdict (
  id bigint not null generated always as identity,
  at timestamp with time zone not null default now(),
  level text not null,
  hazard text,
  channel text not null,
  digest text not null,
  why text[] not null default '{}'::text[],
  PRIMARY KEY (id),
  CHECK ((level = ANY (ARRAY['emergency'::text, 'possible'::text, 'clear'::text])))
);
CREATE INDEX screen_verdict_at ON public.screen_verdict USING btree (at);
grant insert on screen_verdict to hearth_web;
grant delete, insert on screen_verdict to hearth_worker;

create table search_word (
  word text not null,
  PRIMARY KEY (word)
);
CREATE INDEX search_word_trigrams ON public.search_word USING gin (word gin_trgm_ops);

create table second_factor (
  id uuid not null default uuidv7(),
  person_id uuid not null,
  secret text not null,
  backup_codes text not null,
  verified boolean not null default true,
  failed_verification_count integer not null default 0,
  locked_until timestamp with time zone,
  PRIMARY KEY (id),
  FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX second_factor_person ON public.second_factor USING btree (person_id);
grant delete, insert, select, update on second_factor to hearth_auth;

create table service_type (
  code text not null,
  version integer not null,
  offered boolean not null default true,
  team_id uuid,
  PRIMARY KEY (code),
  FOREIGN KEY (code, version) REFERENCES service_type_version(code, version) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (team_id) REFERENCES team(id),
  CHECK ((code ~ '^[A-Z][A-Z0-9-]{1,30}$'::text))
);
CREATE TRIGGER team_of BEFORE INSERT OR UPDATE OF team_id ON public.service_type FOR EACH ROW WHEN ((new.team_id IS NOT NULL)) EXECUTE FUNCTION team_is_there();
create policy service_type_given on service_type for update to hearth_web
  using ((( SELECT app_role() AS app_role) = 'admin'::text));
create policy service_type_seen on service_type for select to hearth_web, hearth_worker
  using (true);
grant select on service_type to hearth_web;
grant select on service_type to hearth_worker;

create table service_type_version (
  code text not null,
  version integer not null,
  definition jsonb not null,
  published_at timestamp with time zone not null default now(),
  priority smallint generated always as (((definition ->> 'priority'::text))::smallint) stored,
  most_urgent smallint generated always as (LEAST((((definition ->> 'priority'::text))::smallint)::integer,
CASE
    WHEN jsonb_path_exists(definition, '$."raises"[*]."priority"?(@ == 1)'::jsonpath) THEN 1
    WHEN jsonb_path_exists(definition, '$."raises"[*]."priority"?(@ == 2)'::jsonpath) THEN 2
    WHEN jsonb_path_exists(definition, '$."raises"[*]."priority"?(@ == 3)'::jsonpath) THEN 3
    ELSE (((definition ->> 'priority'::text))::smallint)::integer
END)) stored,
  may_come_first boolean generated always as (jsonb_path_exists(definition, '$."raises"[*]."first"'::jsonpath)) stored,
  PRIMARY KEY (code, version),
  FOREIGN KEY (code) REFERENCES service_type(code),
  CHECK ((version > 0))
);
grant select on service_type_version to hearth_web;
grant select on service_type_version to hearth_worker;

create table sign_in_method (
  id uuid not null default uuidv7(),
  person_id uuid not null,
  provider_id text not null,
  account_id text not null,
  password text,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamp with time zone,
  refresh_token_expires_at timestamp with time zone,
  scope text,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  PRIMARY KEY (id),
  UNIQUE (provider_id, account_id),
  FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE
);
CREATE INDEX sign_in_method_person ON public.sign_in_method USING btree (person_id);
grant delete, insert, select, update on sign_in_method to hearth_auth;

create table sign_in_session (
  id uuid not null default uuidv7(),
  person_id uuid not null,
  token text not null,
  expires_at timestamp with time zone not null,
  ip_address text,
  user_agent text,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  PRIMARY KEY (id),
  UNIQUE (token),
  FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE
);
CREATE INDEX sign_in_session_expires ON public.sign_in_session USING btree (expires_at);
CREATE INDEX sign_in_session_person ON public.sign_in_session USING btree (person_id);
CREATE TRIGGER staff_seen AFTER INSERT ON public.sign_in_session FOR EACH ROW EXECUTE FUNCTION staff_seen();
grant delete, insert, select, update on sign_in_session to hearth_auth;
grant delete, select on sign_in_session to hearth_worker;

create table slot (
  id uuid not null default uuidv7(),
  kind text not null,
  area text not null,
  skill text not null,
  on_day date not null,
  from_time time without time zone not null,
  to_time time without time zone not null,
  zone text not null,
  begins_at timestamp with time zone not null generated always as (((on_day + from_time) AT TIME ZONE zone)) stored,
  ends_at timestamp with time zone not null generated always as ((((on_day +
CASE
    WHEN (to_time <= from_time) THEN 1
    ELSE 0
END) + to_time) AT TIME ZONE zone)) stored,
  capacity smallint not null,
  kept_first smallint not null default 0,
  taken smallint not null default 0,
  taken_first smallint not null default 0,
  arranged boolean not null default false,
  closed_reason text,
  closed_at timestamp with time zone,
  made_by uuid,
  created_at timestamp with time zone not null default now(),
  charge bigint not null default 0,
  PRIMARY KEY (id),
  FOREIGN KEY (area) REFERENCES area(code),
  FOREIGN KEY (made_by) REFERENCES person(id),
  CHECK (((capacity >= 0) AND (capacity <= 500))),
  CHECK (((charge >= 0) AND (charge <= 1000000))),
  CHECK (((kept_first >= 0) AND (kept_first <= capacity))),
  CHECK (((closed_reason IS NULL) = (closed_at IS NULL))),
  CHECK (((NOT arranged) OR (capacity <= 1))),
  CHECK ((closed_reason = ANY (ARRAY['weather'::text, 'staff'::text, 'holiday'::text, 'safety'::text, 'other'::text]))),
  CHECK ((ends_at > begins_at)),
  CHECK ((kind = ANY (ARRAY['visit'::text, 'delivery'::text]))),
  CHECK ((skill ~ '^[a-z][a-z_]{1,29}$'::text)),
  CHECK ((((taken >= 0) AND (taken <= capacity)) AND ((taken_first >= 0) AND (taken_first <= taken))))
);
CREATE INDEX slot_begins ON public.slot USING btree (begins_at);
CREATE INDEX slot_of_day ON public.slot USING btree (on_day, area, kind);
CREATE UNIQUE INDEX slot_planned_once ON public.slot USING btree (kind, area, skill, on_day, from_time, to_time) WHERE (NOT arranged);
create policy slot_changed on slot for update to hearth_web
  using ((( SELECT app_role() AS app_role) = ANY (ARRAY['supervisor'::text, 'admin'::text])))
  with check (true);
create policy slot_planned on slot for insert to hearth_web
  with check (((made_by = ( SELECT app_person() AS app_person)) AND (taken = 0) AND (taken_first = 0) AND ((( SELECT app_role() AS app_role) = ANY (ARRAY['supervisor'::text, 'admin'::text])) OR (( SELECT app_is_staff() AS app_is_staff) AND arranged))));
create policy slot_seen on slot for select to hearth_web, hearth_worker
  using (true);
grant insert, select on slot to hearth_web;
grant select on slot to hearth_worker;

create table slot_day_off (
  area text not null,
  kind text not null,
  on_day date not null,
  reason text not null,
  made_by uuid,
  created_at timestamp with time zone not null default now(),
  PRIMARY KEY (on_day, area, kind),
  FOREIGN KEY (area) REFERENCES area(code),
  FOREIGN KEY (made_by) REFERENCES person(id),
  CHECK ((kind = ANY (ARRAY['visit'::text, 'delivery'::text]))),
  CHECK ((reason = ANY (ARRAY['weather'::text, 'staff'::text, 'holiday'::text, 'safety'::text, 'other'::text])))
);
CREATE INDEX slot_day_off_area ON public.slot_day_off USING btree (area);
create policy slot_day_off_kept on slot_day_off for all to hearth_web
  using ((( SELECT app_role() AS app_role) = ANY (ARRAY['supervisor'::text, 'admin'::text])))
  with check (((( SELECT app_role() AS app_role) = ANY (ARRAY['supervisor'::text, 'admin'::text])) AND (made_by = ( SELECT app_person() AS app_person))));
create policy slot_day_off_seen on slot_day_off for select to hearth_web, hearth_worker
  using (true);
grant delete, insert, select on slot_day_off to hearth_web;
grant select on slot_day_off to hearth_worker;

create table slot_pattern (
  id uuid not null default uuidv7(),
  kind text not null,
  area text not null,
  skill text not null,
  weekday smallint not null,
  from_time time without time zone not null,
  to_time time without time zone not null,
  capacity smallint not null,
  kept_first smallint not null default 0,
  created_at timestamp with time zone not null default now(),
  charge bigint not null default 0,
  PRIMARY KEY (id),
  UNIQUE (area, kind, skill, weekday, from_time, to_time),
  FOREIGN KEY (area) REFERENCES area(code),
  CHECK (((capacity >= 1) AND (capacity <= 500))),
  CHECK (((charge >= 0) AND (charge <= 1000000))),
  CHECK (((kept_first >= 0) AND (kept_first <= capacity))),
  CHECK ((kind = ANY (ARRAY['visit'::text, 'delivery'::text]))),
  CHECK ((skill ~ '^[a-z][a-z_]{1,29}$'::text)),
  CHECK (((weekday >= 1) AND (weekday <= 7)))
);
create policy slot_pattern_kept on slot_pattern for all to hearth_web
  using ((( SELECT app_role() AS app_role) = ANY (ARRAY['supervisor'::text, 'admin'::text])))
  with check ((( SELECT app_role() AS app_role) = ANY (ARRAY['supervisor'::text, 'admin'::text])));
create policy slot_pattern_seen on slot_pattern for select to hearth_web, hearth_worker
  using (true);
grant delete, insert, select, update on slot_pattern to hearth_web;
grant select on slot_pattern to hearth_worker;

create table slot_place (
  id uuid not null default uuidv7(),
  slot_id uuid not null,
  subject_kind text not null,
  subject_id uuid not null,
  state text not null,
  hold_until timestamp with time zone,
  comes_first boolean not null default false,
  why text,
  sequence integer not null default 0,
  created_at timestamp with time zone not null default now(),
  changed_at timestamp with time zone not null default now(),
  PRIMARY KEY (id),
  FOREIGN KEY (slot_id) REFERENCES slot(id),
  CHECK (((state = 'held'::text) = (hold_until IS NOT NULL))),
  CHECK (((state = 'given_back'::text) = (why IS NOT NULL))),
  CHECK ((state = ANY (ARRAY['held'::text, 'taken'::text, 'given_back'::text]))),
  CHECK ((subject_kind = ANY (ARRAY['request'::text, 'order'::text]))),
  CHECK ((why = ANY (ARRAY['moved'::text, 'cancelled'::text, 'expired'::text, 'closed'::text, 'over'::text])))
);
CREATE UNIQUE INDEX slot_place_held ON public.slot_place USING btree (subject_kind, subject_id) WHERE (state = 'held'::text);
CREATE INDEX slot_place_hold ON public.slot_place USING btree (hold_until) WHERE (state = 'held'::text);
CREATE INDEX slot_place_slot ON public.slot_place USING btree (slot_id);
CREATE INDEX slot_place_subject ON public.slot_place USING btree (subject_kind, subject_id);
CREATE UNIQUE INDEX slot_place_taken ON public.slot_place USING btree (subject_kind, subject_id) WHERE (state = 'taken'::text);
CREATE TRIGGER budget_of_move AFTER UPDATE OF slot_id ON public.slot_place FOR EACH ROW WHEN ((new.slot_id <> old.slot_id)) EXECUTE FUNCTION spend_budget('place', '60', '60');
CREATE TRIGGER budget_of_place AFTER INSERT ON public.slot_place FOR EACH ROW EXECUTE FUNCTION spend_budget('place', '60', '60');
CREATE TRIGGER order_charges_slot AFTER INSERT OR UPDATE OF slot_id, state ON public.slot_place FOR EACH ROW WHEN (((new.subject_kind = 'order'::text) AND (new.state = ANY (ARRAY['held'::text, 'taken'::text])))) EXECUTE FUNCTION order_charges_slot();
CREATE TRIGGER order_leaves_run AFTER UPDATE OF slot_id ON public.slot_place FOR EACH ROW WHEN (((new.subject_kind = 'order'::text) AND (new.slot_id <> old.slot_id))) EXECUTE FUNCTION order_leaves_run();
CREATE TRIGGER slot_place_counts AFTER INSERT OR DELETE OR UPDATE OF slot_id, state, comes_first ON public.slot_place FOR EACH ROW EXECUTE FUNCTION slot_place_counts();
CREATE TRIGGER slot_place_first BEFORE INSERT OR UPDATE ON public.slot_place FOR EACH ROW EXECUTE FUNCTION slot_place_first();
CREATE TRIGGER slot_place_keeps BEFORE UPDATE ON public.slot_place FOR EACH ROW EXECUTE FUNCTION slot_place_keeps();
CREATE TRIGGER slot_place_turns BEFORE UPDATE ON public.slot_place FOR EACH ROW EXECUTE FUNCTION slot_place_turns();
create policy place_of_order_changed on slot_place for update to hearth_web
  using (((subject_kind = 'order'::text) AND (EXISTS ( SELECT 1
   FROM customer_order o
  WHERE ((o.id = slot_place.subject_id) AND (( SELECT app_is_staff() AS app_is_staff) OR (o.account_id = ANY (( SELECT app_accounts_acted_on() AS app_accounts_acted_on)::uuid[]))))))))
  with check (true);
create policy place_of_order_seen on slot_place for select to hearth_web
  using (((subject_kind = 'order'::text) AND (EXISTS ( SELECT 1
   FROM customer_order o
  WHERE (o.id = slot_place.subject_id)))));
create policy place_of_order_taken on slot_place for insert to hearth_web
  with check (((subject_kind = 'order'::text) AND (EXISTS ( SELECT 1
   FROM customer_order o
  WHERE ((o.id = slot_place.subject_id) AND (( SELECT app_is_staff() AS app_is_staff) OR (o.account_id = ANY (( SELECT app_accounts_acted_on() AS app_accounts_acted_on)::uuid[]))))))));
create policy place_of_request_changed on slot_place for update to hearth_web
  using (((subject_kind = 'request'::text) AND (EXISTS ( SELECT 1
   FROM request r
  WHERE ((r.id = slot_place.subject_id) AND (( SELECT app_is_staff() AS app_is_staff) OR (r.requester_id = ( SELECT app_person() AS app_person)) OR ((r.requester_id IS NULL) AND (r.id = ANY (( SELECT app_visited() AS app_visited)::uuid[]))) OR ((NOT r.private) AND (r.account_id = ANY (( SELECT app_accounts_acted_on() AS app_accounts_acted_on)::uuid[])))))))))
  with check (true);
create policy place_of_request_seen on slot_place for select to hearth_web
  using (((subject_kind = 'request'::text) AND (EXISTS ( SELECT 1
   FROM request r
  WHERE (r.id = slot_place.subject_id)))));
create policy place_of_request_taken on slot_place for insert to hearth_web
  with check (((subject_kind = 'request'::text) AND (EXISTS ( SELECT 1
   FROM request r
  WHERE ((r.id = slot_place.subject_id) AND (( SELECT app_is_staff() AS app_is_staff) OR (r.requester_id = ( SELECT app_person() AS app_person)) OR ((r.requester_id IS NULL) AND (r.id = ANY (( SELECT app_visited() AS app_visited)::uuid[]))) OR ((NOT r.private) AND (r.account_id = ANY (( SELECT app_accounts_acted_on() AS app_accounts_acted_on)::uuid[])))))))));
create policy place_worker on slot_place for all to hearth_worker
  using (true)
  with check (true);
grant insert, select on slot_place to hearth_web;
grant insert, select on slot_place to hearth_worker;

create table slot_rule (
  kind text not null,
  notice smallint not null,
  ahead smallint not null,
  move_days smallint not null,
  move_at time without time zone not null,
  cancel_days smallint not null,
  cancel_at time without time zone not null,
  changed_by uuid,
  changed_at timestamp with time zone not null default now(),
  no_access_fee integer not null default 0,
  PRIMARY KEY (kind),
  FOREIGN KEY (changed_by) REFERENCES person(id),
  CHECK (((ahead >= 1) AND (ahead <= 90))),
  CHECK (((cancel_days >= 0) AND (cancel_days <= 14))),
  CHECK ((kind = ANY (ARRAY['visit'::text, 'delivery'::text]))),
  CHECK (((move_days >= 0) AND (move_days <= 14))),
  CHECK (((no_access_fee >= 0) AND (no_access_fee <= 1000000))),
  CHECK (((notice >= 0) AND (notice <= 336)))
);
create policy slot_rule_seen on slot_rule for select to hearth_web, hearth_worker
  using (true);
create policy slot_rule_set on slot_rule for all to hearth_web
  using ((( SELECT app_role() AS app_role) = ANY (ARRAY['supervisor'::text, 'admin'::text])))
  with check (((( SELECT app_role() AS app_role) = ANY (ARRAY['supervisor'::text, 'admin'::text])) AND (changed_by = ( SELECT app_person() AS app_person))));
grant delete, insert, select, update on slot_rule to hearth_web;
grant select on slot_rule to hearth_worker;

create table source_budget (
  source text not null,
  kind text not null,
  count integer not null,
  window_ends_at timestamp with time zone not null,
  PRIMARY KEY (source, kind),
  CHECK ((length(source) <= 64))
);
CREATE INDEX source_budget_ends ON public.source_budget USING btree (window_ends_at);
create policy source_budget_worker on source_budget for all to hearth_worker
  using (true);
grant delete, select on source_budget to hearth_worker;

create table stock (
  depot text not null,
  product text not null,
  on_hand integer not null default 0,
  reserved integer not null default 0,
  empties integer not null default 0,
  expected_on date,
  PRIMARY KEY (depot, product),
  FOREIGN KEY (depot) REFERENCES depot(code),
  FOREIGN KEY (product) REFERENCES product(code),
  CHECK ((empties >= 0)),
  CHECK ((on_hand >= 0)),
  CHECK (((reserved >= 0) AND (reserved <= on_hand)))
);
create policy stock_awaited on stock for insert to hearth_web
  with check ((( SELECT app_is_staff() AS app_is_staff) AND (on_hand = 0) AND (reserved = 0) AND (empties = 0)));
create policy stock_expected on stock for update to hearth_web
  using (( SELECT app_is_staff() AS app_is_staff))
  with check (( SELECT app_is_staff() AS app_is_staff));
create policy stock_seen on stock for select to hearth_web, hearth_worker
  using (true);
grant select on stock to hearth_web;
grant select on stock to hearth_worker;

create table stock_move (
  id uuid not null default uuidv7(),
  depot text not null,
  product text not null,
  kind text not null,
  full_change integer not null default 0,
  empty_change integer not null default 0,
  held_change integer not null default 0,
  account_id uuid,
  order_id uuid,
  reason text,
  person_id uuid,
  at timestamp with time zone not null default now(),
  form_key uuid,
  PRIMARY KEY (id),
  FOREIGN KEY (account_id) REFERENCES account(id),
  FOREIGN KEY (depot) REFERENCES depot(code),
  FOREIGN KEY (person_id) REFERENCES person(id),
  FOREIGN KEY (product) REFERENCES product(code),
  CHECK (
CASE kind
    WHEN 'received'::text THEN ((full_change > 0) AND (empty_change = 0) AND (held_change = 0))
    WHEN 'delivered'::text THEN ((full_change < 0) AND (empty_change = 0) AND ((held_change = 0) OR (held_change = (- full_change))))
    WHEN 'taken_back'::text THEN ((full_change = 0) AND (empty_change > 0) AND (held_change = (- empty_change)))
    WHEN 'filled'::text THEN ((full_change > 0) AND (empty_change = (- full_change)) AND (held_change = 0))
    WHEN 'joined'::text THEN ((full_change = 0) AND (empty_change = 0) AND (held_change > 0))
    WHEN 'faulty'::text THEN ((full_change = 0) AND (empty_change = 0) AND (held_change < 0))
    WHEN 'replaced'::text THEN ((full_change < 0) AND (empty_change = 0) AND (held_change = (- full_change)))
    ELSE ((held_change = 0) AND ((full_change <> 0) OR (empty_change <> 0)) AND (reason IS NOT NULL))
END),
  CHECK (((held_change = 0) OR (account_id IS NOT NULL))),
  CHECK ((kind = ANY (ARRAY['received'::text, 'delivered'::text, 'taken_back'::text, 'filled'::text, 'counted'::text, 'written_off'::text, 'joined'::text, 'faulty'::text, 'replaced'::text]))),
  CHECK (((length(reason) >= 1) AND (length(reason) <= 300)))
);
CREATE UNIQUE INDEX stock_move_form ON public.stock_move USING btree (person_id, form_key) WHERE (form_key IS NOT NULL);
CREATE INDEX stock_move_of_account ON public.stock_move USING btree (account_id, at DESC) WHERE (account_id IS NOT NULL);
CREATE INDEX stock_move_of_depot ON public.stock_move USING btree (depot, product, at DESC);
CREATE INDEX stock_move_of_order ON public.stock_move USING btree (order_id) WHERE (order_id IS NOT NULL);
CREATE TRIGGER stock_came AFTER INSERT ON public.stock_move FOR EACH ROW WHEN ((new.full_change > 0)) EXECUTE FUNCTION stock_came();
CREATE TRIGGER stock_move_counts AFTER INSERT OR DELETE OR UPDATE ON public.stock_move FOR EACH ROW EXECUTE FUNCTION stock_move_counts();
create policy stock_move_held on stock_move for select to hearth_worker
  using (true);
create policy stock_move_made on stock_move for insert to hearth_web
  with check ((( SELECT app_is_staff() AS app_is_staff) AND (person_id = ( SELECT app_person() AS app_person)) AND (order_id IS NULL) AND (at = now()) AND (kind = ANY (ARRAY['received'::text, 'filled'::text, 'counted'::text, 'written_off'::text]))));
create policy stock_move_seen on stock_move for select to hearth_web
  using (( SELECT app_is_staff() AS app_is_staff));
grant insert, select on stock_move to hearth_web;
grant select on stock_move to hearth_worker;

create table submission (
  key uuid not null,
  person_id uuid,
  form text not null,
  digest text not null,
  request_id uuid not null,
  number integer,
  at timestamp with time zone not null default now(),
  visitor text,
  UNIQUE NULLS NOT DISTINCT (person_id, key, visitor),
  FOREIGN KEY (person_id) REFERENCES person(id),
  FOREIGN KEY (request_id) REFERENCES request(id),
  CHECK ((length(visitor) <= 100)),
  CHECK (((person_id IS NULL) <> (visitor IS NULL)))
);
CREATE INDEX submission_at ON public.submission USING btree (at);
create policy submission_own on submission for select to hearth_web
  using (((person_id = ( SELECT app_person() AS app_person)) OR ((person_id IS NULL) AND (visitor = ( SELECT app_visitor() AS app_visitor)))));
create policy submission_worker on submission for delete to hearth_worker
  using (true);
create policy submission_worker_read on submission for select to hearth_worker
  using (true);
create policy submission_written on submission for insert to hearth_web
  with check (((person_id = ( SELECT app_person() AS app_person)) OR ((person_id IS NULL) AND (( SELECT app_role() AS app_role) = 'visitor'::text) AND (visitor = ( SELECT app_visitor() AS app_visitor)))));
grant insert, select on submission to hearth_web;
grant delete, select on submission to hearth_worker;

create table team (
  id uuid not null default uuidv7(),
  code text not null,
  name text not null,
  created_at timestamp with time zone not null default now(),
  retired_at timestamp with time zone,
  PRIMARY KEY (id),
  UNIQUE (code),
  CHECK ((code ~ '^[a-z][a-z0-9-]{1,30}$'::text)),
  CHECK (((length(name) >= 1) AND (length(name) <= 80)))
);
CREATE UNIQUE INDEX team_name ON public.team USING btree (lower(name)) WHERE (retired_at IS NULL);
CREATE TRIGGER team_guard BEFORE UPDATE OF retired_at ON public.team FOR EACH ROW WHEN (((new.retired_at IS NOT NULL) AND (old.retired_at IS NULL))) EXECUTE FUNCTION team_guard();
create policy team_changed on team for update to hearth_web
  using ((( SELECT app_role() AS app_role) = 'admin'::text));
create policy team_made on team for insert to hearth_web
  with check ((( SELECT app_role() AS app_role) = 'admin'::text));
create policy team_seen on team for select to hearth_auth, hearth_web, hearth_worker
  using (true);
grant select on team to hearth_auth;
grant insert, select on team to hearth_web;
grant select on team to hearth_worker;

create table text_code (
  person_id uuid not null,
  id uuid not null default uuidv7(),
  number text not null,
  sealed text not null,
  tries smallint not null default 0,
  expires_at timestamp with time zone not null,
  PRIMARY KEY (person_id),
  UNIQUE (id),
  FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE,
  CHECK ((number ~ '^\+[1-9][0-9]{7,14}$'::text)),
  CHECK ((length(sealed) <= 200)),
  CHECK ((tries <= 5))
);
create policy text_code_auth on text_code for all to hearth_auth
  using (true)
  with check (true);
create policy text_code_worker on text_code for all to hearth_worker
  using (true);
grant delete, insert, select, update on text_code to hearth_auth;
grant delete, select on text_code to hearth_worker;

create table text_message (
  id uuid not null default uuidv7(),
  key text not null,
  kind text not null,
  person_id uuid,
  number text,
  words text,
  job text,
  payload jsonb,
  state text not null default 'waiting'::text,
  made_at timestamp with time zone not null default now(),
  settled_at timestamp with time zone,
  PRIMARY KEY (id),
  UNIQUE (key),
  FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE SET NULL,
  CHECK (((state = 'waiting'::text) = (number IS NOT NULL))),
  CHECK (((state = 'waiting'::text) = (words IS NOT NULL))),
  CHECK (((state = 'waiting'::text) = (settled_at IS NULL))),
  CHECK (((job IS NULL) = (payload IS NULL))),
  CHECK ((state = ANY (ARRAY['waiting'::text, 'sent'::text, 'refused'::text, 'late'::text]))),
  CHECK ((length(words) <= 500))
);
CREATE INDEX text_message_person ON public.text_message USING btree (person_id, made_at DESC) WHERE (person_id IS NOT NULL);
create policy text_message_worker on text_message for all to hearth_worker
  using (true)
  with check (true);
grant insert, select, update on text_message to hearth_worker;

create table text_number (
  person_id uuid not null,
  number text not null,
  verified_at timestamp with time zone not null default now(),
  stopped_at timestamp with time zone,
  failed_at timestamp with time zone,
  told_at timestamp with time zone,
  PRIMARY KEY (person_id),
  FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE,
  CHECK ((number ~ '^\+[1-9][0-9]{7,14}$'::text))
);
CREATE INDEX text_number_number ON public.text_number USING btree (number);
CREATE TRIGGER text_number_stops AFTER UPDATE OF stopped_at ON public.text_number FOR EACH ROW WHEN (((old.stopped_at IS NULL) AND (new.stopped_at IS NOT NULL))) EXECUTE FUNCTION text_number_stops();
create policy text_number_auth on text_number for all to hearth_auth
  using (true)
  with check (true);
create policy text_number_desk on text_number for select to hearth_web
  using ((( SELECT app_is_staff() AS app_is_staff) AND app_is_customer(person_id)));
create policy text_number_noted on text_number for update to hearth_worker
  using (true);
create policy text_number_own on text_number for select to hearth_web
  using ((person_id = ( SELECT app_person() AS app_person)));
create policy text_number_read on text_number for select to hearth_worker
  using (true);
grant delete, insert, select, update on text_number to hearth_auth;
grant select on text_number to hearth_web;
grant select on text_number to hearth_worker;

create table text_reply (
  digest text not null,
  at timestamp with time zone not null default now(),
  PRIMARY KEY (digest),
  CHECK ((length(digest) <= 64))
);
CREATE INDEX text_reply_at ON public.text_reply USING btree (at);
create policy text_reply_auth on text_reply for all to hearth_auth
  using (true)
  with check (true);
create policy text_reply_worker on text_reply for all to hearth_worker
  using (true);
grant insert, select on text_reply to hearth_auth;
grant delete, select on text_reply to hearth_worker;

create table throttle (
  key text not null,
  count integer not null,
  window_ends_at timestamp with time zone not null,
  PRIMARY KEY (key),
  CHECK ((count >= 0))
);
CREATE INDEX throttle_ends ON public.throttle USING btree (window_ends_at);
grant delete, insert, select, update on throttle to hearth_auth;
grant delete, select on throttle to hearth_worker;

create table verification (
  id uuid not null default uuidv7(),
  identifier text not null,
  value text not null,
  expires_at timestamp with time zone not null,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  PRIMARY KEY (id)
);
CREATE INDEX verification_expires ON public.verification USING btree (expires_at);
CREATE INDEX verification_identifier ON public.verification USING btree (identifier);
grant delete, insert, select, update on verification to hearth_auth;
grant delete, select on verification to hearth_worker;

create table visit (
  id uuid not null default uuidv7(),
  request_id uuid not null,
  on_day date not null,
  from_time time without time zone not null,
  to_time time without time zone not null,
  zone text,
  state text not null default 'booked'::text,
  sequence integer not null default 0,
  ended_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  changed_at timestamp with time zone not null default now(),
  reminded_for date,
  technician_id uuid,
  place_in_day smallint,
  on_way_at timestamp with time zone,
  expected_from time without time zone,
  expected_to time without time zone,
  PRIMARY KEY (id),
  FOREIGN KEY (request_id) REFERENCES request(id),
  FOREIGN KEY (technician_id) REFERENCES person(id),
  CHECK (((state = ANY (ARRAY['booked'::text, 'on_the_way'::text])) = (ended_at IS NULL))),
  CHECK (((place_in_day >= 1) AND (place_in_day <= 500))),
  CHECK ((state = ANY (ARRAY['booked'::text, 'on_the_way'::text, 'done'::text, 'no_access'::text, 'parts_missing'::text, 'unsafe'::text, 'missed'::text, 'called_off'::text])))
);
CREATE INDEX visit_day ON public.visit USING btree (on_day, id);
CREATE INDEX visit_open_day ON public.visit USING btree (on_day) WHERE (ended_at IS NULL);
CREATE INDEX visit_request ON public.visit USING btree (request_id, id);
CREATE INDEX visit_technician ON public.visit USING btree (technician_id, on_day) WHERE (technician_id IS NOT NULL);
CREATE UNIQUE INDEX visit_to_come ON public.visit USING btree (request_id) WHERE (ended_at IS NULL);
CREATE TRIGGER compensation_withdrawn AFTER UPDATE OF state ON public.visit FOR EACH ROW WHEN (((old.state = 'missed'::text) AND (new.state <> 'missed'::text))) EXECUTE FUNCTION compensation_withdrawn();
CREATE TRIGGER visit_code_given AFTER INSERT ON public.visit FOR EACH ROW EXECUTE FUNCTION visit_code_given();
CREATE TRIGGER visit_turns BEFORE UPDATE ON public.visit FOR EACH ROW EXECUTE FUNCTION visit_turns();
create policy visit_seen on visit for select to hearth_web
  using ((EXISTS ( SELECT 1
   FROM request r
  WHERE (r.id = visit.request_id))));
create policy visit_worked on visit for update to hearth_web
  using ((( SELECT app_is_staff() AS app_is_staff) AND (EXISTS ( SELECT 1
   FROM request r
  WHERE (r.id = visit.request_id)))))
  with check (true);
create policy visit_worker on visit for all to hearth_worker
  using (true)
  with check (true);
grant select on visit to hearth_web;
grant select on visit to hearth_worker;

create table visit_charge (
  visit_id uuid not null,
  request_id uuid not null,
  account_id uuid,
  rule text not null,
  amount integer not null,
  currency text not null,
  state text not null,
  waived_at timestamp with time zone,
  waived_by uuid,
  at timestamp with time zone not null default now(),
  PRIMARY KEY (visit_id),
  FOREIGN KEY (account_id) REFERENCES account(id),
  FOREIGN KEY (request_id) REFERENCES request(id),
  FOREIGN KEY (visit_id) REFERENCES visit(id),
  FOREIGN KEY (waived_by) REFERENCES person(id),
  CHECK ((amount >= 0)),
  CHECK (((state = 'free'::text) = (amount = 0))),
  CHECK (((state = 'waived'::text) = ((waived_at IS NOT NULL) AND (waived_by IS NOT NULL)))),
  CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  CHECK (((length(rule) >= 1) AND (length(rule) <= 60))),
  CHECK ((state = ANY (ARRAY['free'::text, 'due'::text, 'waived'::text])))
);
CREATE INDEX visit_charge_account ON public.visit_charge USING btree (account_id) WHERE (account_id IS NOT NULL);
CREATE INDEX visit_charge_due ON public.visit_charge USING btree (at) WHERE (state = 'due'::text);
CREATE INDEX visit_charge_request ON public.visit_charge USING btree (request_id, at DESC);
CREATE INDEX visit_charge_waived_by ON public.visit_charge USING btree (waived_by) WHERE (waived_by IS NOT NULL);
create policy visit_charge_made on visit_charge for insert to hearth_web
  with check ((( SELECT app_is_staff() AS app_is_staff) AND (state <> 'waived'::text) AND (at = now()) AND (amount <= GREATEST(COALESCE(( SELECT s.no_access_fee
   FROM slot_rule s
  WHERE (s.kind = 'visit'::text)), 0), 0)) AND (EXISTS ( SELECT 1
   FROM visit v
  WHERE ((v.id = visit_charge.visit_id) AND (v.request_id = visit_charge.request_id) AND (v.state = 'no_access'::text))))));
create policy visit_charge_seen on visit_charge for select to hearth_web
  using ((EXISTS ( SELECT 1
   FROM request r
  WHERE (r.id = visit_charge.request_id))));
create policy visit_charge_waived on visit_charge for update to hearth_web
  using (((( SELECT app_role() AS app_role) = ANY (ARRAY['supervisor'::text, 'admin'::text])) AND (state = 'due'::text)))
  with check (((state = 'waived'::text) AND (waived_by = ( SELECT app_person() AS app_person))));
create policy visit_charge_worker on visit_charge for select to hearth_worker
  using (true);
grant insert, select on visit_charge to hearth_web;
grant select on visit_charge to hearth_worker;

create table visit_code (
  visit_id uuid not null,
  code text not null,
  tries smallint not null default 0,
  used_at timestamp with time zone,
  PRIMARY KEY (visit_id),
  FOREIGN KEY (visit_id) REFERENCES visit(id),
  CHECK ((code ~ '^[0-9]{6}$'::text)),
  CHECK (((tries >= 0) AND (tries <= 5)))
);
create policy visit_code_seen on visit_code for select to hearth_web
  using ((( SELECT app_as_customer() AS app_as_customer) AND (EXISTS ( SELECT 1
   FROM (visit v
     JOIN request r ON ((r.id = v.request_id)))
  WHERE ((v.id = visit_code.visit_id) AND ((r.requester_id = ( SELECT app_person() AS app_person)) OR ((r.requester_id IS NULL) AND (r.id = ANY (( SELECT app_visited() AS app_visited)::uuid[]))) OR ((NOT r.private) AND (r.account_id = ANY (( SELECT app_accounts_acted_on() AS app_accounts_acted_on)::uuid[])))))))));
grant select on visit_code to hearth_web;

create table visit_rating (
  visit_id uuid not null,
  request_id uuid not null,
  person_id uuid not null,
  score smallint not null,
  words text not null default ''::text,
  created_at timestamp with time zone not null default now(),
  changed_at timestamp with time zone not null default now(),
  PRIMARY KEY (visit_id),
  FOREIGN KEY (person_id) REFERENCES person(id),
  FOREIGN KEY (request_id) REFERENCES request(id),
  FOREIGN KEY (visit_id) REFERENCES visit(id),
  CHECK (((score >= 1) AND (score <= 5))),
  CHECK ((length(words) <= 1000))
);
CREATE INDEX visit_rating_newest ON public.visit_rating USING btree (changed_at DESC);
CREATE INDEX visit_rating_request ON public.visit_rating USING btree (request_id);
CREATE TRIGGER budget_of_rating AFTER INSERT OR UPDATE ON public.visit_rating FOR EACH ROW EXECUTE FUNCTION spend_budget('rating', '60', '60');
create policy visit_rating_changed on visit_rating for update to hearth_web
  using ((person_id = ( SELECT app_person() AS app_person)))
  with check ((person_id = ( SELECT app_person() AS app_person)));
create policy visit_rating_given on visit_rating for insert to hearth_web
  with check (((( SELECT app_role() AS app_role) = 'customer'::text) AND (person_id = ( SELECT app_person() AS app_person)) AND (EXISTS ( SELECT 1
   FROM (visit v
     JOIN request r ON ((r.id = v.request_id)))
  WHERE ((v.id = visit_rating.visit_id) AND (v.request_id = visit_rating.request_id) AND (v.state = 'done'::text) AND ((r.requester_id = ( SELECT app_person() AS app_person)) OR ((NOT r.private) AND (r.account_id = ANY (( SELECT app_accounts_acted_on() AS app_accounts_acted_on)::uuid[])))))))));
create policy visit_rating_seen on visit_rating for select to hearth_web
  using (((person_id = ( SELECT app_person() AS app_person)) OR (( SELECT app_role() AS app_role) = ANY (ARRAY['supervisor'::text, 'admin'::text]))));
create policy visit_rating_worker on visit_rating for all to hearth_worker
  using (true)
  with check (true);
grant insert, select on visit_rating to hearth_web;
grant delete, select on visit_rating to hearth_worker;

create table visit_report (
  visit_id uuid not null,
  request_id uuid not null,
  key uuid not null,
  outcome text not null,
  note text not null default ''::text,
  met text not null default ''::text,
  reported_by uuid not null,
  happened_at timestamp with time zone not null,
  created_at timestamp with time zone not null default now(),
  signed_how text,
  signature uuid,
  PRIMARY KEY (visit_id),
  UNIQUE (key),
  FOREIGN KEY (reported_by) REFERENCES person(id),
  FOREIGN KEY (request_id) REFERENCES request(id),
  FOREIGN KEY (signature) REFERENCES attachment(id),
  FOREIGN KEY (visit_id) REFERENCES visit(id),
  CHECK (((signature IS NOT NULL) = (NOT (signed_how IS DISTINCT FROM 'drawn'::text)))),
  CHECK ((length(met) <= 100)),
  CHECK ((length(note) <= 2000)),
  CHECK ((outcome = ANY (ARRAY['done'::text, 'no_access'::text, 'parts_missing'::text, 'unsafe'::text]))),
  CHECK ((signed_how = ANY (ARRAY['code'::text, 'drawn'::text, 'name'::text])))
);
CREATE INDEX visit_report_request ON public.visit_report USING btree (request_id);
CREATE INDEX visit_report_signature ON public.visit_report USING btree (signature) WHERE (signature IS NOT NULL);
create policy visit_report_made on visit_report for insert to hearth_web
  with check ((( SELECT app_is_staff() AS app_is_staff) AND (reported_by = ( SELECT app_person() AS app_person)) AND (EXISTS ( SELECT 1
   FROM visit v
  WHERE ((v.id = visit_report.visit_id) AND (v.request_id = visit_report.request_id))))));
create policy visit_report_seen on visit_report for select to hearth_web
  using ((( SELECT app_is_staff() AS app_is_staff) AND (EXISTS ( SELECT 1
   FROM request r
  WHERE (r.id = visit_report.request_id)))));
create policy visit_report_worker on visit_report for all to hearth_worker
  using (true)
  with check (true);
grant insert, select on visit_report to hearth_web;
grant delete, select on visit_report to hearth_worker;

create table wait_curve (
  service_type text not null,
  team_id uuid,
  channel text not null,
  hours real[] not null,
  learned_at timestamp with time zone not null default now(),
  UNIQUE NULLS NOT DISTINCT (service_type, team_id, channel),
  FOREIGN KEY (team_id) REFERENCES team(id) ON DELETE CASCADE,
  CHECK ((length(channel) <= 20)),
  CHECK (((array_length(hours, 1) >= 1) AND (array_length(hours, 1) <= 40)))
);
create policy wait_curve_read on wait_curve for select to hearth_web
  using (true);
create policy wait_curve_worker on wait_curve for all to hearth_worker
  using (true);
grant select on wait_curve to hearth_web;
grant delete, insert, select on wait_curve to hearth_worker;

create table wait_estimate (
  id uuid not null default uuidv7(),
  request_id uuid not null,
  awaits text not null,
  service_type text not null,
  team_id uuid,
  said_at timestamp with time zone not null default now(),
  earliest timestamp with time zone,
  latest timestamp with time zone,
  said text not null,
  figure real,
  at_once boolean,
  outcome text,
  happened_at timestamp with time zone,
  PRIMARY KEY (id),
  UNIQUE (request_id, awaits, said),
  FOREIGN KEY (request_id) REFERENCES request(id) ON DELETE CASCADE,
  FOREIGN KEY (team_id) REFERENCES team(id) ON DELETE SET NULL,
  CHECK ((awaits = ANY (ARRAY['answer'::text, 'resolution'::text]))),
  CHECK ((((earliest IS NULL) = (latest IS NULL)) AND ((earliest IS NULL) OR (earliest <= latest)))),
  CHECK (((outcome IS NULL) OR (outcome = 'left'::text) OR (outcome = 'late'::text) OR (happened_at IS NOT NULL))),
  CHECK ((figure > (0)::double precision)),
  CHECK ((outcome = ANY (ARRAY['right'::text, 'early'::text, 'late'::text, 'left'::text]))),
  CHECK ((length(said) <= 60))
);
CREATE INDEX wait_estimate_came ON public.wait_estimate USING btree (said_at DESC) WHERE (happened_at IS NOT NULL);
CREATE INDEX wait_estimate_lately ON public.wait_estimate USING btree (said_at DESC);
CREATE INDEX wait_estimate_open ON public.wait_estimate USING btree (said_at) WHERE (happened_at IS NULL);
create policy wait_estimate_found on wait_estimate for select to hearth_web
  using ((request_id = ( SELECT app_request() AS app_request)));
create policy wait_estimate_judged on wait_estimate for select to hearth_web
  using ((( SELECT app_role() AS app_role) = ANY (ARRAY['supervisor'::text, 'admin'::text])));
create policy wait_estimate_said on wait_estimate for insert to hearth_web
  with check (((outcome IS NULL) AND (happened_at IS NULL) AND (said_at = now()) AND (EXISTS ( SELECT 1
   FROM request r
  WHERE ((r.id = wait_estimate.request_id) AND (r.service_type = wait_estimate.service_type) AND (NOT (r.team_id IS DISTINCT FROM wait_estimate.team_id)))))));
create policy wait_estimate_worker on wait_estimate for all to hearth_worker
  using (true);
grant insert, select on wait_estimate to hearth_web;
grant delete, select on wait_estimate to hearth_worker;

create table weather_day (
  day date not null,
  temperature numeric(3,1) not null,
  PRIMARY KEY (day)
);
create policy weather_day_web on weather_day for select to hearth_web
  using (true);
create policy weather_day_worker on weather_day for select to hearth_worker
  using (true);
grant select on weather_day to hearth_web;
grant select on weather_day to hearth_worker;

create table wording_approval (
  id uuid not null default uuidv7(),
  version text not null,
  digest text not null,
  approved_by uuid not null,
  approved_at timestamp with time zone not null default now(),
  PRIMARY KEY (id),
  UNIQUE (digest, version),
  FOREIGN KEY (approved_by) REFERENCES person(id),
  CHECK (((length(digest) >= 20) AND (length(digest) <= 100))),
  CHECK (((length(version) >= 1) AND (length(version) <= 40)))
);
create policy wording_approval_given on wording_approval for insert to hearth_web
  with check (((( SELECT app_role() AS app_role) = 'admin'::text) AND (approved_by = ( SELECT app_person() AS app_person))));
create policy wording_approval_seen on wording_approval for select to hearth_web
  using (( SELECT app_is_staff() AS app_is_staff));
grant select on wording_approval to hearth_web;

create table words_due (
  request_id uuid not null,
  PRIMARY KEY (request_id)
);

-- Functions

CREATE OR REPLACE FUNCTION public.accept_account_invitation(of_digest text)
 RETURNS TABLE(account_id uuid, invitation_id uuid)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
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
end $function$;

CREATE OR REPLACE FUNCTION public.account_deeds(of_account uuid)
 RETURNS TABLE(id uuid, at timestamp with time zone, actor_id uuid, action text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION public.account_invitation_open(of_digest text)
 RETURNS SETOF account_invitation
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select i.* from account_invitation i
  where i.digest = of_digest and i.state = 'waiting' and i.expires_at > now()
    and (i.access_ends_at is null or i.access_ends_at > now())
    and exists (select 1 from account_member m
                where m.account_id = i.account_id and m.person_id = i.invited_by and m.kind = 'holder')
$function$;

CREATE OR REPLACE FUNCTION public.account_invitation_told(of_digest text)
 RETURNS TABLE(number text, inviter text, kind text, scope text, access_ends_at timestamp with time zone, expires_at timestamp with time zone, mine boolean)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select case when me.id is null then '···' || right(a.number, 4) else a.number end, p.email, i.kind, i.scope,
         i.access_ends_at, i.expires_at, me.id is not null
  from account_invitation_open(of_digest) i
  join account a on a.id = i.account_id
  join person p on p.id = i.invited_by
  left join person me on me.id = app_person() and me.email = i.email and me.email_verified and me.role = 'customer'
$function$;

CREATE OR REPLACE FUNCTION public.account_keeps_a_holder()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if app_is_staff() then return old; end if;
  -- Gone with the account or with the person, it is nobody's choice. Of two who leave at once, one stays.
  perform 1 from account a where a.id = old.account_id for update;
  if not found or not exists (select 1 from person p where p.id = old.person_id and p.closed_at is null) then
    return old;
  end if;
  if not exists (select 1 from account_member m
                 where m.account_id = old.account_id and m.kind = 'holder' and m.person_id <> old.person_id) then
    raise exception 'an account keeps a holder' using errcode = 'check_violation', constraint = 'account_last_holder';
  end if;
  return old;
end $function$;

CREATE OR REPLACE FUNCTION public.account_paying(of_account uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select exists (select 1 from payment where account_id = of_account and state = 'pending')
      or exists (select 1 from payment_attempt
                 where account_id = of_account and state in ('begun', 'offered') and created_at > now() - interval '1 day')
$function$;

CREATE OR REPLACE FUNCTION public.account_people(of_account uuid)
 RETURNS TABLE(person_id uuid, name text, email text, kind text, scope text, since timestamp with time zone, expires_at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select p.id, p.name, p.email, m.kind, m.scope, m.created_at, m.expires_at
  from account_member m join person p on p.id = m.person_id
  where m.account_id = of_account and (app_is_staff() or of_account = any (app_accounts_held()))
    and (m.expires_at is null or m.expires_at > now())
  order by m.kind <> 'holder', m.created_at, p.id
$function$;

CREATE OR REPLACE FUNCTION public.account_person_name(of_person uuid, of_account uuid)
 RETURNS text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select p.name from person p
  where p.id = of_person and p.role = 'customer' and (app_is_staff() or of_account = any (app_accounts_held()))
    and (exists (select 1 from account_member m where m.account_id = of_account and m.person_id = of_person)
         or exists (select 1 from audit_entry e where e.subject_kind = 'account' and e.subject_id = of_account
                      and (e.actor_id = of_person or e.detail->>'person' = of_person::text)))
$function$;

CREATE OR REPLACE FUNCTION public.account_served_first(of_account uuid, on_day date)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select exists (select 1 from premises p join priority_service s on s.premises_id = p.id
                 where p.account_id = of_account and s.since <= on_day and coalesce(s.until > on_day, true))
$function$;

CREATE OR REPLACE FUNCTION public.account_without_holder()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  update account_invitation i set state = 'withdrawn', ended_at = now()
    where i.account_id = old.account_id and i.invited_by = old.person_id and i.state = 'waiting';
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.accounts_holding(word text)
 RETURNS uuid[]
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  plain text := regexp_replace(word, '([\\%_])', '\\\1', 'g');
  pattern text := case when length(word) > 2 then '%' || plain || '%' else plain || '%' end;
  at_word text := case when length(word) > 2 then pattern else '% ' || plain || '%' end;
begin
  return array(
    (select a.id from account a where folded(a.holder) like pattern or folded(a.holder) like at_word limit 2000)
    union
    (select q.account_id from premises q
     where folded(q.line || ' ' || q.town || ' ' || q.postcode) like pattern
        or folded(q.line || ' ' || q.town || ' ' || q.postcode) like at_word limit 2000)
    union
    (select a.id from account a
     where word ~ '^[0-9]{4,12}$' and a.number between word and word || '999999999999' limit 2000)
    limit 2000);
end $function$;

CREATE OR REPLACE FUNCTION public.accounts_said(of_number text, of_words text, most integer)
 RETURNS TABLE(account_id uuid, premises_id uuid, likeness real)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
 SET "pg_trgm.similarity_threshold" TO '0.4'
 SET "pg_trgm.word_similarity_threshold" TO '0.5'
AS $function$
declare
  asked text[] := asked_words(of_words);
  said text := array_to_string(asked, ' ');
  longest text := (select word from unnest(asked) as word order by length(word) desc limit 1);
  fewest uuid[];
  held uuid[];
  word text;
begin
  if not app_is_staff() then return; end if;
  if of_number ~ '^[0-9]{4,12}$' then
    return query
      select a.id, p.id, 2::real from account a left join premises p on p.account_id = a.id
      where a.number between of_number and of_number || '999999999999'
      order by a.number, p.id limit most;
  end if;
  if length(said) < 3 then return; end if;

  foreach word in array asked loop
    continue when length(word) < 2;
    held := accounts_holding(word);
    if fewest is null or cardinality(held) < cardinality(fewest) then fewest := held; end if;
  end loop;
  return query
    select it.account, it.premises, (1 + word_similarity(said, it.known) / 2 + similarity(said, it.known) / 4)::real
    from (select a.id as account, p.id as premises,
                 a.number || ' ' || folded(a.holder || coalesce(' ' || p.line || ' ' || p.town || ' ' || p.postcode, '')) as known
          from unnest(fewest) as found (id) join account a on a.id = found.id
          left join premises p on p.account_id = a.id) as it
    where (select bool_and(strpos(it.known, one) > 0) from unnest(asked) as one)
    order by 3 desc, 2 limit most;
  if found then return; end if;

  return query
    select p.account_id, p.id, similarity(folded(p.line || ' ' || p.town || ' ' || p.postcode), folded(left(of_words, 200)))
    from premises p
    where folded(p.line || ' ' || p.town || ' ' || p.postcode) % folded(left(of_words, 200))
    order by 3 desc, 2 limit most;
  if longest !~ '^[[:alpha:]''-]{4,}$' then return; end if;
  return query
    select a.id, p.id, word_similarity(longest, folded(a.holder))
    from account a left join premises p on p.account_id = a.id
    where folded(a.holder) %> longest
      and (select bool_and(word_similarity(one, folded(a.holder)) >= 0.5) from unnest(asked) as one)
    order by 3 desc, 2 limit most;
end $function$;

CREATE OR REPLACE FUNCTION public.acts_on_account(who uuid, of_account uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select exists (select 1 from account_member m join person p on p.id = m.person_id
                 where m.account_id = of_account and m.person_id = who and m.scope = 'act'
                   and coalesce(m.expires_at > now(), true) and p.deactivated_at is null)
$function$;

CREATE OR REPLACE FUNCTION public.add_to_emergency(of_id uuid, of_kind text, of_phone text, of_place text, of_premises uuid, of_elsewhere boolean)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  whose uuid;
  account uuid;
  premises uuid;
  said integer;
  safe_since timestamptz;
  latest record;
begin
  if of_kind not in ('said_safe', 'contact_given') then
    raise exception 'not something a customer adds' using errcode = 'insufficient_privilege';
  end if;
  select person_id, safe_said_at into whose, safe_since
    from emergency where id = of_id and received_at > now() - interval '1 day' for update;
  if not found then return false; end if;

  if of_kind = 'said_safe' then
    update emergency set safe_said_at = coalesce(safe_said_at, now()) where id = of_id;
    if safe_since is null or not exists (
         select from emergency_entry where emergency_id = of_id and kind = 'said_safe' and at > now() - interval '1 minute')
    then
      if emergency_entry_due(of_id, 'said_safe') then
        insert into emergency_entry (emergency_id, kind) values (of_id, of_kind);
      end if;
    end if;
    return true;
  end if;

  select p.account_id, p.id into account, premises
    from premises p join account_member m on m.account_id = p.account_id and m.person_id = whose
      and (m.expires_at is null or m.expires_at > now())
    where p.id = of_premises;
  select s.phone, s.place, s.premises_id, s.elsewhere into latest
    from emergency_said s where s.emergency_id = of_id and s.kind = 'contact' order by s.number desc limit 1;
  if found and (latest.phone, latest.place, latest.premises_id, latest.elsewhere)
       is not distinct from (of_phone, of_place, premises, of_elsewhere) then
    return true;
  end if;
  if (select count(*) from emergency_said s where s.emergency_id = of_id and s.kind = 'contact'
        and s.at > now() - interval '1 hour') >= 60 then
    return false;
  end if;

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
end $function$;

CREATE OR REPLACE FUNCTION public.answers_follow()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  update bot_answer set person_id = new.person_id where conversation_id = new.id;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.app_accounts_acted_on()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
BEGIN ATOMIC
 SELECT ARRAY( SELECT m.account_id
            FROM account_member m
           WHERE ((m.person_id = app_person()) AND (m.scope = 'act'::text) AND ((m.expires_at IS NULL) OR (m.expires_at > now())))) AS "array";
END;

CREATE OR REPLACE FUNCTION public.app_accounts_held()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
BEGIN ATOMIC
 SELECT ARRAY( SELECT m.account_id
            FROM account_member m
           WHERE ((m.person_id = app_person()) AND (m.kind = 'holder'::text))) AS "array";
END;

CREATE OR REPLACE FUNCTION public.app_accounts_seen()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
BEGIN ATOMIC
 SELECT ARRAY( SELECT m.account_id
            FROM account_member m
           WHERE ((m.person_id = app_person()) AND (m.scope = ANY (ARRAY['view'::text, 'act'::text])) AND ((m.expires_at IS NULL) OR (m.expires_at > now())))) AS "array";
END;

CREATE OR REPLACE FUNCTION public.app_as_customer()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
  select app_role() in ('customer', 'visitor')
$function$;

CREATE OR REPLACE FUNCTION public.app_is_customer(of_person uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select exists (select 1 from person where id = of_person and role = 'customer')
$function$;

CREATE OR REPLACE FUNCTION public.app_is_staff()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select coalesce(current_setting('app.role', true) in ('agent', 'supervisor', 'admin'), false) $function$;

CREATE OR REPLACE FUNCTION public.app_keeps_replies()
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  select app_role() in ('supervisor', 'admin')
$function$;

CREATE OR REPLACE FUNCTION public.app_may_read_meter(of_meter uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select exists (select 1 from meter m join premises p on p.id = m.premises_id
                 where m.id = of_meter and p.account_id = any (app_accounts_acted_on()))
$function$;

CREATE OR REPLACE FUNCTION public.app_opened()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
BEGIN ATOMIC
 SELECT ARRAY( SELECT o.request_id
            FROM opening o
           WHERE ((o.person_id = app_person()) AND (o.opened_at > (now() - '12:00:00'::interval)))) AS "array";
END;

CREATE OR REPLACE FUNCTION public.app_person()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select nullif(current_setting('app.person', true), '')::uuid $function$;

CREATE OR REPLACE FUNCTION public.app_request()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select nullif(current_setting('app.request', true), '')::uuid $function$;

CREATE OR REPLACE FUNCTION public.app_role()
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select coalesce(current_setting('app.role', true), '') $function$;

CREATE OR REPLACE FUNCTION public.app_team()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select nullif(current_setting('app.team', true), '')::uuid $function$;

CREATE OR REPLACE FUNCTION public.app_visited()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
BEGIN ATOMIC
 SELECT ARRAY( SELECT v.request_id
            FROM request_visitor v
           WHERE ((app_person() IS NULL) AND (v.visitor = app_visitor()))) AS "array";
END;

CREATE OR REPLACE FUNCTION public.app_visitor()
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select coalesce(nullif(current_setting('app.visitor', true), ''), 'nobody') $function$;

CREATE OR REPLACE FUNCTION public.app_visits_mine()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
BEGIN ATOMIC
 SELECT ARRAY( SELECT v.request_id
            FROM visit v
           WHERE ((v.technician_id = app_person()) AND ((v.ended_at IS NULL) OR (v.ended_at > (now() - '12:00:00'::interval))))) AS "array";
END;

CREATE OR REPLACE FUNCTION public.app_whom()
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$
  select case app_role() when 'customer' then 'customer' when 'visitor' then 'customer' when 'agent' then 'staff'
                         when 'supervisor' then 'staff' when 'admin' then 'staff' when 'system' then 'system'
                         else 'nobody' end
$function$;

CREATE OR REPLACE FUNCTION public.area_of_postcode(postcode text)
 RETURNS text
 LANGUAGE sql
 STABLE
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select p.area from area_postcode p join area a on a.code = p.area and a.retired_at is null
  where regexp_replace(upper(postcode), '[^0-9A-Z]', '', 'g') like p.prefix || '%'
  order by length(p.prefix) desc limit 1
$function$;

CREATE OR REPLACE FUNCTION public.article_found_by()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  config constant regconfig := case new.locale when 'es' then 'help_es' else 'help_en' end;
begin
  new.found_by := setweight(to_tsvector(config, new.title), 'A')
    || setweight(to_tsvector(config, array_to_string(new.questions, ' ')), 'B')
    || setweight(to_tsvector(config, new.summary), 'C')
    || setweight(to_tsvector(config, new.body), 'D');
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.article_guard()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if (new.id, new.slug, new.created_by) is distinct from (old.id, old.slug, old.created_by) then
    raise exception 'what an article is never changes' using errcode = 'check_violation';
  end if;
  if current_user = 'hearth_web' and new is distinct from old
     and (app_role() not in ('supervisor', 'admin') or new.kept_by is distinct from app_person()) then
    raise exception 'supervisors and admins sort and retire' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.article_version_guard()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  rewritten constant boolean := (new.title, new.summary, new.body, new.questions, new.action)
    is distinct from (old.title, old.summary, old.body, old.questions, old.action);
begin
  if (new.article_id, new.locale, new.version, new.created_at)
     is distinct from (old.article_id, old.locale, old.version, old.created_at) then
    raise exception 'what a version is never changes' using errcode = 'check_violation';
  end if;
  if (rewritten or new.written_by is distinct from old.written_by)
     and (old.state not in ('draft', 'proposed') or new.state <> 'draft') then
    raise exception 'only a draft is written' using errcode = 'check_violation', constraint = 'article_move';
  end if;
  if new.state <> old.state and not (
       (old.state = 'draft' and new.state in ('proposed', 'withdrawn'))
       or (old.state = 'proposed' and new.state in ('draft', 'approved', 'withdrawn'))
       or (old.state = 'approved' and new.state = 'withdrawn')) then
    raise exception 'an article does not go from % to %', old.state, new.state
      using errcode = 'check_violation', constraint = 'article_move';
  end if;
  if old.state = 'approved' and (new.state <> 'withdrawn' or old.valid_from <= now()) then
    raise exception 'what is in force is replaced, never changed'
      using errcode = 'check_violation', constraint = 'article_move';
  end if;

  if current_user = 'hearth_web' then
    if rewritten and new.written_by is distinct from app_person()
       or new.state = 'proposed' and old.state = 'draft' and new.proposed_by is distinct from app_person() then
      raise exception 'whoever writes or proposes says who they are' using errcode = 'insufficient_privilege';
    end if;
    if new.state <> old.state and 'approved' in (old.state, new.state)
       and app_role() not in ('supervisor', 'admin') then
      raise exception 'supervisors and admins approve' using errcode = 'insufficient_privilege';
    end if;
    if new.state = 'approved' and (new.approved_by is distinct from app_person()
         or app_person() in (new.written_by, new.proposed_by)) then
      raise exception 'nobody approves their own words' using errcode = 'insufficient_privilege';
    end if;
  end if;

  if new.state <> 'approved' and old.state <> 'approved' then
    new.approved_by := null;
    new.valid_from := old.valid_from;
    if new.state = 'draft' then new.proposed_by := null; end if;
  elsif new.state = 'approved' then
    new.approved_at := now();
    new.valid_from := greatest(new.valid_from, now());
  end if;
  new.changes := old.changes + 1;
  new.updated_at := now();
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.asked_words(said text)
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select coalesce((array_agg(distinct word))[1:12], '{}')
  from regexp_split_to_table(left(said, 200), '[[:space:],;]+') as part,
       unnest(case when part ~ '[@%_]' then array[folded(part)] else words_of(part) end) as word
  where word <> ''
$function$;

CREATE OR REPLACE FUNCTION public.attachment_quota()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if new.person_id is null or app_role() <> 'customer' then return null; end if;
  if (select sum(size) from attachment
      where person_id = new.person_id and created_at > now() - interval '30 days' and state <> 'removed'
        and state <> 'rejected') > 10737418240 then
    raise exception 'this person has sent too much' using errcode = 'check_violation', constraint = 'attachment_kept';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.attachment_room()
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

CREATE OR REPLACE FUNCTION public.automatic_payment_noted()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  insert into programme_event (programme_id, account_id, what, amount, by_whom)
    values (new.programme_id, new.account_id, case new.state when 'paid' then 'charged' else 'declined' end, new.amount, 'system');
  if new.state = 'refused' then
    insert into outbox (job, payload) values ('billing.tell_declined', jsonb_build_object('attemptId', new.id));
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.automatic_payment_stands(of_attempt uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select exists (
    select 1 from payment_attempt a join programme p on p.id = a.programme_id
      join kept_card c on c.programme_id = p.id join bill b on b.id = a.subject_id
    where a.id = of_attempt and a.state = 'begun' and p.kind = 'autopay' and p.state = 'active' and c.state = 'kept'
      and acts_on_account(c.person_id, p.account_id)
      and b.account_id = p.account_id and b.currency = a.currency and b.due_on >= p.began_on
      and a.amount <= least(bill_open(b.id), coalesce(p.most, a.amount))
      and not bill_disputed(b.id) and not bill_planned(b.id))
$function$;

CREATE OR REPLACE FUNCTION public.begin_automatic_payment(of_programme uuid, of_bill uuid, of_amount bigint, of_try smallint, of_reference text, of_day date)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  one programme;
  card kept_card;
  begun uuid;
begin
  select * into one from programme where id = of_programme for update;
  if not found or one.state <> 'active' or one.kind <> 'autopay' then return null; end if;
  select * into card from kept_card where programme_id = one.id and state = 'kept';
  if not found or exists (select 1 from payment_attempt where programme_id = one.id and subject_id = of_bill
                            and state in ('begun', 'offered', 'paid')) then return null; end if;
  insert into payment_attempt (reference, subject_kind, subject_id, account_id, person_id, form_key, amount, currency,
                               provider, programme_id, try_number)
    values (of_reference, 'bill', of_bill, one.account_id, card.person_id, uuidv7(), of_amount, one.currency,
            card.provider, one.id, of_try)
    on conflict do nothing returning id into begun;
  -- Looked at only now: it may have waited for a payment that has just gone through.
  if begun is not null and not (automatic_payment_stands(begun) and exists (select 1 from bill where id = of_bill and due_on <= of_day)) then
    raise exception 'this is not to be taken' using errcode = 'check_violation', constraint = 'automatic_payment';
  end if;
  return begun;
end $function$;

CREATE OR REPLACE FUNCTION public.begin_request(of_id uuid, of_key uuid, of_digest text, promises jsonb, of_payload jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
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
end $function$;

CREATE OR REPLACE FUNCTION public.begins_as_declared(code text, version integer, priority smallint, comes_first text)
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select coalesce((
    select begins_as_declared.priority between v.most_urgent and v.priority
           and (begins_as_declared.comes_first is null or v.may_come_first)
    from service_type_version v
    where v.code = begins_as_declared.code and v.version = begins_as_declared.version
      and v.priority is not null), begins_as_declared.comes_first is null)
$function$;

CREATE OR REPLACE FUNCTION public.bill_adds_up()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  of_bill uuid;
  is_total bigint;
  of_lines numeric;
begin
  if tg_table_name = 'bill' then of_bill := new.id;
  elsif tg_op = 'DELETE' then of_bill := old.bill_id;
  else of_bill := new.bill_id;
  end if;
  select total into is_total from bill where id = of_bill;
  if not found then return null; end if;
  select coalesce(sum(amount), 0) into of_lines from bill_line where bill_id = of_bill;
  if of_lines <> is_total then
    raise exception 'the lines of a bill add up to its total' using errcode = 'check_violation', constraint = 'bill_adds_up';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.bill_disputed(of_bill uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select exists (
    select 1 from request_about a join request r on r.id = a.request_id
      left join request s on s.id = r.merged_into
    where a.bill_id = of_bill
      and request_is_open(coalesce(s.status, r.status)))
$function$;

CREATE OR REPLACE FUNCTION public.bill_open(of_bill uuid)
 RETURNS bigint
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select o.open from bill b cross join lateral bills_open(b.account_id) o where b.id = of_bill and o.bill_id = b.id
$function$;

CREATE OR REPLACE FUNCTION public.bill_planned(of_bill uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select exists (
    select 1 from bill b join programme p on p.account_id = b.account_id
    where b.id = of_bill and p.state = 'active'
      and (p.kind = 'budget' or p.kind in ('arrangement', 'extension') and b.issued_on <= p.began_on))
$function$;

CREATE OR REPLACE FUNCTION public.bills_open(of_account uuid, without uuid[] DEFAULT '{}'::uuid[])
 RETURNS TABLE(bill_id uuid, open bigint)
 LANGUAGE sql
 STABLE
 SET search_path TO 'public', 'pg_temp'
AS $function$
  with came as (
    select p.bill_id, p.amount from payment p
    where p.account_id = of_account and p.state = 'settled' and p.id <> all (without)
  ), named as (
    select c.bill_id, sum(c.amount) as amount from came c where c.bill_id is not null group by c.bill_id
  ), billed as (
    select b.id, b.issued_on, b.number, greatest(b.total, 0) as total,
           greatest(0, least(b.total, coalesce(n.amount, 0))) as by_name
    from bill b left join named n on n.bill_id = b.id where b.account_id = of_account
  ), money as (
    select coalesce((select sum(amount) from came), 0)
           - coalesce((select sum(total) from bill where account_id = of_account and total < 0), 0) as received,
           coalesce((select sum(by_name) from billed), 0) as by_name
  ), rest as (
    select b.id, b.issued_on, b.number,
           b.total - case when m.by_name <= m.received then b.by_name else 0 end as left_over,
           m.received - case when m.by_name <= m.received then m.by_name else 0 end as other
    from billed b cross join money m
  )
  select r.id, greatest(0, least(r.left_over, sum(r.left_over) over (order by r.issued_on, r.number) - r.other))::bigint
  from rest r
$function$;

CREATE OR REPLACE FUNCTION public.bot_lessons_in_force()
 RETURNS TABLE(question text, topic text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select question, topic from bot_lesson where since is not null and until is null order by id
$function$;

CREATE OR REPLACE FUNCTION public.bot_version_in_force()
 RETURNS integer
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select coalesce(max(version), 0) from bot_version
$function$;

CREATE OR REPLACE FUNCTION public.bound_lessons()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  perform pg_advisory_xact_lock(hashtext('bot_lesson'));
  if (select count(*) from bot_lesson where until is null) >= 2000
     or (select count(*) from bot_lesson where until is null and topic = new.topic) >= 100 then
    raise exception 'too many lessons' using errcode = 'check_violation', constraint = 'bot_lesson_bounds';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.call_ends_with_request()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  update call_back set state = case when new.status = 'cancelled' then 'cancelled' else 'over' end, ended_at = now()
    where request_id = new.id and state = 'waiting';
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.call_for_help(of_reference text, of_verdict text, of_hazard text, of_channel text, of_text text, of_locale text, of_version text, of_request uuid, of_form uuid, of_address text, of_phone text, of_person uuid, of_account uuid, of_premises uuid)
 RETURNS TABLE(id uuid, reference text, kept boolean)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  by_staff boolean := app_is_staff();
  whose uuid := case when by_staff then of_person else app_person() end;
  account uuid := of_account;
  premises uuid := of_premises;
  home record;
  found_id uuid;
  same_form boolean;
  placed boolean;
  alarming boolean;
  heard boolean;
begin
  -- One at a time of a form and of a caller, in this order everywhere: two clicks are one call. A whole address never
  -- waits for itself.
  if of_form is not null then
    perform pg_advisory_xact_lock(hashtextextended('emergency ' || of_form, 0));
  end if;
  if not by_staff and (app_person() is not null or app_visitor() <> 'nobody') then
    perform pg_advisory_xact_lock(hashtextextended('emergency ' || coalesce(app_person()::text, app_visitor()), 1));
  end if;

  found_id := open_emergency_of(of_form);
  -- Past the limit whoever has one open adds to it, acknowledged or not. Of others the page does not say that anybody was
  -- told: it shows what to do and whom to call in any case.
  if found_id is null and app_person() is null and emergency_network_full(of_address) then
    select e.id into found_id from emergency e
      where e.visitor = nullif(app_visitor(), 'nobody') and e.person_id is null
        and e.status not in ('made_safe', 'stood_down')
      order by e.received_at desc limit 1;
    if found_id is null then return; end if;
  end if;
  if found_id is null then
    select coalesce(account, r.account_id), coalesce(premises, r.premises_id) into account, premises
      from (select) as one left join request r on r.id = of_request;
    select * into home from emergency_home(whose, account, premises);
    alarming := emergency_alarms(of_address);
    insert into emergency (reference, verdict, hazard, channel, person_id, logged_by, visitor, address, text, locale,
                           request_id, form_key, account_id, premises_id, premises_guessed, alarms, phone, hazards)
      values (of_reference, of_verdict, of_hazard, of_channel, whose, case when by_staff then app_person() end,
              nullif(app_visitor(), 'nobody'), of_address, of_text, of_locale, of_request, of_form, home.account_id,
              home.premises_id, coalesce(home.places > 1, false) and not (by_staff and of_premises is not null),
              alarming, coalesce(of_phone, (select p.phone from person p where p.id = whose)),
              array_remove(array[of_hazard], null))
      returning emergency.id into found_id;
    insert into emergency_entry (emergency_id, kind) values (found_id, 'received');
    if alarming then
      insert into outbox (job, payload)
        values ('emergencies.raise_alarm', jsonb_build_object('emergencyId', found_id));
      insert into outbox (job, payload, run_at)
        values ('emergencies.escalate', jsonb_build_object('emergencyId', found_id), now() + interval '60 seconds');
    end if;
  else
    select e.form_key is not distinct from of_form and of_form is not null into same_form
      from emergency e where e.id = found_id;
    select coalesce(account, r.account_id), coalesce(premises, r.premises_id) into account, premises
      from (select) as one left join request r on r.id = of_request;
    select * into home from emergency_home(whose, account, premises);
    -- A place that this call brings stands in the stead of none, or of one that nobody had said.
    placed := home.premises_id is not null
      and not exists (select from emergency_said s
                      where s.emergency_id = found_id and s.kind = 'contact' and (s.premises_id is not null or s.elsewhere))
      and ((select e.premises_id is null from emergency e where e.id = found_id) or home.premises_id = premises);
    -- What stands on top is what was typed first, as it was typed last. Who speaks of danger again is not safe.
    update emergency e set
        text = case when same_form then of_text else e.text end,
        hazard = coalesce(of_hazard, e.hazard),
        hazards = case when of_hazard is null or of_hazard = any (e.hazards) then e.hazards else e.hazards || of_hazard end,
        account_id = case when placed then home.account_id else coalesce(e.account_id, home.account_id) end,
        premises_id = case when placed then home.premises_id else e.premises_id end,
        premises_guessed = case when placed then home.places > 1 else e.premises_guessed end,
        verdict = case when e.verdict = 'possible' then of_verdict else e.verdict end,
        request_id = coalesce(e.request_id, of_request),
        phone = coalesce(of_phone, e.phone),
        said_again = e.said_again + case when same_form then 0 else 1 end,
        safe_said_at = case when same_form then e.safe_said_at end
      where e.id = found_id;
    if not same_form and emergency_entry_due(found_id, 'said_again') then
      insert into emergency_entry (emergency_id, kind, payload)
        select found_id, 'said_again', jsonb_build_object('channel', of_channel, 'times', e.said_again)
        from emergency e where e.id = found_id;
    end if;
  end if;

  heard := emergency_keeps(found_id, of_form, of_text);
  if of_version is not null then
    perform emergency_shown(found_id, of_version, of_locale);
  end if;
  return query select e.id, e.reference, heard from emergency e where e.id = found_id;
end $function$;

CREATE OR REPLACE FUNCTION public.call_windows_full(most integer)
 RETURNS SETOF timestamp with time zone
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select begins_at from call_back where state = 'waiting' and ends_at > now() group by begins_at having count(*) >= most
$function$;

CREATE OR REPLACE FUNCTION public.caller_fits(contact jsonb)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select coalesce(length(contact->>'caller_name') between 1 and 200
                    and contact->>'caller_name' !~* '://|[\x01-\x1f\u2028\u2029\u202a-\u202e\u2066-\u2069]', true)
     and coalesce(length(contact->>'caller_phone') <= 60, true)
     and coalesce(length(contact->>'caller_email') <= 254, true)
$function$;

CREATE OR REPLACE FUNCTION public.calls_on_number(of_phone text)
 RETURNS integer
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select count(*)::integer from call_back where phone = of_phone and state = 'waiting'
$function$;

CREATE OR REPLACE FUNCTION public.chat_fared()
 RETURNS TABLE(at_once boolean, times real)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select e.at_once, (extract(epoch from e.happened_at - e.said_at) / 60 / e.figure)::real from wait_estimate e
  where e.awaits = 'answer' and e.happened_at is not null and e.figure is not null and e.outcome is distinct from 'left'
  order by e.said_at desc limit 400
$function$;

CREATE OR REPLACE FUNCTION public.chat_in_hand(of_request uuid)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  found_id uuid;
begin
  select c.id into found_id from conversation c join request r on r.id = c.request_id
  where c.request_id = of_request and c.ended_at is null and r.status in ('submitted', 'open')
    and app_is_staff() and (r.agent_id = app_person() or app_role() in ('supervisor', 'admin'))
  for update of c;
  if found_id is null then
    raise exception 'only a chat in one''s own hands' using errcode = 'insufficient_privilege';
  end if;
  return found_id;
end $function$;

CREATE OR REPLACE FUNCTION public.chat_line(of_request uuid, silent interval, per_agent integer)
 RETURNS TABLE(before integer, hands integer, holding integer, mostly real)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  with mine as (
    select m.submitted_at, m.id, m.team_id from request m
    where m.id = of_request and exists (
      select from conversation own where own.request_id = m.id
        and ((select app_person()) = own.person_id or (own.person_id is null and m.id = any (app_visited()))))
  ), its as (
    -- What begins now goes to the team of general questions.
    select case when exists (select 1 from mine) then (select team_id from mine)
                else (select s.team_id from service_type s where s.code = 'GENERAL') end as team
  ), live as (
    select r.id, r.agent_id, r.team_id, r.submitted_at from conversation c join request r on r.id = c.request_id
    where c.ended_at is null and r.status in ('submitted', 'open')
  ), here as (
    select d.person_id from chat_desk d join person p on p.id = d.person_id and p.deactivated_at is null
    cross join its
    where d.seen_at > now() - silent and d.paused_at is null
      and (p.role in ('supervisor', 'admin') or its.team is null or p.team_id = its.team)
  ), lately as (
    select least(extract(epoch from coalesce(r.resolved_at, c.ended_at) - r.first_response_at) / 60, 60) as minutes
    from conversation c join request r on r.id = c.request_id
    where r.first_response_at is not null and coalesce(r.resolved_at, c.ended_at) > r.first_response_at
      and c.last_at > now() - interval '30 days'
    order by c.last_at desc limit 50
  )
  select (select count(*)::integer from live l where l.agent_id is null
          and ((l.submitted_at, l.id) < (select submitted_at, id from mine) or not exists (select 1 from mine))),
         (select count(*)::integer from here) * per_agent,
         (select count(*)::integer from live l join here h on h.person_id = l.agent_id),
         (select (percentile_cont(0.5) within group (order by minutes))::real from lately)
$function$;

CREATE OR REPLACE FUNCTION public.chats_before(of_request uuid)
 RETURNS integer
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select count(*)::integer from conversation c join request r on r.id = c.request_id,
    (select m.submitted_at, m.id from request m
     where m.id = of_request and exists (
       select from conversation own where own.request_id = m.id
         and (own.person_id = app_person() or (own.person_id is null and m.id = any (app_visited()))))) mine
  where c.ended_at is null and r.agent_id is null and r.status in ('submitted', 'open')
    and (r.submitted_at, r.id) < (mine.submitted_at, mine.id)
$function$;

CREATE OR REPLACE FUNCTION public.check_delivery_code(of_order uuid, typed text)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  kept order_code;
begin
  if not app_is_staff() then
    raise exception 'only who brings it' using errcode = 'insufficient_privilege';
  end if;
  perform 1 from customer_order where id = of_order and status = 'on_the_way' for update;
  if not found then return 'moment'; end if;
  select * into kept from order_code where order_id = of_order for update;
  if kept.tries >= 5 then return 'spent'; end if;
  if kept.code = typed then
    update order_code set used_at = now() where order_id = of_order;
    return 'right';
  end if;
  update order_code set tries = tries + 1 where order_id = of_order;
  return case when kept.tries >= 4 then 'spent' else 'wrong' end;
end $function$;

CREATE OR REPLACE FUNCTION public.check_visit_code(of_visit uuid, typed text)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  kept visit_code;
begin
  if not app_is_staff() then
    raise exception 'only who comes' using errcode = 'insufficient_privilege';
  end if;
  perform 1 from visit v where v.id = of_visit and v.state in ('booked', 'on_the_way', 'missed');
  if not found then return 'moment'; end if;
  select * into kept from visit_code where visit_id = of_visit for update;
  if not found then return 'moment'; end if;
  if kept.tries >= 5 then return 'spent'; end if;
  if kept.code = typed then
    update visit_code set used_at = now() where visit_id = of_visit;
    return 'right';
  end if;
  update visit_code set tries = tries + 1 where visit_id = of_visit;
  return case when kept.tries >= 4 then 'spent' else 'wrong' end;
end $function$;

CREATE OR REPLACE FUNCTION public.claim_account(of_number text, of_postcode text, of_digest text)
 RETURNS TABLE(account_id uuid, kind text, scope text, entry_id uuid)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
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
end $function$;

CREATE OR REPLACE FUNCTION public.claim_attachments(of_key uuid, of_visitor text)
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

CREATE OR REPLACE FUNCTION public.claim_conversation(of_visitor text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if not exists (select 1 from person p where p.id = app_person() and p.role = 'customer') then return; end if;
  perform take_in_request(v.request_id) from request_visitor v where v.visitor = of_visitor;
  update conversation c set person_id = app_person(), visitor = null,
    ended_at = case when exists (select 1 from conversation mine where mine.person_id = app_person()
                                 and mine.ended_at is null) then coalesce(c.ended_at, now()) else c.ended_at end
  where c.visitor = of_visitor and c.person_id is null and c.ended_at is null and c.request_id is null;
end $function$;

CREATE OR REPLACE FUNCTION public.claim_drafts(of_visitor text)
 RETURNS SETOF uuid
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  delete from draft mine using draft later
  where later.person_id is null and later.visitor = of_visitor and later.key = mine.key
    and mine.person_id = app_person() and mine.updated_at <= later.updated_at;
  with older as (
    delete from draft d using draft mine
    where d.person_id is null and d.visitor = of_visitor and mine.key = d.key and mine.person_id = app_person()
    returning d.key
  ), claimed as (
    update draft d set person_id = app_person(), visitor = null
    where person_id is null and visitor = of_visitor and app_person() is not null
      and not exists (select 1 from draft mine where mine.key = d.key and mine.person_id = app_person())
    returning key
  )
  select key from older union all select key from claimed
$function$;

CREATE OR REPLACE FUNCTION public.close_customer(of_person uuid, known_as text)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  gone constant text := '—';
  who person;
  theirs uuid[];
  asked uuid[];
  said text[];
begin
  perform 1 from closing where person_id = of_person and state = 'waiting' and due_at <= now() for update;
  if not found or closing_waits_for(of_person) <> '{}' then return false; end if;
  select * into who from person where id = of_person and role = 'customer' for update;
  if who.id is null then return false; end if;

  -- The accounts that nobody holds afterwards, and what was asked about them by who had no account of their own.
  theirs := array(select m.account_id from account_member m where m.person_id = of_person and m.kind = 'holder'
                    and not exists (select from account_member o where o.account_id = m.account_id
                                      and o.kind = 'holder' and o.person_id <> of_person));
  asked := array(select id from request where requester_id = of_person
                   or (requester_id is null and account_id = any (theirs)) order by id for update);
  -- Words by which they were found elsewhere, to be looked through once they are gone.
  said := array(select distinct word from request_words w, unnest(tsvector_to_array(w.inside)) as word
                where w.request_id in (select request_id from message where author_id = of_person));

  -- What was asked, said and sent.
  perform forget_requests(asked);
  insert into words_due (request_id) select distinct request_id from message
    where author_id = of_person on conflict (request_id) do update set request_id = excluded.request_id;
  update message set text = gone where author_id = of_person;
  update visit_report set signature = null, signed_how = nullif(signed_how, 'drawn')
    where signature in (select f.id from attachment f where f.person_id = of_person);
  update visit_rating set words = '' where person_id = of_person;
  update order_rating set words = '' where person_id = of_person;
  delete from request_read where person_id = of_person;
  -- Their files go from the disk with the next sweep: no row, no file.
  delete from attachment where person_id = of_person;
  delete from attachment f using reading r, meter m, premises p
    where f.reading_id = r.id and r.meter_id = m.id and m.premises_id = p.id and p.account_id = any (theirs);
  delete from draft where person_id = of_person;
  delete from bot_answer where person_id = of_person;
  delete from bot_lesson where asked_by = of_person;
  delete from conversation where person_id = of_person;
  update article_answer set words = null where person_id = of_person;
  update customer_order set access_notes = '' where person_id = of_person or account_id = any (theirs);
  update emergency set phone = null, address = null, visitor = null where person_id = of_person;
  update emergency_said set phone = null
    where emergency_id in (select id from emergency where person_id = of_person);
  delete from caught_mail where lower(recipient) = who.email
    or recipient in (select t.number from text_number t where t.person_id = of_person)
    or position(lower(who.email) in lower(subject || text || html)) > 0
    or position(lower(who.name) in lower(subject || text || html)) > 0;

  -- Who they are, how they sign in, and who came to what was theirs.
  update person set name = known_as, email = 'closed-' || id || '@closed.invalid', email_verified = false, phone = null,
    image = null, two_factor_enabled = false, email_taken_back_at = null, closed_at = now(), updated_at = now()
    where id = of_person;
  delete from contact_wish where person_id = of_person;
  delete from text_message where person_id = of_person;
  delete from text_code where person_id = of_person;
  delete from text_number where person_id = of_person;
  delete from sign_in_session where person_id = of_person;
  delete from sign_in_method where person_id = of_person;
  delete from second_factor where person_id = of_person;
  delete from calendar_address where person_id = of_person;
  delete from budget where person_id = of_person;
  delete from data_copy where person_id = of_person;
  delete from account_invitation where invited_by = of_person or email = who.email or account_id = any (theirs);
  delete from closing_hold where person_id = of_person;
  update programme set state = 'left', ended_on = greatest(current_date, began_on)
    where account_id = any (theirs) and state in ('asked', 'active');
  update programme set card_name = gone
    where card_name is not null and (account_id = any (theirs) or enrolled_by = of_person);
  delete from account_member where person_id = of_person;
  -- Their cards pay no more; the provider forgets them, and a page that is still open keeps none.
  update kept_card set state = 'expired' where person_id = of_person and state in ('begun', 'offered');
  update kept_card set brand = null, last_four = null, valid_until = null where person_id = of_person and state <> 'kept';
  delete from account_member where account_id = any (theirs);
  update account set holder = known_as where id = any (theirs);
  delete from account_contact where account_id = any (theirs);
  delete from account_code where account_id = any (theirs);
  delete from priority_service where premises_id in (select id from premises where account_id = any (theirs));

  -- By which words they were found.
  delete from request_words where request_id in (select request_id from message where author_id = of_person);
  delete from search_word s where s.word = any (said)
    and not exists (select from request_words w where w.inside @@ quote_literal(s.word)::tsquery);

  update closing set state = 'done', ended_at = now() where person_id = of_person and state = 'waiting';
  return true;
end $function$;

CREATE OR REPLACE FUNCTION public.closing_begins()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if not exists (select from person p where p.id = new.person_id and p.role = 'customer' and p.closed_at is null) then
    raise exception 'only a customer is closed, and once' using errcode = 'check_violation', constraint = 'closing_customer';
  end if;
  if closing_waits_for(new.person_id) <> '{}' then
    raise exception 'something is under way' using errcode = 'check_violation', constraint = 'closing_waits';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.closing_pauses_refills()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  update refill_plan set state = 'paused' where person_id = new.person_id and state = 'active';
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.closing_waits_for(of_person uuid)
 RETURNS text[]
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  theirs uuid[] := array(select account_id from account_member where person_id = of_person and kind = 'holder');
begin
  if app_role() <> 'system' and app_person() is distinct from of_person and not app_is_staff() then return '{}'; end if;
  return array_remove(array[
    case when exists (select from emergency e where e.person_id = of_person
                        and e.status not in ('made_safe', 'stood_down')) then 'emergency' end,
    case when exists (select from customer_order o where (o.person_id = of_person or o.account_id = any (theirs))
                        and o.status not in ('delivered', 'cancelled'))
           or exists (select from order_refund r join customer_order o on o.id = r.order_id
                      where (o.person_id = of_person or o.account_id = any (theirs)) and r.handed_on_at is null)
           or exists (select from cylinder_return c where (c.person_id = of_person or c.account_id = any (theirs))
                        and c.refund > 0 and c.handed_on_at is null)
           or exists (select from prebuy b where b.account_id = any (theirs) and (b.left_over > 0 or b.state = 'reserved'))
           or exists (select from prebuy_refund r join prebuy b on b.id = r.prebuy_id
                      where (b.person_id = of_person or b.account_id = any (theirs)) and r.handed_on_at is null)
         then 'order' end,
    case when exists (select from visit v join request r on r.id = v.request_id
                      where r.requester_id = of_person and v.ended_at is null) then 'visit' end,
    case when exists (select from payment_attempt p where p.person_id = of_person and p.state in ('begun', 'offered'))
         then 'payment' end,
    case when exists (select from closing_hold h where h.person_id = of_person) then 'hold' end], null);
end $function$;

CREATE OR REPLACE FUNCTION public.compensation_withdrawn()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if exists (select from visit_report r where r.visit_id = new.id and r.happened_at > old.ended_at) then return null; end if;
  update compensation set state = 'withdrawn', settled_at = now(), settled_by = new.technician_id
    where visit_id = new.id and state = 'owed';
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.count_article_answer()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if tg_op = 'UPDATE' and new.helped = old.helped then return null; end if;
  insert into article_day as d (article_id, day, helped, not_helped)
    values (new.article_id, new.created_at::date, new.helped::integer, (not new.helped)::integer)
    on conflict on constraint article_day_pkey do update set
      helped = d.helped + case when new.helped then 1 when tg_op = 'UPDATE' then -1 else 0 end,
      not_helped = d.not_helped + case when not new.helped then 1 when tg_op = 'UPDATE' then -1 else 0 end;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.count_article_view(of_slug text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  perform set_config('synchronous_commit', 'off', true);
  insert into article_day as d (article_id, views) select id, 1 from article where slug = of_slug and retired_at is null
    on conflict on constraint article_day_pkey do update set views = d.views + 1;
end $function$;

CREATE OR REPLACE FUNCTION public.count_order_payments(of_order uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  news bigint;
  ordered customer_order;
  too_late boolean;
  nth integer;
begin
  select * into ordered from customer_order where id = of_order for update;
  too_late := ordered.status = 'placed' and not exists (
    select 1 from slot_place p where p.subject_kind = 'order' and p.subject_id = of_order and p.state in ('held', 'taken'));
  if too_late and app_whom() <> 'system' then return; end if;
  with counted as (
    insert into order_payment (attempt_id, order_id, amount)
      select a.id, of_order, a.amount from payment_attempt a
      where a.subject_id = of_order and a.subject_kind = 'order' and a.state = 'paid'
        and not exists (select 1 from order_payment p where p.attempt_id = a.id)
      on conflict do nothing
      returning amount)
  select sum(amount) into news from counted;
  if news is null then return; end if;
  update customer_order set paid = paid + news, paid_how = coalesce(paid_how, 'card') where id = of_order;
  insert into order_event (order_id, number, actor_role, kind, payload)
    values (of_order, 1, '', 'paid', jsonb_build_object('how', 'card')) returning number into nth;
  if too_late then
    update customer_order set status = 'missed', why = 'paid_late' where id = of_order;
    insert into order_event (order_id, number, actor_role, kind, payload)
      values (of_order, 1, '', 'missed', jsonb_build_object('why', 'paid_late')) returning number into nth;
    insert into outbox (job, payload) values ('orders.tell_customer',
      jsonb_build_object('orderId', of_order, 'number', nth, 'kind', 'paid_late'));
    return;
  end if;
  update slot_place set state = 'taken', hold_until = null
    where subject_kind = 'order' and subject_id = of_order and state = 'held';
  if found then
    insert into outbox (job, payload) values ('orders.tell_customer',
      jsonb_build_object('orderId', of_order, 'number', nth, 'kind', 'placed'));
  end if;
end $function$;

CREATE OR REPLACE FUNCTION public.count_prebuy_payments(of_prebuy uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  one prebuy;
  offered prebuy_offer;
  paid record;
begin
  select * into one from prebuy where id = of_prebuy for update;
  if not found then return; end if;
  for paid in
    insert into prebuy_payment (attempt_id, prebuy_id, amount)
      select a.id, of_prebuy, a.amount from payment_attempt a
      where a.subject_id = of_prebuy and a.subject_kind = 'prebuy' and a.state = 'paid'
      on conflict do nothing returning amount
  loop
    if one.state = 'lapsed' then
      select * into offered from prebuy_offer where id = one.offer_id for update;
      if offered.taken + one.quantity <= offered.most_total
         and one.quantity + (select coalesce(sum(b.quantity), 0) from prebuy b where b.offer_id = offered.id
               and b.account_id = one.account_id and b.state <> 'lapsed') <= offered.most_each then
        update prebuy_offer set taken = taken + one.quantity where id = offered.id;
        one.state := 'reserved';
      end if;
    end if;
    if one.state = 'reserved' then
      update prebuy set state = 'bought', bought_at = now() where id = of_prebuy;
      insert into prebuy_move (prebuy_id, kind, change) values (of_prebuy, 'bought', one.quantity);
      insert into outbox (job, payload) values ('orders.tell_prebuy', jsonb_build_object('id', of_prebuy, 'what', 'bought'));
      one.state := 'bought';
    else
      insert into prebuy_refund (prebuy_id, why, units, amount, currency)
        values (of_prebuy, 'late', one.quantity, paid.amount, one.currency);
    end if;
  end loop;
end $function$;

CREATE OR REPLACE FUNCTION public.customer_said_to_be(asked uuid)
 RETURNS text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select folded(p.name) || ' ' || p.email || ' ' || coalesce(regexp_replace(p.phone, '[^0-9+]', '', 'g'), '') || ' '
      || coalesce((select string_agg(a.number || ' ' || coalesce(folded(q.line || ' ' || q.town || ' ' || q.postcode), ''), ' ')
                   from account_member m join account a on a.id = m.account_id
                   left join premises q on q.account_id = a.id
                   where m.person_id = p.id), '')
  from person p where p.id = asked;
$function$;

CREATE OR REPLACE FUNCTION public.customers_by_phone(number_ending text, most integer)
 RETURNS SETOF uuid
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if not app_is_staff() then return; end if;
  return query
    select p.id from person p
    where p.role = 'customer' and p.phone is not null
      and regexp_replace(p.phone, '[^0-9+]', '', 'g') like '%' || number_ending
    limit most;
end $function$;

CREATE OR REPLACE FUNCTION public.customers_by_words(words text[], most integer)
 RETURNS SETOF uuid
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
 SET "pg_trgm.word_similarity_threshold" TO '0.5'
AS $function$
declare
  asked text[] := asked_words(array_to_string(words, ' '));
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
end $function$;

CREATE OR REPLACE FUNCTION public.customers_holding(word text)
 RETURNS uuid[]
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
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
end $function$;

CREATE OR REPLACE FUNCTION public.cylinder_return_moves()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if new.kind = 'surrendered' then
    insert into stock_move (depot, product, kind, empty_change, held_change, account_id, person_id)
      values (new.depot, new.product, 'taken_back', new.quantity, -new.quantity, new.account_id, app_person());
  else
    insert into stock_move (depot, product, kind, held_change, account_id, person_id)
      values (new.depot, new.product, 'faulty', -new.quantity, new.account_id, app_person());
  end if;
  if new.replaced then
    insert into stock_move (depot, product, kind, full_change, held_change, account_id, person_id)
      values (new.depot, new.product, 'replaced', -new.quantity, new.quantity, new.account_id, app_person());
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.cylinder_return_owes()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  new.deposit := coalesce(
    (select l.deposit from order_line l join customer_order o on o.id = l.order_id
     where o.account_id = new.account_id and l.product = new.product and o.status = 'delivered'
       and l.quantity > l.empties and o.currency = new.currency
     order by o.created_at desc limit 1),
    (price_on(new.product, new.currency, current_date)).deposit, 0);
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.cylinders_out_of_step()
 RETURNS TABLE(account_id uuid, product text, went_out bigint, came_back bigint, held bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select coalesce(l.account_id, h.account_id), coalesce(l.product, h.product), coalesce(l.went_out, 0),
         coalesce(l.came_back, 0), coalesce(h.held, 0)::bigint
  from (select m.account_id, m.product, sum(greatest(m.held_change, 0)) as went_out,
               -sum(least(m.held_change, 0)) as came_back
        from stock_move m where m.held_change <> 0 group by 1, 2) l
  full join cylinder_holding h on h.account_id = l.account_id and h.product = l.product
  where coalesce(l.went_out, 0) - coalesce(l.came_back, 0) <> coalesce(h.held, 0)
$function$;

CREATE OR REPLACE FUNCTION public.data_copy_rate()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  perform pg_advisory_xact_lock(hashtextextended('data copy ' || new.person_id, 0));
  if (select count(*) from data_copy c where c.person_id = new.person_id and c.state <> 'failed'
        and c.asked_at > now() - interval '24 hours') >= 2 then
    raise exception 'too many copies in a day' using errcode = 'check_violation', constraint = 'data_copy_rate';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.decline_account_invitation(of_digest text)
 RETURNS TABLE(account_id uuid, invitation_id uuid)
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  update account_invitation i set state = 'declined', ended_at = now()
  where i.id in (select o.id from account_invitation_open(of_digest) o) and i.state = 'waiting'
  returning i.account_id, i.id
$function$;

CREATE OR REPLACE FUNCTION public.depot_area_in_use()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if (tg_op = 'DELETE' or new.depot <> old.depot) and exists (
       select 1 from customer_order o
       join slot_place p on p.subject_kind = 'order' and p.subject_id = o.id and p.state = 'taken'
       join slot s on s.id = p.slot_id
       where o.ended_at is null and o.depot = old.depot and s.area = old.area) then
    raise exception 'orders are still brought there from this depot'
      using errcode = 'check_violation', constraint = 'depot_area_in_use';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $function$;

CREATE OR REPLACE FUNCTION public.draw_prebought(ordered customer_order, of_product text, wanted integer)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  one record;
  took integer := 0;
begin
  for one in select b.id, b.left_over from prebuy b
      where b.account_id = ordered.account_id and b.product = of_product and b.currency = ordered.currency
        and b.left_over > 0 and b.good_until >= ordered.placed_on
      order by b.good_until, b.id for update loop
    exit when took >= wanted;
    insert into prebuy_move (prebuy_id, kind, change, order_id)
      values (one.id, 'drawn', -least(one.left_over, wanted - took), ordered.id);
    took := took + least(one.left_over, wanted - took);
  end loop;
  return took;
end $function$;

CREATE OR REPLACE FUNCTION public.dunning_ends()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if old.step <> 'none' and exists (select 1 from account where id = old.account_id) then
    insert into dunning_event (account_id, step) values (old.account_id, 'none');
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.dunning_moves()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  entry bigint;
  before constant text := case when tg_op = 'INSERT' then 'none' else old.step end;
begin
  if new.step = before then return new; end if;
  if not exists (select 1 from dunning_move where from_step = before and to_step = new.step) then
    raise exception 'reminding does not go from % to %', before, new.step
      using errcode = 'check_violation', constraint = 'dunning_move';
  end if;
  insert into dunning_event (account_id, step, amount, currency) values (new.account_id, new.step, new.amount, new.currency)
    returning seq into entry;
  -- The reminder is the letter that a bill is overdue; what comes after it has letters of its own.
  if new.step in ('notice', 'final', 'credit_team') then
    insert into outbox (job, payload) values ('billing.tell_dunning', jsonb_build_object('entry', entry::text));
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.emergency_alarm_passed_on()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  heir emergency%rowtype;
begin
  perform pg_advisory_xact_lock(hashtextextended('emergency alarm ' || new.address, 0));
  if exists (select from emergency where address = new.address and status = 'received' and alarms) then
    return null;
  end if;
  select * into heir from emergency where address = new.address and status = 'received'
    order by received_at limit 1 for update;
  if not found then return null; end if;
  update emergency set alarms = true where id = heir.id;
  insert into outbox (job, payload, run_at)
    values ('emergencies.escalate', jsonb_build_object('emergencyId', heir.id),
            greatest(heir.received_at + interval '60 seconds', now()));
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.emergency_alarms(of_address text)
 RETURNS boolean
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if app_person() is not null or of_address is null then return true; end if;
  if (select count(*) from (select from emergency where address = of_address and person_id is null
        and received_at > now() - interval '1 hour' limit 20) as lately) < 20 then
    return true;
  end if;
  perform from emergency where address = of_address and status = 'received' and alarms limit 1 for share;
  return not found;
end $function$;

CREATE OR REPLACE FUNCTION public.emergency_asked(of_id uuid)
 RETURNS TABLE(phone text, guessed boolean, premises_id uuid, address text, chosen boolean)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select e.phone, e.premises_guessed, p.id, concat_ws(', ', p.line, p.town), p.id = e.premises_id
  from emergency e
  left join account_member m on m.person_id = e.person_id and m.scope in ('view', 'act')
    and (m.expires_at is null or m.expires_at > now())
  left join premises p on p.account_id = m.account_id
  where e.id = of_id and e.person_id = app_person() and e.logged_by is null
  order by (p.id = e.premises_id) desc nulls last, p.created_at, p.id
  limit 20
$function$;

CREATE OR REPLACE FUNCTION public.emergency_entry_due(of_id uuid, of_kind text)
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select count(*) < 20 or max(at) < now() - interval '1 minute'
  from (select at from emergency_entry where emergency_id = of_id and kind = of_kind
        order by number desc limit 20) as latest
$function$;

CREATE OR REPLACE FUNCTION public.emergency_entry_signed()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  new.actor_id := app_person();
  new.actor_role := app_role();
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.emergency_guard()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  life constant text[] := array['received', 'acknowledged', 'dispatched', 'attended', 'made_safe'];
begin
  if new.status <> old.status then
    if not app_is_staff() then
      raise exception 'only staff move an emergency' using errcode = 'insufficient_privilege';
    end if;
    if old.status in ('made_safe', 'stood_down') or (new.status <> 'stood_down' and
       array_position(life, new.status) <= array_position(life, old.status)) then
      raise exception 'an emergency does not go from % to %', old.status, new.status
        using errcode = 'check_violation';
    end if;
    new.acknowledged_at := coalesce(old.acknowledged_at, now());
    new.acknowledged_by := coalesce(old.acknowledged_by, app_person());
    if new.status = 'dispatched' then new.dispatched_at := now(); end if;
    if new.status = 'attended' then new.attended_at := now(); end if;
    if new.status = 'made_safe' then new.made_safe_at := now(); end if;
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.emergency_hears(of_id uuid, of_form uuid, of_text text)
 RETURNS void
 LANGUAGE sql
 SET search_path TO 'public', 'pg_temp'
AS $function$
  insert into emergency_said (emergency_id, kind, form_key, text)
    select of_id, 'words', of_form, of_text
    where of_text <> '' and not exists (select from emergency_said where emergency_id = of_id and text = of_text)
      and (select count(*) from emergency_said
           where emergency_id = of_id and kind = 'words' and at > now() - interval '1 hour') < 300
$function$;

CREATE OR REPLACE FUNCTION public.emergency_home(of_person uuid, of_account uuid, of_premises uuid)
 RETURNS TABLE(account_id uuid, premises_id uuid, places integer)
 LANGUAGE sql
 STABLE
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select m.account_id, p.id, (count(p.id) over ())::integer
  from account_member m left join premises p on p.account_id = m.account_id
  where m.person_id = of_person and (m.expires_at is null or m.expires_at > now())
  order by coalesce(p.id = of_premises, false) desc, coalesce(m.account_id = of_account, false) desc, p.id is null,
           array_position(array['act', 'view', 'notices'], m.scope),
           array_position(array['holder', 'authorised', 'nominee', 'landlord'], m.kind), p.created_at, p.id
  limit 1
$function$;

CREATE OR REPLACE FUNCTION public.emergency_keeps(of_id uuid, of_form uuid, of_text text)
 RETURNS boolean
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if of_text = '' or exists (select from emergency_said where emergency_id = of_id and text = of_text) then
    return true;
  end if;
  if (select count(*) from emergency_said
      where emergency_id = of_id and kind = 'words' and at > now() - interval '1 hour') >= 300 then
    perform emergency_says_full(of_id, 'words_full');
    return false;
  end if;
  insert into emergency_said (emergency_id, kind, form_key, text) values (of_id, 'words', of_form, of_text);
  return true;
end $function$;

CREATE OR REPLACE FUNCTION public.emergency_network_full(of_address text)
 RETURNS boolean
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare newest uuid;
begin
  if (select count(*) from (select from emergency where address = of_address and person_id is null
        and logged_by is null and received_at > now() - interval '1 hour' limit 300) as lately) < 300 then
    return false;
  end if;
  if pg_try_advisory_xact_lock(hashtextextended('emergency network ' || of_address, 2)) then
    select id into newest from emergency where address = of_address and person_id is null and logged_by is null
      order by received_at desc limit 1;
    perform emergency_says_full(newest, 'network_full');
  end if;
  return true;
end $function$;

CREATE OR REPLACE FUNCTION public.emergency_pulse(to_dispatch integer, to_attend integer, warn_before integer)
 RETURNS TABLE(newest integer, open integer, unacknowledged integer, near integer, late integer)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  with open as materialized (
    select status, extract(epoch from now() - received_at) / 60 as minutes from emergency
    where status not in ('made_safe', 'stood_down')
  ), clocks as (
    select case when status = 'acknowledged' then least(to_dispatch, to_attend) - minutes
                when status = 'dispatched' then to_attend - minutes end as remaining
    from open where status in ('acknowledged', 'dispatched')
  )
  select coalesce((select e.number from emergency_entry e order by e.number desc limit 1), 0),
         (select count(*)::integer from open),
         (select count(*)::integer from open where status = 'received'),
         (select count(*)::integer from clocks where remaining > 0 and remaining <= warn_before),
         (select count(*)::integer from clocks where remaining <= 0)
$function$;

CREATE OR REPLACE FUNCTION public.emergency_says_full(of_id uuid, of_kind text)
 RETURNS void
 LANGUAGE sql
 SET search_path TO 'public', 'pg_temp'
AS $function$
  insert into emergency_entry (emergency_id, kind)
    select of_id, of_kind where not exists (
      select from emergency_entry l join emergency e on e.id = l.emergency_id join emergency one on one.id = of_id
      where l.kind in ('words_full', 'network_full') and l.kind = of_kind and l.at > now() - interval '1 hour'
        and (e.id = of_id or (of_kind = 'network_full' and e.address = one.address)))
$function$;

CREATE OR REPLACE FUNCTION public.emergency_shown(of_id uuid, of_version text, of_locale text)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  update emergency set shown_at = coalesce(shown_at, now()), wording_version = coalesce(wording_version, of_version)
    where id = of_id and received_at > now() - interval '1 day';
  if not found then return false; end if;
  if emergency_entry_due(of_id, 'shown') then
    insert into emergency_entry (emergency_id, kind, payload)
      values (of_id, 'shown', jsonb_build_object('wording', left(of_version, 100), 'locale', left(of_locale, 20)));
  end if;
  return true;
end $function$;

CREATE OR REPLACE FUNCTION public.end_past_access()
 RETURNS TABLE(account_id uuid, person_id uuid)
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  delete from account_member m where m.expires_at <= now() returning m.account_id, m.person_id
$function$;

CREATE OR REPLACE FUNCTION public.end_prebuy(of_prebuy uuid, on_day date)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  one prebuy;
  owed bigint;
begin
  select * into one from prebuy where id = of_prebuy for update;
  if not found or one.left_over = 0 or not coalesce(
       app_role() = 'system' and one.good_until < on_day or app_role() in ('supervisor', 'admin'), false) then
    return false;
  end if;
  owed := one.left_over * one.unit_price * (select o.back_percent from prebuy_offer o where o.id = one.offer_id) / 100;
  insert into prebuy_move (prebuy_id, kind, change) values (of_prebuy, 'ended', -one.left_over);
  if owed > 0 then
    insert into prebuy_refund (prebuy_id, why, units, amount, currency)
      values (of_prebuy, 'unused', one.left_over, owed, one.currency);
  end if;
  insert into outbox (job, payload) values ('orders.tell_prebuy', jsonb_build_object('id', of_prebuy, 'what', 'ended'));
  return true;
end $function$;

CREATE OR REPLACE FUNCTION public.end_sessions_of(of_person uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if app_role() <> 'admin' and not (app_is_staff() and app_is_customer(of_person)) then
    raise exception 'only an admin ends sessions of colleagues, only staff those of customers'
      using errcode = 'insufficient_privilege';
  end if;
  delete from sign_in_session where person_id = of_person;
end $function$;

CREATE OR REPLACE FUNCTION public.enter_request(of_request uuid)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  it request;
begin
  select * into it from request r where r.id = of_request;
  if it.id is null then return 'gone'; end if;
  if app_person() is not null then
    if it.requester_id = app_person() or take_in_request(of_request) then return 'theirs'; end if;
    return case when it.requester_id is null then 'other' else 'account' end;
  end if;
  if it.requester_id is not null then return 'account'; end if;
  if it.logged_by is not null or app_visitor() = 'nobody' or it.closed_at < now() - interval '30 days' then
    return 'gone';
  end if;
  insert into request_visitor (request_id, visitor) values (of_request, app_visitor())
    on conflict (request_id, visitor) do update set at = now();
  update conversation set ended_at = null where request_id = of_request;
  return 'entered';
end $function$;

CREATE OR REPLACE FUNCTION public.feed_after(after_xid xid8, after_seq bigint, most integer)
 RETURNS TABLE(xid xid8, seq bigint, request_id uuid, reference text, number integer, kind text, visibility text, actor_id uuid, requester_id uuid, account_id uuid, private boolean, team_id uuid, agent_id uuid, taken_from jsonb)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
 SET max_parallel_workers_per_gather TO '0'
AS $function$
  (select e.xid, e.seq, e.request_id, r.reference, e.number, e.kind, e.visibility,
          e.actor_id, r.requester_id, r.account_id, r.private, r.team_id, r.agent_id,
          case when e.kind = 'assigned' then e.payload->'taken_from' end
   from request_event e join request r on r.id = e.request_id
   where (e.xid, e.seq) > (after_xid, after_seq)
     and e.xid < pg_snapshot_xmin(pg_current_snapshot())
   order by e.xid, e.seq
   limit most)
  union all
  (select e.xid, e.seq, e.order_id, o.reference, e.number, 'order', 'public',
          e.actor_id, o.person_id, o.account_id, false, null, null, null
   from order_event e join customer_order o on o.id = e.order_id
   where (e.xid, e.seq) > (after_xid, after_seq)
     and e.xid < pg_snapshot_xmin(pg_current_snapshot())
   order by e.xid, e.seq
   limit most)
  order by 1, 2
  limit most
$function$;

CREATE OR REPLACE FUNCTION public.feed_position()
 RETURNS TABLE(xid xid8, seq bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select newest.xid, newest.seq from (
    (select e.xid, e.seq from request_event e
     where e.xid < pg_snapshot_xmin(pg_current_snapshot())
     order by e.xid desc, e.seq desc limit 1)
    union all
    (select e.xid, e.seq from order_event e
     where e.xid < pg_snapshot_xmin(pg_current_snapshot())
     order by e.xid desc, e.seq desc limit 1)) newest
  order by newest.xid desc, newest.seq desc limit 1
$function$;

CREATE OR REPLACE FUNCTION public.file_kept_for()
 RETURNS interval
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select interval '14 days'
$function$;

CREATE OR REPLACE FUNCTION public.file_most_bytes()
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select 25 * 1024 * 1024
$function$;

CREATE OR REPLACE FUNCTION public.folded(said text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select lower(unaccent('unaccent'::regdictionary, said));
$function$;

CREATE OR REPLACE FUNCTION public.forget_requests(asked uuid[])
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
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
end $function$;

CREATE OR REPLACE FUNCTION public.forget_second_factor_of(of_person uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if app_role() <> 'admin' and not (app_role() = 'supervisor' and app_is_customer(of_person))
     or app_person() is not distinct from of_person then
    raise exception 'only an admin resets the second factor of a colleague, and only they and supervisors that of a customer'
      using errcode = 'insufficient_privilege';
  end if;
  update person set two_factor_enabled = false, updated_at = now() where id = of_person;
  delete from second_factor where person_id = of_person;
end $function$;

CREATE OR REPLACE FUNCTION public.forget_visitors(most integer)
 RETURNS TABLE(request uuid, files uuid[])
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  asked uuid[];
begin
  asked := array(select r.id from request r where r.requester_id is null and r.account_id is null
    and r.contact ? 'caller_name'
    and r.closed_at < now() - case when r.service_type = 'COMPLAINT' then interval '1 year' else forgotten_after() end
    and not exists (select from request s where s.id = r.merged_into and request_is_open(s.status))
    order by r.closed_at limit most for update of r skip locked);
  return query select it, array(select f.id from attachment f where f.request_id = it) from unnest(asked) as it;
  perform forget_requests(asked);
end $function$;

CREATE OR REPLACE FUNCTION public.forgotten_after()
 RETURNS interval
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select interval '14 days' $function$;

CREATE OR REPLACE FUNCTION public.fresh_delivery_code()
 RETURNS text
 LANGUAGE sql
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select lpad((('x' || left(replace(gen_random_uuid()::text, '-', ''), 8))::bit(32)::bigint % 1000000)::text, 6, '0')
$function$;

CREATE OR REPLACE FUNCTION public.gather_request_words(most integer)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  due uuid[];
begin
  with taken as (
    delete from words_due where request_id in (
      select d.request_id from words_due d limit most for update skip locked)
    returning request_id
  ) select coalesce(array_agg(request_id), '{}') into due from taken;
  if due = '{}' then return 0; end if;

  with said as (
    select m.request_id, string_agg(m.text, ' ') filter (where m.visibility = 'public') as open,
           string_agg(m.text, ' ') as inside
    from message m where m.request_id = any (due) group by m.request_id
  ), told as (
    select r.id, said.inside,
           words_of(concat_ws(' ', r.reference, replace(r.reference, '-', ''), r.description, r.answers->>'subject',
                              r.contact->>'caller_name', p.name, a.number, s.line, s.town, s.postcode,
                              replace(s.postcode, ' ', ''), said.open)) as words
    from request r
    left join person p on p.id = r.requester_id
    left join account a on a.id = r.account_id
    left join premises s on s.id = r.premises_id
    left join said on said.request_id = r.id
    where r.id = any (due)
  ), kept as (
    insert into request_words (request_id, words, inside)
    select id, array_to_tsvector(words), array_to_tsvector(words || words_of(inside)) from told
    on conflict (request_id) do update set words = excluded.words, inside = excluded.inside
    returning inside
  )
  insert into search_word (word)
  select distinct word from kept, unnest(tsvector_to_array(kept.inside)) as word
  where word !~ '[0-9]' and length(word) > 2
  on conflict do nothing;
  return cardinality(due);
end $function$;

CREATE OR REPLACE FUNCTION public.hazards_at(place uuid)
 RETURNS text[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select coalesce(array_agg(hazard order by hazard), '{}') from hazards_known(place)
$function$;

CREATE OR REPLACE FUNCTION public.hazards_known(place uuid)
 RETURNS TABLE(hazard text, named_at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  with told as (
    select array(select jsonb_array_elements_text(r.answers->'hazards')) as hazards, r.submitted_at as at
    from request r
    where r.premises_id = place and r.answers ? 'hazards' and jsonb_typeof(r.answers->'hazards') = 'array'
      and r.submitted_at > now() - interval '3 years'
    union all
    select o.hazards, o.created_at from customer_order o
    where o.premises_id = place and cardinality(o.hazards) > 0 and o.created_at > now() - interval '3 years'
  ), named as (
    select one as hazard, max(at) as at from told, unnest(hazards) as one where one <> 'nothing_else' group by one
  )
  select n.hazard, n.at from named n
  where app_is_staff()
    and not exists (select from hazard_gone g
                    where g.premises_id = place and g.hazard = n.hazard and g.said_at >= n.at)
    and not exists (select from told t where t.at > n.at and 'nothing_else' = any (t.hazards))
$function$;

CREATE OR REPLACE FUNCTION public.hold_request_of_visitor()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  insert into request_visitor (request_id, visitor) values (new.id, app_visitor());
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.holding_is_the_ledger()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  here record;
begin
  for here in select coalesce(new.account_id, old.account_id) as account, coalesce(new.product, old.product) as product loop
    if coalesce((select held from cylinder_holding h where h.account_id = here.account and h.product = here.product), 0)
       <> coalesce((select sum(m.held_change) from stock_move m
                    where m.account_id = here.account and m.product = here.product), 0) then
      raise exception 'what is with the customer is not what the ledger says'
        using errcode = 'check_violation', constraint = 'holding_is_the_ledger';
    end if;
  end loop;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.holds_words(said text, asked text[])
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select coalesce(bool_and(strpos(it.plain, one) > 0 or strpos(replace(it.plain, '-', ''), one) > 0
                           or (one ~ '^[[:alpha:]]{4,}$' and word_similarity(one, left(it.plain, 1000)) >= 0.5)), false)
  from (select folded(said) as plain) as it, unnest(asked) as one
$function$;

CREATE OR REPLACE FUNCTION public.instalments_add_up()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  of_programme uuid;
  one programme;
  parts bigint;
  in_all numeric;
  in_order boolean;
begin
  if tg_table_name = 'programme' then of_programme := new.id;
  elsif tg_op = 'DELETE' then of_programme := old.programme_id;
  else of_programme := new.programme_id;
  end if;
  select * into one from programme where id = of_programme;
  if not found then return null; end if;
  select count(*), coalesce(sum(amount), 0), coalesce(bool_and(due_on > before), true) into parts, in_all, in_order
    from (select amount, due_on, lag(due_on, 1, one.began_on - 1) over (order by number) as before
          from instalment where programme_id = one.id) i;
  if one.kind in ('arrangement', 'extension') and in_all <> one.amount
     or one.kind = 'extension' and parts <> 1
     or one.kind not in ('arrangement', 'extension', 'budget') and parts > 0
     or not in_order then
    raise exception 'instalments are what was agreed, one after the other'
      using errcode = 'check_violation', constraint = 'instalments_add_up';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.issue_account_code(of_account uuid, of_id uuid, of_digest text, of_days integer)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
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
end $function$;

CREATE OR REPLACE FUNCTION public.keep_in_sight(of_request uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if app_role() <> 'agent' then return; end if;
  insert into opening (person_id, request_id, reason)
    select app_person(), r.id, 'was theirs' from request r
    where r.id = of_request
      and (r.team_id is null or r.team_id = app_team() or r.agent_id = app_person()
           or (r.logged_by = app_person()
               and not exists (select 1 from request_event e where e.request_id = r.id)));
end $function$;

CREATE OR REPLACE FUNCTION public.kept_card_budget()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  spent constant integer := (select count(*) from kept_card
    where person_id = new.person_id and created_at > now() - interval '1 hour');
begin
  perform spend_of_network('card', 10, spent);
  if spent > 10 then
    raise exception 'too many of one person' using errcode = 'check_violation', constraint = 'budget_spent';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.kept_card_ends()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  card uuid;
begin
  update kept_card set state = 'ended' where programme_id = new.id and state = 'kept' returning id into card;
  if card is not null then insert into outbox (job, payload) values ('billing.forget_card', jsonb_build_object('card', card)); end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.kept_card_moves()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if old.state = 'begun' and new.checkout is not null and new.state = 'begun' then new.state := 'offered'; end if;
  if old.checkout is not null and new.checkout is distinct from old.checkout then
    raise exception 'a card is typed on one page' using errcode = 'check_violation', constraint = 'kept_card_moves';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.kept_card_of_who_left()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if exists (select 1 from account where id = old.account_id) then
    update programme set state = 'left', ended_on = greatest(began_on, current_date)
      where kind = 'autopay' and state = 'active'
        and id in (select programme_id from kept_card
                   where account_id = old.account_id and person_id = old.person_id and state = 'kept');
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.lapse_prebuys()
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  one prebuy;
begin
  for one in select * from prebuy b where b.state = 'reserved' and b.created_at < now() - interval '30 minutes'
      and not exists (select from payment_attempt a where a.subject_id = b.id and a.state in ('begun', 'offered', 'paid'))
      order by b.id for update skip locked loop
    update prebuy set state = 'lapsed' where id = one.id;
    update prebuy_offer set taken = taken - one.quantity where id = one.offer_id;
  end loop;
end $function$;

CREATE OR REPLACE FUNCTION public.let_go_of_cards(of_day date)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  update programme p set state = 'left', ended_on = greatest(p.began_on, of_day)
  from kept_card c
  where c.programme_id = p.id and c.state = 'kept' and p.state = 'active' and not acts_on_account(c.person_id, p.account_id)
$function$;

CREATE OR REPLACE FUNCTION public.message_signed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  new.author_id := app_person();
  new.author_role := case when app_role() = 'visitor' then 'customer' else app_role() end;
  if new.visibility = 'public' and app_is_staff() then
    update request set first_response_at = now() where id = new.request_id and first_response_at is null;
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.note_prebuy_payment(of_prebuy uuid, how text, slip text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
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
end $function$;

CREATE OR REPLACE FUNCTION public.note_words_due()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  -- What waits already is noted again: whoever gathers it now does not see this change yet, and passes it over.
  insert into words_due (request_id) select id from changed
  on conflict (request_id) do update set request_id = excluded.request_id;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.note_words_due_of_message()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  insert into words_due (request_id) select distinct request_id from changed
  on conflict (request_id) do update set request_id = excluded.request_id;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.noted_payment_counts()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  insert into payment (id, account_id, reference, amount, currency, method, state, paid_on, bill_id, settled_at)
    values (new.id, new.account_id, new.reference, new.amount, new.currency, new.method, 'settled', new.paid_on,
            new.bill_id, now());
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.noted_payment_forgets()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  update noted_payment set note = null where person_id = new.id and note is not null;
  update payment_taken_back set reason = '———'
    where noted_id in (select id from noted_payment where person_id = new.id);
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.offer_chat(of_request uuid, to_person uuid, said text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  update conversation set offered_to = to_person, offered_at = now(), offered_by = app_person()
  where id = chat_in_hand(of_request);
  perform say_unsigned(of_request, said);
end $function$;

CREATE OR REPLACE FUNCTION public.open_emergency(of_reference text, of_verdict text, of_hazard text, of_channel text, of_text text, of_locale text, of_version text, of_request uuid, of_form uuid, of_address text, of_phone text, of_person uuid, of_account uuid, of_premises uuid)
 RETURNS TABLE(id uuid, reference text)
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select c.id, c.reference
  from call_for_help(of_reference, of_verdict, of_hazard, of_channel, of_text, of_locale, of_version, of_request, of_form,
                     of_address, of_phone, of_person, of_account, of_premises) as c
$function$;

CREATE OR REPLACE FUNCTION public.open_emergency_of(of_form uuid)
 RETURNS uuid
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  caller uuid := app_person();
  browser text := nullif(app_visitor(), 'nobody');
  found_id uuid;
begin
  if app_is_staff() then
    select id into found_id from emergency
      where form_key = of_form and logged_by = caller and status not in ('made_safe', 'stood_down') limit 1;
    return found_id;
  end if;

  with theirs as materialized (
    select id, status, received_at, form_key from emergency
      where caller is not null and person_id = caller and logged_by is null
        and (received_at > now() - interval '1 hour' or form_key = of_form)
    union all
    select id, status, received_at, form_key from emergency
      where caller is null and person_id is null and visitor = browser
        and (received_at > now() - interval '1 hour' or form_key = of_form)
  )
  select id into found_id from (
    select id, received_at, 0 as choice from theirs
      where form_key = of_form and status not in ('made_safe', 'stood_down')
    union all
    select id, received_at, 1 from theirs where status = 'received'
    union all
    select id, received_at, 2 from theirs
      where status not in ('made_safe', 'stood_down')
        and (select count(*) from theirs where received_at > now() - interval '1 hour') >= 5
  ) as fitting order by choice, received_at desc limit 1;
  return found_id;
end $function$;

CREATE OR REPLACE FUNCTION public.open_request(of_reference text, why text)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  found_id uuid;
begin
  if not app_is_staff() then
    raise exception 'only staff open requests' using errcode = 'insufficient_privilege';
  end if;
  select f.request_id into found_id from request_reference f where f.reference = of_reference;
  if found_id is null then
    return null;
  end if;
  insert into opening (person_id, request_id, reason) values (app_person(), found_id, why);
  insert into audit_entry (actor_id, actor_role, action, subject_kind, subject_id)
    values (app_person(), app_role(), 'request.opened', 'request', found_id);
  insert into request_event (request_id, kind, visibility) values (found_id, 'viewed', 'internal');
  return found_id;
end $function$;

CREATE OR REPLACE FUNCTION public.order_adds_up()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  update customer_order o set total = o.slot_charge + (select sum(l.amount) from order_line l where l.order_id = o.id)
    where o.id = new.order_id;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.order_attempt_fits()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if not exists (select 1 from customer_order o where o.id = new.subject_id and o.status <> 'cancelled'
                 and o.account_id = new.account_id and o.currency = new.currency
                 and new.amount <= o.total - o.paid and o.account_id = any (app_accounts_acted_on())) then
    raise exception 'this is not owed for that order' using errcode = 'check_violation', constraint = 'order_attempt_fits';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.order_charges_slot()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  update customer_order o set total = o.total - o.slot_charge + s.charge, slot_charge = s.charge
    from slot s where s.id = new.slot_id and o.id = new.subject_id and o.slot_charge <> s.charge;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.order_code_given()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  insert into order_code (order_id, code) values (new.id, fresh_delivery_code());
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.order_event_number()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  update customer_order set last_number = last_number + 1 where id = new.order_id returning last_number into new.number;
  if new.number is null then raise exception 'no such order' using errcode = 'foreign_key_violation'; end if;
  new.seq := nextval(pg_get_serial_sequence('request_event', 'seq'));
  new.actor_id := app_person();
  new.actor_role := app_role();
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.order_forgets_hazards()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  new.hazards := '{}';
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.order_gives_back_prebought()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  insert into prebuy_move (prebuy_id, kind, change, order_id)
    select used.id, 'given_back', used.units, new.id from (
      select b.id, b.good_until, -sum(m.change) as units from prebuy_move m join prebuy b on b.id = m.prebuy_id
      where m.order_id = new.id group by b.id having sum(m.change) < 0) used
    order by used.good_until, used.id;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.order_guard()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if (new.id, new.reference, new.person_id, new.account_id, new.premises_id, new.form_key, new.currency, new.placed_on,
      new.depot, new.created_at)
     is distinct from (old.id, old.reference, old.person_id, old.account_id, old.premises_id, old.form_key,
      old.currency, old.placed_on, old.depot, old.created_at) then
    raise exception 'what an order is never changes' using errcode = 'check_violation', constraint = 'order_stays';
  end if;
  if current_user = 'hearth_web' and app_role() = 'customer' and (new.paid, new.paid_how) is distinct from (old.paid, old.paid_how) then
    raise exception 'a customer does not say what was paid' using errcode = 'insufficient_privilege';
  end if;
  if new.status <> old.status then
    if not exists (select 1 from order_move m
                   where m.from_status = old.status and m.to_status = new.status and m.by_whom = app_whom()) then
      raise exception 'an order does not go from % to % by %', old.status, new.status, app_whom()
        using errcode = 'check_violation', constraint = 'order_move';
    end if;
    if new.status not in ('missed', 'cancelled') then new.why := null; end if;
    new.ended_at := case when new.status in ('delivered', 'cancelled') then now() end;
  else
    new.ended_at := old.ended_at;
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.order_is_rated(of_order uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select exists (select 1 from order_rating where order_id = of_order)
$function$;

CREATE OR REPLACE FUNCTION public.order_is_whole()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  now_is customer_order;
begin
  select * into now_is from customer_order where id = new.id;
  if not exists (select 1 from order_line l where l.order_id = new.id) then
    raise exception 'an order is of something' using errcode = 'check_violation', constraint = 'order_has_lines';
  end if;
  if (now_is.status in ('placed', 'packed', 'on_the_way')) and not exists (
       select 1 from slot_place p join slot s on s.id = p.slot_id
       where p.subject_kind = 'order' and p.subject_id = new.id
         and (p.state = 'taken'
              or (p.state = 'held' and now_is.status = 'placed' and now_is.pays = 'card' and now_is.paid = 0))
         and s.kind = 'delivery' and s.skill = now_is.skill
         and s.area in (select d.area from depot_area d where d.depot = now_is.depot)) then
    raise exception 'what is brought has a time' using errcode = 'check_violation', constraint = 'order_has_place';
  end if;
  if now_is.status in ('cancelled', 'missed') and exists (
       select 1 from slot_place s where s.subject_kind = 'order' and s.subject_id = new.id and s.state in ('taken', 'held')) then
    raise exception 'what is not brought takes no place' using errcode = 'check_violation', constraint = 'order_has_place';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.order_leaves_run()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  update customer_order set place_in_run = null where id = new.subject_id and place_in_run is not null;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.order_line_begins()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  ordered customer_order;
  sold product;
  price product_price;
begin
  select * into ordered from customer_order where id = new.order_id;
  select * into sold from product where code = new.product;
  select * into price from price_on(new.product, ordered.currency, ordered.placed_on);
  if sold.code is null or sold.retired_at is not null or price.amount is null or sold.skill <> ordered.skill then
    raise exception 'this is not for sale' using errcode = 'check_violation', constraint = 'order_not_sold';
  end if;
  if new.quantity not between sold.least and sold.most or (not sold.takes_back and new.empties > 0) then
    raise exception 'so much is not brought' using errcode = 'check_violation', constraint = 'order_quantity';
  end if;
  if ordered.status = 'placed' and sold.sold_from > ordered.placed_on then
    raise exception 'this is not sold yet' using errcode = 'check_violation', constraint = 'order_not_yet';
  end if;
  new.unit_price := price.amount;
  new.deposit := case when sold.takes_back then price.deposit else 0 end;
  if ordered.status = 'placed' then
    perform reserve_stock(ordered.depot, new.product, new.quantity, ordered.id, ordered.created_at);
  else
    insert into stock (depot, product) values (ordered.depot, new.product) on conflict do nothing;
    perform 1 from stock where depot = ordered.depot and product = new.product for update;
  end if;
  -- After the stock, here and when an order is called off: so nobody waits in a circle.
  new.prebought := draw_prebought(ordered, new.product, new.quantity);
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.order_line_empties_there()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  -- Takes over what was ordered elsewhere as it stands; at every door of ours somebody acts.
  if new.empties = 0 or app_role() not in ('customer', 'agent', 'supervisor', 'admin', 'system') then return new; end if;
  if new.empties > coalesce((select h.held from cylinder_holding h join customer_order o on o.account_id = h.account_id
                             where o.id = new.order_id and h.product = new.product), 0) then
    raise exception 'so many are not with them' using errcode = 'check_violation', constraint = 'order_empties_there';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.order_line_keeps_refill_rule()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  ordered customer_order;
  rule refill_rule;
begin
  select * into rule from refill_rule where kind = 'cylinder';
  if rule.kind is null or app_role() not in ('customer', 'system')
     or not exists (select 1 from product where code = new.product and takes_back) then return new; end if;
  select * into ordered from customer_order where id = new.order_id;
  perform pg_advisory_xact_lock(hashtextextended(ordered.account_id::text, 240));
  if exists (select 1 from customer_order o join order_line l on l.order_id = o.id
             join product p on p.code = l.product and p.takes_back
             where o.account_id = ordered.account_id and o.id <> ordered.id and o.status <> 'cancelled'
               and o.placed_on + rule.gap_days > ordered.placed_on)
     or new.quantity + (select coalesce(sum(l.quantity), 0) from customer_order o join order_line l on l.order_id = o.id
             join product p on p.code = l.product and p.takes_back
             where o.account_id = ordered.account_id and o.status <> 'cancelled'
               and date_trunc('year', o.placed_on) = date_trunc('year', ordered.placed_on)) > rule.per_year then
    raise exception 'too soon, or too many this year' using errcode = 'check_violation', constraint = 'refill_rule_kept';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.order_moves_stock()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  line record;
begin
  if new.status = old.status then return null; end if;
  for line in select l.*, p.takes_back, p.sold_from from order_line l join product p on p.code = l.product
              where l.order_id = new.id order by l.product loop
    if new.status = 'delivered' then
      insert into stock_move (depot, product, kind, full_change, held_change, account_id, order_id, person_id)
        values (new.depot, line.product, 'delivered', -line.quantity,
                case when line.takes_back then line.quantity else 0 end, new.account_id, new.id, app_person());
      if line.empties > 0 then
        insert into stock_move (depot, product, kind, empty_change, held_change, account_id, order_id, person_id)
          values (new.depot, line.product, 'taken_back', line.empties, -line.empties, new.account_id, new.id, app_person());
      end if;
    elsif new.status = 'cancelled' and old.status <> 'preordered' then
      update stock set reserved = reserved - line.quantity where depot = new.depot and product = line.product;
    elsif new.status = 'placed' and old.status = 'preordered' then
      if line.sold_from > current_date + 1 then
        raise exception 'this is not sold yet' using errcode = 'check_violation', constraint = 'order_not_yet';
      end if;
      perform reserve_stock(new.depot, line.product, line.quantity, new.id, new.created_at);
    end if;
  end loop;
  if new.status = 'delivered' and not exists (select 1 from order_code c where c.order_id = new.id and c.used_at is not null) then
    raise exception 'only the customer’s code says that it was delivered'
      using errcode = 'check_violation', constraint = 'order_code_needed';
  end if;
  if new.ended_at is not null then
    update order_code set code = '000000' where order_id = new.id;
  end if;
  -- Whoever is next in line may be served now.
  if new.status = 'cancelled' then
    insert into outbox (job, payload)
      select 'orders.stock_came', jsonb_build_object('depot', new.depot, 'product', l.product)
      from order_line l where l.order_id = new.id;
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.order_of_customer()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if new.logged_by is not null and not exists (
       select 1 from account_member m join person p on p.id = m.person_id and p.role = 'customer'
       where m.account_id = new.account_id and m.person_id = new.person_id and m.scope = 'act'
         and (m.expires_at is null or m.expires_at > now())) then
    raise exception 'an order is of a customer of that account' using errcode = 'check_violation', constraint = 'order_of_customer';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.order_owes_back()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  surplus bigint;
begin
  if new.ended_at is null then return null; end if;
  surplus := new.paid - case when new.status = 'cancelled' then 0 else new.total end
    - coalesce((select sum(amount) from order_refund r where r.order_id = new.id), 0);
  if surplus > 0 then
    insert into order_refund (order_id, amount, currency) values (new.id, surplus, new.currency);
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.order_pays_otherwise()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if new.pays <> 'on_delivery' or old.status <> 'placed' then
    raise exception 'how an order is paid is settled' using errcode = 'check_violation', constraint = 'order_stays';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.order_run_guard()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if current_user = 'hearth_web' and app_role() = 'customer' then
    raise exception 'customers do not plan runs' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.own_requests_with(query tsquery)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select r.id from request r join request_words w on w.request_id = r.id
  where w.words @@ query
    and (r.requester_id = app_person() or (not r.private and r.account_id = any (app_accounts_seen())));
$function$;

CREATE OR REPLACE FUNCTION public.payment_attempt_budget()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  spent integer;
begin
  if new.programme_id is not null then return null; end if;
  select count(*) into spent from payment_attempt
    where person_id = new.person_id and programme_id is null and created_at > now() - interval '1 hour';
  perform spend_of_network('payment', 30, spent);
  if spent > 30 then
    raise exception 'too many of one person' using errcode = 'check_violation', constraint = 'budget_spent';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.payment_attempt_moves()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if old.state = 'begun' and new.checkout is not null and new.state = 'begun' then new.state := 'offered'; end if;
  if old.state = 'paid' and new.state <> 'paid' then
    raise exception 'what is paid stays paid' using errcode = 'check_violation', constraint = 'payment_attempt_moves';
  end if;
  if old.checkout is not null and new.checkout is distinct from old.checkout then
    raise exception 'an attempt has one page' using errcode = 'check_violation', constraint = 'payment_attempt_moves';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.payment_taken_back_counts()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  mistaken payment;
begin
  update noted_payment set taken_back = true where id = new.noted_id;
  -- As of the day on which it was said to have come: no plan is kept by money that never came.
  insert into payment (id, account_id, reference, amount, currency, method, state, paid_on, bill_id, settled_at, takes_back)
    select new.id, p.account_id, new.reference, -p.amount, p.currency, p.method, 'settled', p.paid_on, p.bill_id, now(), p.id
    from payment p where p.id = new.noted_id;

  select * into mistaken from payment where id = new.noted_id;
  update programme p set state = 'active', ended_on = null
  where p.id = (select k.id from programme k
                where k.account_id = mistaken.account_id and k.state = 'kept' and k.kind in ('arrangement', 'extension')
                  and k.ended_on >= mistaken.paid_on
                order by k.ended_on desc, k.id desc limit 1)
    and (select sum(i.amount) from instalment i where i.programme_id = p.id)
        > received_on_account(p.account_id) - p.received_before
    and not exists (select 1 from programme o where o.account_id = p.account_id and o.state in ('asked', 'active')
                      and o.kind in ('arrangement', 'extension', 'budget'));
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.person_guard()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  standing_changes constant boolean := (new.role, new.team_id, new.deactivated_at)
    is distinct from (old.role, old.team_id, old.deactivated_at);
begin
  if (new.role = 'customer') <> (old.role = 'customer') then
    raise exception 'nobody is a customer and staff with one login'
      using errcode = 'check_violation', constraint = 'person_one_kind';
  end if;

  if current_user in ('hearth_web', 'hearth_auth', 'hearth_worker') and standing_changes
     and (app_role() <> 'admin' or app_person() is not distinct from old.id) then
    raise exception 'only another admin changes what somebody may do' using errcode = 'insufficient_privilege';
  end if;
  if current_user = 'hearth_web' and app_person() is distinct from old.id
     and ((new.name, new.locale, new.phone) is distinct from (old.name, old.locale, old.phone)
            and not (app_is_staff() and old.role = 'customer' and old.closed_at is null)
          or new.deactivated_at is distinct from old.deactivated_at and old.role = 'customer') then
    raise exception 'people write about themselves' using errcode = 'insufficient_privilege';
  end if;

  if old.role = 'admin' and old.deactivated_at is null and (new.role <> 'admin' or new.deactivated_at is not null) then
    -- Two admins who take each other's role at once must not both succeed.
    perform pg_advisory_xact_lock(hashtextextended('the last admin', 0));
    if not exists (select 1 from person where role = 'admin' and deactivated_at is null and id <> old.id) then
      raise exception 'there must be an admin left'
        using errcode = 'check_violation', constraint = 'person_last_admin';
    end if;
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.pieces_waited_for(of_depot text, of_product text)
 RETURNS integer
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select coalesce(sum(l.quantity), 0)::integer from customer_order o join order_line l on l.order_id = o.id
  where o.status = 'preordered' and o.depot = of_depot and l.product = of_product and o.created_at < now()
$function$;

CREATE OR REPLACE FUNCTION public.pieces_waited_for(of_depot text, of_product text, before timestamp with time zone, but_not uuid)
 RETURNS integer
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select coalesce(sum(l.quantity), 0)::integer from customer_order o join order_line l on l.order_id = o.id
  where o.status = 'preordered' and o.depot = of_depot and l.product = of_product and o.id <> but_not
    and (o.created_at, o.id) < (before, but_not)
$function$;

CREATE OR REPLACE FUNCTION public.place_in_line(request uuid, most integer)
 RETURNS integer
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select count(*)::int from (
    select 1 from request own join request r
      on r.team_id = own.team_id and request_is_open(r.status)
      and (r.rank, r.due_at, r.id) < (own.rank, own.due_at, own.id)
    where own.id = place_in_line.request
    limit most
  ) before
$function$;

CREATE OR REPLACE FUNCTION public.place_of_preorder(of_order uuid)
 RETURNS TABLE(place integer, served boolean, expected_on date, sold_from date)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select (select count(*)::integer + 1 from customer_order e join order_line el on el.order_id = e.id
          where e.status = 'preordered' and e.depot = o.depot and el.product = l.product
            and (e.created_at, e.id) < (o.created_at, o.id)),
         s.on_hand - s.reserved - pieces_waited_for(o.depot, l.product, o.created_at, o.id) >= l.quantity
           and (p.sold_from is null or p.sold_from <= current_date + 1),
         s.expected_on, p.sold_from
  from customer_order o join order_line l on l.order_id = o.id join product p on p.code = l.product
  join stock s on s.depot = o.depot and s.product = l.product
  where o.id = of_order and o.status = 'preordered'
    and (app_role() <> 'customer' or o.account_id = any (app_accounts_seen()))
  order by l.number limit 1
$function$;

CREATE OR REPLACE FUNCTION public.plan_slots(in_zone text, days integer)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  today date := (now() at time zone in_zone)::date;
  made integer;
begin
  if app_whom() not in ('staff', 'system') then
    raise exception 'slots are planned by staff' using errcode = 'insufficient_privilege';
  end if;
  insert into slot (kind, area, skill, on_day, from_time, to_time, zone, capacity, kept_first, charge)
    select p.kind, p.area, p.skill, d.day, p.from_time, p.to_time, in_zone, p.capacity, p.kept_first, p.charge
    from generate_series(0, 120) as n
    cross join lateral (select today + n as day) d
    join slot_pattern p on p.weekday = extract(isodow from d.day)
      -- Always a week more than is offered.
      and n <= greatest(days, 7 + (select r.ahead from slot_rule r where r.kind = p.kind))
    join area a on a.code = p.area and a.retired_at is null
    where not exists (select 1 from slot_day_off o
                      where o.on_day = d.day and o.area = p.area and o.kind = p.kind)
      -- An hour that the clocks skip is none.
      and (d.day + case when p.to_time <= p.from_time then 1 else 0 end + p.to_time) at time zone in_zone
          > (d.day + p.from_time) at time zone in_zone
    on conflict (kind, area, skill, on_day, from_time, to_time) where not arranged do nothing;
  get diagnostics made = row_count;
  return made;
end $function$;

CREATE OR REPLACE FUNCTION public.postcode_key(of_postcode text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select case when k ~ '^[0-9]{9}$' then left(k, 5) else k end
  from (select regexp_replace(upper(left(of_postcode, 40)), '[^A-Z0-9]', '', 'g') as k) as keyed
$function$;

CREATE OR REPLACE FUNCTION public.prebuy_attempt_fits()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  -- Held, so that it does not lapse while somebody goes on to pay.
  perform 1 from prebuy b where b.id = new.subject_id and b.state = 'reserved' and b.account_id = new.account_id
    and b.currency = new.currency and b.amount = new.amount and b.account_id = any (app_accounts_acted_on()) for update;
  if not found then
    raise exception 'this is not owed for that' using errcode = 'check_violation', constraint = 'prebuy_attempt_fits';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.prebuy_begins()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  offered prebuy_offer;
begin
  select * into offered from prebuy_offer where id = new.offer_id for update;
  -- Which day it is at the utility the page knows; here it must be one that somebody on earth has.
  if offered.id is null or offered.withdrawn_at is not null
     or offered.sold_from > (now() at time zone interval '+14:00')::date
     or offered.sold_until < (now() at time zone interval '-12:00')::date
     or exists (select 1 from product p where p.code = offered.product and p.retired_at is not null) then
    raise exception 'this is not sold ahead' using errcode = 'check_violation', constraint = 'prebuy_not_sold';
  end if;
  if new.quantity + (select coalesce(sum(b.quantity), 0) from prebuy b where b.offer_id = offered.id
                       and b.account_id = new.account_id and b.state <> 'lapsed') > offered.most_each then
    raise exception 'more than one customer gets' using errcode = 'check_violation', constraint = 'prebuy_most_each';
  end if;
  new.product := offered.product;
  new.currency := offered.currency;
  new.unit_price := offered.unit_price;
  new.good_until := offered.good_until;
  update prebuy_offer set taken = taken + new.quantity where id = offered.id;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.prebuy_move_counts()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if tg_op <> 'INSERT' then
    raise exception 'the ledger is only ever added to' using errcode = 'check_violation', constraint = 'prebuy_move_stays';
  end if;
  update prebuy set left_over = left_over + new.change where id = new.prebuy_id;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.premises_change_hands()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  new.held_since := current_date;
  delete from priority_service where premises_id = new.id;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.premises_served_first(place uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select exists (select 1 from priority_service s
                 where s.premises_id = place and s.since <= current_date and coalesce(s.until > current_date, true))
$function$;

CREATE OR REPLACE FUNCTION public.price_on(of_product text, in_currency text, on_day date)
 RETURNS product_price
 LANGUAGE sql
 STABLE
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select p from product_price p
  where p.product = of_product and p.currency = in_currency and p.from_day <= on_day
  order by p.from_day desc limit 1
$function$;

CREATE OR REPLACE FUNCTION public.programme_begins()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  new.received_before := received_on_account(new.account_id);
  -- What is paid in parts is what is owed, no more and no less.
  if new.kind in ('arrangement', 'extension') and new.amount is distinct from
       (select sum(total) from bill where account_id = new.account_id and total > 0) - new.received_before then
    raise exception 'it covers what is owed' using errcode = 'check_violation', constraint = 'programme_covers_debt';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.programme_event_stays()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'what happened stays as it was written' using errcode = 'check_violation', constraint = 'programme_event_stays';
end $function$;

CREATE OR REPLACE FUNCTION public.programme_moves()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if (new.id, new.account_id, new.kind, new.currency, new.received_before, new.method, new.most, new.days,
      new.form_key)
     is distinct from (old.id, old.account_id, old.kind, old.currency, old.received_before, old.method,
                       old.most, old.days, old.form_key)
     or new.began_on is distinct from old.began_on and not (old.state = 'asked' and new.state = 'active')
     or new.amount is distinct from old.amount and old.kind <> 'budget'
     or new.card_name is distinct from old.card_name
        and current_user in ('hearth_web', 'hearth_worker', 'hearth_auth') then
    raise exception 'what was agreed stays as it was' using errcode = 'check_violation', constraint = 'programme_move';
  end if;
  if new.state <> old.state and current_user in ('hearth_web', 'hearth_worker', 'hearth_auth')
     and not exists (select 1 from programme_move m where m.from_state = old.state and m.to_state = new.state
                       and m.by_whom = app_whom()) then
    raise exception 'a programme does not go from % to % by %', old.state, new.state, app_whom()
      using errcode = 'check_violation', constraint = 'programme_move';
  end if;
  if old.state = 'asked' and new.state = 'active' and app_role() not in ('supervisor', 'admin')
     and current_user in ('hearth_web', 'hearth_worker', 'hearth_auth') then
    raise exception 'whoever answers for it says that a bank has agreed'
      using errcode = 'check_violation', constraint = 'programme_move';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.programme_noted()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  entry bigint;
  done constant text := case when tg_op = 'INSERT' then case new.state when 'asked' then 'asked' else 'began' end
                             when new.state <> old.state then case new.state when 'active' then 'began' else new.state end
                             when new.review_on is distinct from old.review_on then 'reviewed' end;
begin
  if done is null then return null; end if;
  insert into programme_event (programme_id, account_id, what, amount, actor_id, by_whom)
    values (new.id, new.account_id, done, new.amount, app_person(),
            case app_whom() when 'nobody' then 'system' else app_whom() end)
    returning seq into entry;
  insert into outbox (job, payload) values ('billing.tell_programme', jsonb_build_object('entry', entry::text));
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.promise_guard()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  close constant interval := interval '1 minute';
begin
  if not app_as_customer() then return new; end if;
  if tg_op = 'INSERT' then
    if new.started_at < now() - close or new.due_at < now() - close
       or new.state <> 'running' then
      raise exception 'a customer starts no clock in the past' using errcode = 'insufficient_privilege';
    end if;
  elsif (new.request_id, new.kind, new.minutes, new.hours, new.started_at)
          is distinct from (old.request_id, old.kind, old.minutes, old.hours, old.started_at)
     or (new.due_at < now() - close and new.due_at < coalesce(old.due_at, 'infinity') - interval '1 millisecond') then
    raise exception 'a customer makes nothing due that was not' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.queue_rank(comes_first text, priority smallint, due_at timestamp with time zone, rests_until timestamp with time zone)
 RETURNS smallint
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select case when due_at = 'infinity' then 10
              when rests_until is not null then 9
              when comes_first is not null then priority
              else priority + 4 end::smallint
$function$;

CREATE OR REPLACE FUNCTION public.read_by_agent(of_request uuid)
 RETURNS integer
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select coalesce(max(seen.number), 0) from request r join request_read seen
    on seen.request_id = r.id and seen.person_id = r.agent_id
  where r.id = of_request and (r.requester_id = app_person() or (r.requester_id is null and r.id = any (app_visited())))
$function$;

CREATE OR REPLACE FUNCTION public.reading_fits()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
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
end $function$;

CREATE OR REPLACE FUNCTION public.reading_keeps_replaced()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  new.replaced := (old.replaced || old.digits)[greatest(1, cardinality(old.replaced) - 18):];
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.received_on_account(of_account uuid)
 RETURNS bigint
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select coalesce((select sum(amount) from payment where account_id = of_account and state = 'settled'), 0)
       - coalesce((select sum(total) from bill where account_id = of_account and total < 0), 0)
$function$;

CREATE OR REPLACE FUNCTION public.refill_from(of_account uuid, on_day date)
 RETURNS TABLE(from_day date, why text, gap_days integer, per_year integer, left_over integer)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  with past as (
    select o.placed_on, l.quantity from customer_order o
    join order_line l on l.order_id = o.id join product p on p.code = l.product and p.takes_back
    where o.account_id = of_account and o.status <> 'cancelled'
      and (app_is_staff() or app_role() = 'system' or o.account_id = any (app_accounts_seen()))),
  sums as (
    select max(placed_on) as last_on,
           coalesce(sum(quantity) filter (where date_trunc('year', placed_on) = date_trunc('year', on_day)), 0)::integer as used
    from past),
  next as (
    select r.gap_days, r.per_year, s.last_on + r.gap_days as by_gap,
           case when s.used >= r.per_year then (date_trunc('year', on_day) + interval '1 year')::date end as by_quota,
           -- Where no number is set there is none left over either: `greatest` alone would make it 0.
           case when r.per_year is not null then greatest(r.per_year - s.used, 0) end as left_over
    from refill_rule r cross join sums s where r.kind = 'cylinder')
  select greatest(by_gap, by_quota, on_day),
         case when by_quota > on_day and by_quota >= coalesce(by_gap, by_quota) then 'quota' when by_gap > on_day then 'gap' end,
         next.gap_days, next.per_year, next.left_over
  from next
$function$;

CREATE OR REPLACE FUNCTION public.refill_plan_guard()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if (new.id, new.account_id, new.premises_id, new.product, new.form_key, new.created_at)
     is distinct from (old.id, old.account_id, old.premises_id, old.product, old.form_key, old.created_at)
     or old.state = 'ended' then
    raise exception 'what was set up stays as it was' using errcode = 'check_violation', constraint = 'refill_plan_stays';
  end if;
  if new.period <> old.period and not (new.period = old.period + 1 and exists (
       select 1 from refill_turn t where t.plan_id = old.id and t.period = old.period and t.outcome <> 'waiting')) then
    raise exception 'one turn after the other' using errcode = 'check_violation', constraint = 'refill_plan_period';
  end if;
  new.ended_at := case when new.state = 'ended' then now() end;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.refill_turn_guard()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  plan refill_plan;
begin
  select * into plan from refill_plan where id = new.plan_id;
  if tg_op = 'UPDATE' and ((new.plan_id, new.period) is distinct from (old.plan_id, old.period) or old.outcome <> 'waiting')
     or plan.period <> new.period or plan.state = 'ended' then
    raise exception 'a turn is taken once' using errcode = 'check_violation', constraint = 'refill_turn_once';
  end if;
  if new.outcome = 'ordered' and not exists (
       select 1 from customer_order o join order_line l on l.order_id = o.id
       where o.id = new.order_id and o.account_id = plan.account_id and l.product = plan.product) then
    raise exception 'that order is not of this plan' using errcode = 'check_violation', constraint = 'refill_turn_order';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.refills_end_with_member()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  update refill_plan set state = 'ended'
    where account_id = old.account_id and person_id = old.person_id and state <> 'ended';
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.reminded_before(of_account uuid)
 RETURNS smallint
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select days from programme where account_id = of_account and kind = 'reminders' and state = 'active'
$function$;

CREATE OR REPLACE FUNCTION public.renew_delivery_code(of_order uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  perform 1 from customer_order o where o.id = of_order and o.ended_at is null and app_role() = 'customer'
    and o.account_id = any (app_accounts_acted_on()) for update;
  if not found then return false; end if;
  update order_code set code = fresh_delivery_code(), tries = 0, renewed = renewed + 1
    where order_id = of_order and renewed < 5;
  return found;
end $function$;

CREATE OR REPLACE FUNCTION public.request_account_guard()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if current_user not in ('hearth_web', 'hearth_worker') then return new; end if;
  if not app_is_staff() then
    raise exception 'only staff link a request to an account' using errcode = 'insufficient_privilege';
  end if;
  if old.account_id is not null and old.account_linked_at is null then
    raise exception 'what the customer chose stays' using errcode = 'check_violation', constraint = 'request_linked';
  end if;
  if new.premises_id is not null and not exists (
       select 1 from premises p where p.id = new.premises_id and p.account_id = new.account_id) then
    raise exception 'these premises belong to another account'
      using errcode = 'check_violation', constraint = 'request_linked';
  end if;
  new.account_linked_at := case when new.account_id is not null then now() end;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.request_agent_works_here()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  perform 1 from person where id = new.agent_id and role <> 'customer' and deactivated_at is null for share;
  if not found then
    raise exception 'a request is with somebody who works here'
      using errcode = 'check_violation', constraint = 'request_agent_works_here';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.request_due_guard()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if not app_as_customer() or new.due_at = 'infinity' then return new; end if;
  if tg_op = 'INSERT' then
    if new.due_at < now() - interval '1 minute' then
      raise exception 'nothing is late when it comes in' using errcode = 'insufficient_privilege';
    end if;
  elsif not exists (select 1 from promise p where p.request_id = new.id
                    and p.due_at between new.due_at - interval '1 millisecond' and new.due_at + interval '1 millisecond') then
    raise exception 'a request is due when a promise is' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.request_event_number()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if new.kind = 'submitted' then
    select r.last_number into new.number from request r where r.id = new.request_id;
  end if;
  if new.kind <> 'submitted' or new.number is distinct from 1 then
    update request set last_number = last_number + 1 where id = new.request_id returning last_number into new.number;
  end if;
  if new.number is null then
    raise exception 'no such request' using errcode = 'foreign_key_violation';
  end if;
  new.actor_id := app_person();
  new.actor_role := case when app_role() = 'visitor' then 'customer' else app_role() end;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.request_guard()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if new.id <> old.id or new.reference <> old.reference or new.submitted_at <> old.submitted_at
     or new.service_type <> old.service_type or new.service_version <> old.service_version then
    raise exception 'what a request is never changes' using errcode = 'check_violation';
  end if;

  if app_as_customer() then
    if (new.priority, new.team_id, new.agent_id, new.requester_id, new.account_id,
         new.work_began_at, new.merged_into, new.description, new.private, new.needs_visit)
       is distinct from (old.priority, old.team_id, old.agent_id, old.requester_id, old.account_id,
         old.work_began_at, old.merged_into, old.description, old.private, old.needs_visit) then
      raise exception 'a customer changes only the status' using errcode = 'insufficient_privilege';
    end if;
    -- A visit is booked by a place taken for it, at no other time; one that comes already stays.
    if ((new.visit_on, new.visit_from, new.visit_to) is distinct from (old.visit_on, old.visit_from, old.visit_to)
        or (new.status = 'scheduled' and old.status <> 'scheduled'))
       and not (new.visit_on is null and new.visit_from is null and new.visit_to is null)
       and not exists (
         select 1 from slot_place p join slot s on s.id = p.slot_id
         where p.subject_kind = 'request' and p.subject_id = new.id and p.state = 'taken'
           and (s.on_day, s.from_time, s.to_time) = (new.visit_on, new.visit_from, new.visit_to))
       and not exists (
         select 1 from visit v where v.request_id = new.id and v.ended_at is null
           and (v.on_day, v.from_time, v.to_time) = (new.visit_on, new.visit_from, new.visit_to)) then
      raise exception 'a customer books what is offered' using errcode = 'insufficient_privilege';
    end if;
  end if;

  if new.status <> old.status then
    if not exists (select 1 from request_move m
                   where m.from_status = old.status and m.to_status = new.status and m.by_whom = app_whom()) then
      raise exception 'a request does not go from % to % by %', old.status, new.status, app_whom()
        using errcode = 'check_violation', constraint = 'request_move';
    end if;
    if app_as_customer() and (
         (old.status = 'resolved' and new.status = 'open'
          and greatest(old.resolved_at, old.wished_at) <= now() - request_reopens_within())
         or (new.status = 'cancelled' and old.status = 'open' and old.work_began_at is not null)
         or (new.status in ('cancelled', 'open') and old.status = 'scheduled'
             and old.visit_on <= (now() at time zone interval '-12:00')::date)) then
      raise exception 'it is too late for a customer to take a request from % to %', old.status, new.status
        using errcode = 'check_violation', constraint = 'request_move';
    end if;
    new.resolved_at := case new.status when 'resolved' then now() when 'closed' then old.resolved_at end;
    new.closed_at := case when new.status in ('closed', 'cancelled', 'merged') then now() end;
  else
    new.resolved_at := old.resolved_at;
    new.closed_at := old.closed_at;
  end if;

  new.updated_at := now();
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.request_is_open(status text)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select status in ('submitted', 'open', 'waiting', 'scheduled')
$function$;

CREATE OR REPLACE FUNCTION public.request_merge_guard()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if old.merged_into is not null then
    raise exception 'a merge is final' using errcode = 'check_violation', constraint = 'request_merge';
  end if;
  if not exists (select 1 from request survivor
                 where survivor.id = new.merged_into
                   and request_is_open(survivor.status)
                   and (survivor.requester_id = new.requester_id or (not survivor.private and survivor.account_id = new.account_id))) then
    raise exception 'not a request of the same customer that is still open'
      using errcode = 'check_violation', constraint = 'request_merge';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.request_of_visitor_guard()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  moves constant text[] := array['status', 'last_number', 'due_at', 'rests_until', 'rank', 'resolved_at', 'closed_at',
                                 'updated_at', 'visit_on', 'visit_from', 'visit_to'];
begin
  if to_jsonb(new) - moves is distinct from to_jsonb(old) - moves then
    raise exception 'a customer changes only the status' using errcode = 'insufficient_privilege';
  end if;
  if new.status <> old.status and not (
       (old.status = 'waiting' and new.status in ('open', 'scheduled'))
       or (old.status in ('submitted', 'open') and new.status = 'scheduled')
       or (old.status = 'scheduled' and new.status = 'open')
       or (old.status in ('submitted', 'open') and new.status = 'cancelled' and old.work_began_at is null)
       or (old.status = 'resolved' and new.status = 'closed')
       or (old.status = 'resolved' and new.status = 'open'
           and greatest(old.resolved_at, old.wished_at) > now() - request_reopens_within())) then
    raise exception 'a visitor does not take a request from % to %', old.status, new.status
      using errcode = 'check_violation', constraint = 'request_move';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.request_reopens_within()
 RETURNS interval
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select interval '14 days'
$function$;

CREATE OR REPLACE FUNCTION public.request_words_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if tg_table_name = 'person' then
    insert into words_due (request_id) select r.id from request r where r.requester_id = new.id order by r.id
    on conflict (request_id) do update set request_id = excluded.request_id;
  else
    insert into words_due (request_id) values (new.id)
    on conflict (request_id) do update set request_id = excluded.request_id;
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.requests_elsewhere(customer uuid, besides uuid)
 RETURNS TABLE(reference text, team text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select r.reference, t.name
  from request r left join team t on t.id = r.team_id
  where app_role() = 'agent' and r.requester_id = customer and r.id is distinct from besides
    and not (r.team_id is null or r.team_id is not distinct from app_team() or r.agent_id is not distinct from app_person()
             or r.id = any ((select app_opened())::uuid[])
             or (not r.private and r.account_id = any ((select app_accounts_seen())::uuid[])))
  order by r.id desc
  limit 50;
$function$;

CREATE OR REPLACE FUNCTION public.requests_with(query tsquery, ended boolean, most integer)
 RETURNS SETOF uuid
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
 SET gin_fuzzy_search_limit TO '50000'
AS $function$
begin
  if not app_is_staff() then return; end if;
  return query
    select r.id from request_words w join request r on r.id = w.request_id
    where w.inside @@ query
      and ended = (r.status in ('resolved', 'closed', 'cancelled', 'merged'))
      and (app_role() in ('supervisor', 'admin') or r.team_id is null or r.team_id = app_team()
           or r.agent_id = app_person() or r.requester_id = app_person()
           or r.id = any ((select app_opened())::uuid[])
           or (not r.private and r.account_id = any ((select app_accounts_seen())::uuid[])))
    limit most;
end $function$;

CREATE OR REPLACE FUNCTION public.reserve_stock(of_depot text, of_product text, pieces integer, of_order uuid, since timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  update stock set reserved = reserved + pieces
    where depot = of_depot and product = of_product
      and on_hand - reserved - pieces_waited_for(of_depot, of_product, since, of_order) >= pieces;
  if not found then
    raise exception 'there is not enough of % left', of_product
      using errcode = 'check_violation', constraint = 'stock_reserved_fits';
  end if;
end $function$;

CREATE OR REPLACE FUNCTION public.return_abandoned_chats(silent interval)
 RETURNS TABLE(request_id uuid, locale text)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  one record;
begin
  for one in
    select r.id, r.agent_id, r.team_id, c.locale from conversation c
    join request r on r.id = c.request_id
    join chat_desk d on d.person_id = r.agent_id
    where c.ended_at is null and r.status in ('submitted', 'open') and d.seen_at < now() - silent
      and d.seen_at >= (select max(e.at) from request_event e where e.request_id = r.id and e.kind = 'assigned')
                       - interval '60 seconds'
    for update of r skip locked
  loop
    update request set agent_id = null where id = one.id;
    insert into request_event (request_id, number, actor_role, kind, payload)
      values (one.id, 1, '', 'assigned', jsonb_build_object('agent', null, 'team', one.team_id,
              'taken_from', jsonb_build_object('agent', one.agent_id, 'team', one.team_id)));
    request_id := one.id;
    locale := one.locale;
    return next;
  end loop;
end $function$;

CREATE OR REPLACE FUNCTION public.return_to_assistant(of_request uuid, said text, begun text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  old conversation;
  next_id uuid;
begin
  select * into old from conversation c where c.id = chat_in_hand(of_request);
  perform say_unsigned(of_request, said);
  update conversation c set ended_at = now()
  where c.ended_at is null and (c.id = old.id or (c.request_id is null
    and (c.person_id = old.person_id or (old.person_id is null and c.person_id is null and c.visitor = old.visitor))));
  insert into conversation (person_id, visitor, locale, returned_from)
    values (old.person_id, old.visitor, old.locale, of_request) returning id into next_id;
  insert into conversation_line (conversation_id, number, key, spoken_by, text)
    values (next_id, 1, gen_random_uuid(), 'assistant', begun);
end $function$;

CREATE OR REPLACE FUNCTION public.saved_reply_limit()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if (select count(*) from saved_reply r where r.person_id is not distinct from new.person_id
      and r.team_id is not distinct from new.team_id) > 200 then
    raise exception 'that many are enough' using errcode = 'check_violation', constraint = 'saved_reply_limit';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.say_as_assistant(of_request uuid, said text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  who constant text := coalesce(current_setting('app.person', true), '');
  as_what constant text := app_role();
  said_id uuid;
begin
  if not exists (select 1 from request r where r.id = of_request and r.channel = 'chat'
                 and (r.requester_id = app_person() or (r.requester_id is null and r.id = any (app_visited())))) then
    raise exception 'only of one''s own conversation' using errcode = 'insufficient_privilege';
  end if;
  perform set_config('app.person', '', true), set_config('app.role', 'system', true);
  insert into message (request_id, author_role, visibility, text)
    values (of_request, '', 'public', said) returning id into said_id;
  insert into request_event (request_id, number, actor_role, kind, visibility, payload)
    values (of_request, 1, '', 'message', 'public', jsonb_build_object('message', said_id));
  perform set_config('app.person', who, true), set_config('app.role', as_what, true);
end $function$;

CREATE OR REPLACE FUNCTION public.say_in_chat(of_request uuid, said text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  said_id uuid;
begin
  insert into message (request_id, author_role, visibility, text)
    values (of_request, '', 'public', said) returning id into said_id;
  insert into request_event (request_id, number, actor_role, kind, visibility, payload)
    values (of_request, 1, '', 'message', 'public', jsonb_build_object('message', said_id));
end $function$;

CREATE OR REPLACE FUNCTION public.say_unsigned(of_request uuid, said text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  who constant text := coalesce(current_setting('app.person', true), '');
  as_what constant text := app_role();
  said_id uuid;
begin
  perform set_config('app.person', '', true), set_config('app.role', 'system', true);
  insert into message (request_id, author_role, visibility, text)
    values (of_request, '', 'public', said) returning id into said_id;
  insert into request_event (request_id, number, actor_role, kind, visibility, payload)
    values (of_request, 1, '', 'message', 'public', jsonb_build_object('message', said_id));
  perform set_config('app.person', who, true), set_config('app.role', as_what, true);
end $function$;

CREATE OR REPLACE FUNCTION public.search_query(typed text)
 RETURNS tsquery
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  asked text;
  known text[];
  wanted tsquery;
  -- A number said in groups, and a reference without its dash, are one word.
  parts text[] := case when typed ~ '^[\d\s-]{6,24}$' then array[regexp_replace(typed, '[\s-]', '', 'g')]
                       else words_of(left(typed, 100)) end;
begin
  foreach asked in array parts loop
    known := '{}';
    if asked !~ '[0-9]' and length(asked) > 2
       and not exists (select 1 from search_word where word >= asked and word < asked || chr(1114111)) then
      known := array(select word from search_word where word like '%' || asked || '%' order by length(word) limit 50);
      if known = '{}' and length(asked) > 3 then
        known := array(
          select near.word from (
            select word, levenshtein_less_equal(word, asked, 2) as slips
            from search_word where word % asked order by similarity(word, asked) desc limit 100) near
          where slips <= case when length(asked) > 7 then 2 else 1 end
             or (slips = 2 and array(select unnest(string_to_array(near.word, null)) order by 1)
                             = array(select unnest(string_to_array(asked, null)) order by 1))
          limit 50);
      end if;
    end if;
    select case when wanted is null then it.one else wanted && it.one end into wanted
      from (select case when known = '{}' then (quote_literal(asked) || ':*')::tsquery
                        else (select string_agg(quote_literal(word), ' | ') from unnest(known) as word)::tsquery end) as it (one);
  end loop;
  return wanted;
end $function$;

CREATE OR REPLACE FUNCTION public.session_actor(session_token text)
 RETURNS TABLE(session_id uuid, person_id uuid, name text, email text, role text, team_id uuid, locale text, email_verified boolean, two_factor_enabled boolean, demo boolean, expires_at timestamp with time zone, seen_at timestamp with time zone)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  return query
    select s.id, p.id, p.name, p.email, p.role, p.team_id, p.locale,
           p.email_verified, p.two_factor_enabled, p.demo, s.expires_at,
           s.updated_at
    from sign_in_session s join person p on p.id = s.person_id
    where s.token = session_token and s.expires_at > now() and p.deactivated_at is null;
end $function$;

CREATE OR REPLACE FUNCTION public.session_seen(session uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  with used as (
    update sign_in_session set updated_at = now()
    where id = session and updated_at < now() - interval '5 minutes' returning person_id)
  update person p set seen_at = now() from used where p.id = used.person_id and p.role <> 'customer'
$function$;

CREATE OR REPLACE FUNCTION public.sessions_of_customer(of_person uuid)
 RETURNS integer
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if not (app_is_staff() and app_is_customer(of_person)) then
    raise exception 'only staff count the sessions of a customer' using errcode = 'insufficient_privilege';
  end if;
  return (select count(*) from sign_in_session where person_id = of_person and expires_at > now());
end $function$;

CREATE OR REPLACE FUNCTION public.sessions_standing(session_ids uuid[])
 RETURNS TABLE(session_id uuid, standing text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select s.id, p.role || ':' || coalesce(p.team_id::text, '') || ':' ||
         coalesce((select string_agg(m.account_id::text || m.scope, ',' order by m.account_id)
                   from account_member m where m.person_id = p.id and (m.expires_at is null or m.expires_at > now())), '')
  from sign_in_session s join person p on p.id = s.person_id
  where s.id = any (session_ids) and s.expires_at > now() and p.deactivated_at is null
$function$;

CREATE OR REPLACE FUNCTION public.settle_kept_card(of_id uuid, of_checkout text, of_state text, of_payer text, of_card text, of_brand text, of_last_four text, of_valid_until date, of_day date)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  card kept_card;
  begun uuid;
  wanted boolean;
begin
  select * into card from kept_card where id = of_id for update;
  if not found then return null; end if;
  if card.checkout is not null and card.checkout <> of_checkout then
    raise exception 'another page than this card has' using errcode = 'check_violation', constraint = 'kept_card_checkout';
  end if;
  wanted := card.state in ('begun', 'offered');
  if of_state in ('refused', 'expired') and wanted then
    update kept_card set state = of_state where id = of_id;
    return of_state;
  end if;
  if of_state <> 'kept' or card.state not in ('begun', 'offered', 'refused', 'expired') then return card.state; end if;
  if wanted and acts_on_account(card.person_id, card.account_id) then
    update programme set state = 'left', ended_on = greatest(began_on, of_day)
      where account_id = card.account_id and kind = 'autopay' and state in ('asked', 'active');
    insert into programme (account_id, kind, state, currency, method, card_name, most, began_on, enrolled_by, form_key)
      values (card.account_id, 'autopay', 'active', card.currency, 'card', of_card, card.most, of_day, card.person_id,
              card.form_key)
      returning id into begun;
  end if;
  update kept_card set state = case when begun is null then 'ended' else 'kept' end, programme_id = begun, payer = of_payer,
      card_name = of_card, brand = case when begun is not null then of_brand end,
      last_four = case when begun is not null then of_last_four end,
      valid_until = case when begun is not null then of_valid_until end
    where id = of_id;
  if begun is null then insert into outbox (job, payload) values ('billing.forget_card', jsonb_build_object('card', of_id)); end if;
  return case when begun is null then 'ended' else 'kept' end;
end $function$;

CREATE OR REPLACE FUNCTION public.settle_payment_attempt(of_id uuid, of_checkout text, of_state text, of_amount bigint, of_currency text, of_day date)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  attempt payment_attempt;
begin
  select * into attempt from payment_attempt where id = of_id for update;
  if not found then return null; end if;
  if attempt.checkout is not null and attempt.checkout <> of_checkout then
    raise exception 'another page than this attempt has' using errcode = 'check_violation', constraint = 'payment_attempt_checkout';
  end if;
  if attempt.state = 'paid' then return 'paid'; end if;
  if of_state <> 'paid' then
    if of_state in ('refused', 'expired') and attempt.state in ('begun', 'offered') then
      update payment_attempt set state = of_state, ended_at = now() where id = of_id;
      return of_state;
    end if;
    return attempt.state;
  end if;
  if of_currency is distinct from attempt.currency or of_amount is distinct from attempt.amount then
    raise exception 'another amount than was asked for' using errcode = 'check_violation', constraint = 'payment_attempt_amount';
  end if;
  update payment_attempt set state = 'paid', paid_on = of_day, ended_at = now() where id = of_id;
  if attempt.subject_kind = 'order' then
    insert into outbox (job, payload)
      values ('orders.paid', jsonb_build_object('orderId', attempt.subject_id, 'attemptId', of_id));
  elsif attempt.subject_kind = 'prebuy' then
    insert into outbox (job, payload) values ('orders.prebuy_paid', jsonb_build_object('id', attempt.subject_id));
  elsif attempt.account_id is not null then
    insert into payment (account_id, reference, amount, currency, method, state, paid_on, person_id, form_key, bill_id, settled_at)
      values (attempt.account_id, attempt.reference, attempt.amount, attempt.currency, 'card', 'settled', of_day,
              attempt.person_id, attempt.form_key,
              case when attempt.subject_kind = 'bill' then attempt.subject_id end, now());
  end if;
  insert into outbox (job, payload) values ('billing.tell_paid', jsonb_build_object('attemptId', of_id));
  return 'paid';
end $function$;

CREATE OR REPLACE FUNCTION public.slot_place_counts()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  was boolean := tg_op <> 'INSERT' and old.state in ('held', 'taken');
  stays boolean := tg_op <> 'DELETE' and new.state in ('held', 'taken');
  there slot;
begin
  if was and stays and old.slot_id = new.slot_id and old.comes_first = new.comes_first then return null; end if;
  perform 1 from slot where id in (case when was then old.slot_id end, case when stays then new.slot_id end)
    order by id for no key update;

  if stays and not (was and old.slot_id = new.slot_id) then
    update slot_place set state = 'given_back', why = 'expired', hold_until = null
      where id in (select id from slot_place
                   where slot_id = new.slot_id and state = 'held' and hold_until <= clock_timestamp() and id <> new.id
                   for update skip locked);
    select * into there from slot where id = new.slot_id;
    if there.closed_at is not null then
      raise exception 'this slot is closed' using errcode = 'check_violation', constraint = 'slot_closed';
    end if;
    if there.begins_at <= clock_timestamp() and app_whom() not in ('staff', 'system') then
      raise exception 'this slot has begun' using errcode = 'check_violation', constraint = 'slot_begun';
    end if;
    if there.taken >= there.capacity
       or (not new.comes_first and there.begins_at > clock_timestamp() + interval '48 hours'
           and there.capacity - there.taken <= greatest(there.kept_first - there.taken_first, 0)) then
      raise exception 'this slot is full' using errcode = 'check_violation', constraint = 'slot_taken_fits';
    end if;
  end if;

  if was then
    update slot set taken = taken - 1, taken_first = taken_first - old.comes_first::int where id = old.slot_id;
  end if;
  if stays then
    update slot set taken = taken + 1, taken_first = taken_first + new.comes_first::int where id = new.slot_id;
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.slot_place_first()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if new.state = 'given_back' then return new; end if;
  new.comes_first := case new.subject_kind
    when 'order' then exists (select 1 from customer_order o
                              where o.id = new.subject_id and premises_served_first(o.premises_id))
    else exists (select 1 from request r where r.id = new.subject_id and r.comes_first is not null) end;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.slot_place_keeps()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if app_as_customer() and old.state = 'taken' and (new.slot_id, new.state) is distinct from (old.slot_id, old.state)
     and exists (select 1 from slot where id = old.slot_id and begins_at <= now()) then
    raise exception 'it is too late to change this' using errcode = 'check_violation', constraint = 'slot_begun';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.slot_place_turns()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if new.subject_kind <> old.subject_kind or new.subject_id <> old.subject_id or new.id <> old.id then
    raise exception 'a place changes hands only by being given back' using errcode = 'check_violation';
  end if;
  if old.state = 'given_back' and new.state <> 'given_back' then
    raise exception 'a place given back is taken anew' using errcode = 'check_violation', constraint = 'slot_place_gone';
  end if;
  if (new.slot_id, new.state) is distinct from (old.slot_id, old.state) then
    new.sequence := old.sequence + 1;
    new.changed_at := now();
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.slots_offered(of_kind text, of_area text, of_skill text, after timestamp with time zone, before timestamp with time zone, first_served boolean, most integer)
 RETURNS TABLE(id uuid, on_day date, from_time time without time zone, to_time time without time zone, zone text, begins_at timestamp with time zone, ends_at timestamp with time zone, free integer, charge bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select o.id, o.on_day, o.from_time, o.to_time, o.zone, o.begins_at, o.ends_at, o.free, o.charge from (
    select s.*, s.capacity - s.taken + stale.places
      - case when first_served or s.begins_at <= now() + interval '48 hours' then 0
             else greatest(s.kept_first - s.taken_first, 0) end as free
    from slot s cross join lateral (
      select count(*)::integer as places from slot_place p
      where p.slot_id = s.id and p.state = 'held' and p.hold_until <= now()) stale
    where s.kind = of_kind and s.area = of_area and s.skill = of_skill and not s.arranged and s.closed_at is null
      and s.begins_at > greatest(after, now()) and s.begins_at <= before) o
  where o.free > 0
  order by o.begins_at, o.ends_at
  limit most
$function$;

CREATE OR REPLACE FUNCTION public.spend_budget()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  most constant integer := tg_argv[1]::integer;
  minutes constant integer := tg_argv[2]::integer;
  source constant text := nullif(current_setting('app.source', true), '');
  spent integer;
begin
  if app_role() = 'customer' and app_person() is not null then
    insert into budget as b (person_id, kind, count, window_ends_at)
      values (app_person(), tg_argv[0], 1, now() + make_interval(mins => minutes))
      on conflict (person_id, kind) do update set
        count = case when b.window_ends_at > now() then b.count + 1 else 1 end,
        window_ends_at = case when b.window_ends_at > now() then b.window_ends_at else excluded.window_ends_at end
      returning count into spent;
    perform spend_of_network(tg_argv[0], most, spent);
  elsif app_person() is null and source is not null then
    insert into source_budget as b (source, kind, count, window_ends_at)
      values (source, tg_argv[0], 1, now() + make_interval(mins => minutes))
      on conflict on constraint source_budget_pkey do update set
        count = case when b.window_ends_at > now() then b.count + 1 else 1 end,
        window_ends_at = case when b.window_ends_at > now() then b.window_ends_at else excluded.window_ends_at end
      returning (count + 4) / 5 into spent;
  end if;
  if spent > most then
    raise exception 'too many of one person or network' using errcode = 'check_violation', constraint = 'budget_spent';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.spend_of_network(what text, most integer, spent integer)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  source constant text := nullif(current_setting('app.source', true), '');
  together integer;
begin
  if source is null or spent % 10 <> 0 then return; end if;
  insert into source_budget as b (source, kind, count, window_ends_at)
    values (source, what || ', signed in', 10, now() + interval '1 hour')
    on conflict on constraint source_budget_pkey do update set
      count = case when b.window_ends_at > now() then b.count + 10 else 10 end,
      window_ends_at = case when b.window_ends_at > now() then b.window_ends_at else excluded.window_ends_at end
    returning count into together;
  if together > 20 * most then
    raise exception 'too many of one network' using errcode = 'check_violation', constraint = 'budget_spent';
  end if;
end $function$;

CREATE OR REPLACE FUNCTION public.staff_seen()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  update person set seen_at = now() where id = new.person_id and role <> 'customer';
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.stock_came()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  insert into outbox (job, payload)
    values ('orders.stock_came', jsonb_build_object('depot', new.depot, 'product', new.product));
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.stock_move_counts()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if tg_op <> 'INSERT' then
    raise exception 'the ledger of stock is only ever added to' using errcode = 'check_violation', constraint = 'stock_move_stays';
  end if;
  insert into stock (depot, product) values (new.depot, new.product) on conflict do nothing;
  update stock set on_hand = on_hand + new.full_change, empties = empties + new.empty_change,
      reserved = reserved + case when new.kind = 'delivered' then new.full_change else 0 end
    where depot = new.depot and product = new.product;
  if new.held_change <> 0 then
    insert into cylinder_holding (account_id, product) values (new.account_id, new.product) on conflict do nothing;
    update cylinder_holding set held = held + new.held_change
      where account_id = new.account_id and product = new.product;
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.stock_out_of_step()
 RETURNS TABLE(what text, depot text, product text, counted bigint, ledger bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select 'full', s.depot, s.product, s.on_hand::bigint, m.full_sum from stock s
    join lateral (select coalesce(sum(full_change), 0) as full_sum, coalesce(sum(empty_change), 0) as empty_sum
                  from stock_move where stock_move.depot = s.depot and stock_move.product = s.product) m on true
    where s.on_hand <> m.full_sum
  union all
  select 'empty', s.depot, s.product, s.empties, m.empty_sum from stock s
    join lateral (select coalesce(sum(empty_change), 0) as empty_sum
                  from stock_move where stock_move.depot = s.depot and stock_move.product = s.product) m on true
    where s.empties <> m.empty_sum
  union all
  select 'with customers', null, coalesce(h.product, l.product), coalesce(h.held, 0), coalesce(l.held, 0)
    from (select stock_move.product, sum(held_change) as held from stock_move group by 1) l
    full join (select cylinder_holding.product, sum(held) as held from cylinder_holding group by 1) h
      on h.product = l.product
    where coalesce(h.held, 0) <> coalesce(l.held, 0)
$function$;

CREATE OR REPLACE FUNCTION public.supply_of_caller(of_account uuid, of_premises uuid, of_request uuid)
 RETURNS text
 LANGUAGE sql
 STABLE
 SET search_path TO 'public', 'pg_temp'
AS $function$
  with about as (
    select coalesce(of_account, r.account_id) as account, coalesce(of_premises, r.premises_id) as premises
    from (select) as one left join request r on r.id = of_request
  ), homes as materialized (
    select p.id, p.account_id from about join premises p on p.account_id = any (
        case when about.account is not null then array[about.account] else array(
          select m.account_id from account_member m
          where m.person_id = app_person() and m.scope in ('view', 'act')
            and (m.expires_at is null or m.expires_at > now())
        ) end)
      and (about.premises is null or p.id = about.premises)
  ), told as (
    select exists (select from homes h join meter m on m.premises_id = h.id
                   where m.removed_on is null and m.unit <> 'kg') as piped,
           exists (select from homes h join bottled_supply b on b.premises_id = h.id)
             or exists (select from homes h join cylinder_holding c on c.account_id = h.account_id
                        where c.held > 0) as bottled
  )
  select case when piped and bottled then 'unknown' when bottled then 'cylinder' when piped then 'piped' end from told
$function$;

CREATE OR REPLACE FUNCTION public.take_in_request(of_request uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  them person;
begin
  select * into them from person p where p.id = app_person() and p.role = 'customer' and p.email_verified;
  if them.id is null then return false; end if;
  perform 1 from request r where r.id = of_request and r.requester_id is null and r.logged_by is null
    and lower(r.contact->>'caller_email') = them.email for update;
  if not found then return false; end if;
  perform set_config('app.role', 'system', true);
  update request set requester_id = them.id where id = of_request;
  perform set_config('app.role', 'customer', true);
  update conversation c set person_id = them.id, visitor = null,
    ended_at = case when exists (select 1 from conversation mine where mine.person_id = them.id
                                 and mine.ended_at is null) then coalesce(c.ended_at, now()) else c.ended_at end
  where c.request_id = of_request;
  delete from request_visitor where request_id = of_request;
  return true;
end $function$;

CREATE OR REPLACE FUNCTION public.team_guard()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  perform 1 from team where id = new.id for update;
  if exists (select 1 from person where team_id = new.id and deactivated_at is null)
     or exists (select 1 from invitation where team_id = new.id)
     or exists (select 1 from service_type where team_id = new.id)
     or exists (select 1 from request where team_id = new.id
                and status in ('submitted', 'open', 'waiting', 'scheduled', 'resolved')) then
    raise exception 'something is left in the team' using errcode = 'check_violation', constraint = 'team_is_empty';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.team_is_there()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  perform 1 from team where id = new.team_id and retired_at is null for key share;
  if found then
    return new;
  end if;
  -- A customer who sends a form at that very moment is not told about our teams: it is there for all of them.
  if tg_table_name = 'request' and tg_op = 'INSERT' then
    new.team_id := null;
    return new;
  end if;
  raise exception 'this team is no longer there' using errcode = 'check_violation', constraint = 'team_is_there';
end $function$;

CREATE OR REPLACE FUNCTION public.text_needs_number()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if new.channel = 'text' and not exists (
       select 1 from text_number t where t.person_id = new.person_id and t.stopped_at is null) then
    raise exception 'only a verified number is texted' using errcode = 'check_violation', constraint = 'text_needs_number';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.text_number_follows()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if regexp_replace(coalesce(new.phone, ''), '[^0-9+]', '', 'g') <> regexp_replace(coalesce(old.phone, ''), '[^0-9+]', '', 'g') then
    delete from text_code where person_id = new.id;
    delete from text_number where person_id = new.id;
    update contact_wish set channel = 'email', updated_at = now() where person_id = new.id and channel = 'text';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.text_number_stops()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  update contact_wish set channel = 'email', updated_at = now() where person_id = new.person_id and channel = 'text';
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.visit_code_given()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  insert into visit_code (visit_id, code) values (new.id, fresh_delivery_code()) on conflict do nothing;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.visit_follows()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  -- While we wait for an answer, whoever is booked still comes.
  stays boolean := new.status in ('scheduled', 'waiting') and new.visit_from is not null and new.visit_to is not null;
  coming visit;
  its_zone text;
begin
  -- A place at another time than the one that is booked is of no use to it.
  update slot_place p
    set state = 'given_back', hold_until = null,
        why = case when stays then 'moved' when new.status in ('resolved', 'closed', 'merged') then 'over' else 'cancelled' end
    where p.subject_kind = 'request' and p.subject_id = new.id and p.state in ('held', 'taken')
      and (new.status in ('resolved', 'closed', 'cancelled', 'merged')
           or (p.state = 'taken' and not (stays and exists (
                 select 1 from slot s where s.id = p.slot_id
                   and (s.on_day, s.from_time, s.to_time) = (new.visit_on, new.visit_from, new.visit_to)))));

  select * into coming from visit where request_id = new.id and ended_at is null for update;
  if not stays then
    update visit set state = 'called_off', sequence = sequence + 1, ended_at = now(), changed_at = now()
      where id = coming.id;
    return null;
  end if;

  select s.zone into its_zone from slot_place p join slot s on s.id = p.slot_id
    where p.subject_kind = 'request' and p.subject_id = new.id and p.state = 'taken';
  if coming.id is null and new.status = 'scheduled' then
    insert into visit (request_id, on_day, from_time, to_time, zone)
      values (new.id, new.visit_on, new.visit_from, new.visit_to, its_zone);
  elsif (coming.on_day, coming.from_time, coming.to_time, coming.zone)
        is distinct from (new.visit_on, new.visit_from, new.visit_to, its_zone) then
    update visit set on_day = new.visit_on, from_time = new.visit_from, to_time = new.visit_to, zone = its_zone,
                     state = 'booked', sequence = sequence + 1, changed_at = now()
      where id = coming.id;
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.visit_is_rated(of_visit uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select exists (select 1 from visit_rating where visit_id = of_visit)
$function$;

CREATE OR REPLACE FUNCTION public.visit_turns()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if old.ended_at is not null and new.state <> old.state
     and not (old.state = 'missed' and new.state in ('done', 'no_access', 'parts_missing', 'unsafe')) then
    raise exception 'this visit is over' using errcode = 'check_violation', constraint = 'visit_over';
  end if;
  if new.on_day <> old.on_day then
    new.technician_id := null;
    new.place_in_day := null;
  end if;
  if new.state = 'booked' then
    new.on_way_at := null;
    new.expected_from := null;
    new.expected_to := null;
  end if;
  if new.technician_id is distinct from old.technician_id and new.technician_id is not null
     and not exists (select 1 from person p where p.id = new.technician_id and p.role <> 'customer') then
    raise exception 'only staff go to visits' using errcode = 'check_violation', constraint = 'visit_technician_works_here';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.visits_before(of_visit uuid)
 RETURNS TABLE(id uuid, on_day date, state text, note text, technician text, service_type text, service_version integer)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select v.id, v.on_day, v.state, coalesce(b.note, ''), t.name, r.service_type, r.service_version
  from visit mine join request asked on asked.id = mine.request_id
  join request r on r.account_id = asked.account_id and r.premises_id = asked.premises_id and not r.private
  join visit v on v.request_id = r.id and v.id <> mine.id and v.ended_at is not null and v.state <> 'called_off'
  left join visit_report b on b.visit_id = v.id
  left join person t on t.id = v.technician_id
  where mine.id = of_visit and mine.technician_id = app_person() and mine.request_id = any (app_visits_mine())
  order by v.on_day desc, v.id desc limit 5
$function$;

CREATE OR REPLACE FUNCTION public.visits_of_calendar(secret_digest text)
 RETURNS TABLE(id uuid, on_day date, from_time time without time zone, to_time time without time zone, zone text, state text, sequence integer, changed_at timestamp with time zone, reference text, place text, locale text)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  whose calendar_address;
begin
  select * into whose from calendar_address a where a.digest = secret_digest and a.revoked_at is null;
  if whose.id is null then
    raise exception 'no such calendar' using errcode = 'no_data_found';
  end if;
  return query
    select v.id, v.on_day, v.from_time, v.to_time, v.zone, v.state, v.sequence, v.changed_at, r.reference,
           h.line || ', ' || h.town, p.locale
    from request r
    join visit v on v.request_id = r.id
    join person p on p.id = whose.person_id
    left join premises h on h.id = r.premises_id
    where r.requester_id = whose.person_id and v.on_day > current_date - 60
    order by v.on_day, v.from_time
    limit 200;
end $function$;

CREATE OR REPLACE FUNCTION public.words_of(text)
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select coalesce(array_agg(distinct left(word, 40)), '{}')
  from regexp_split_to_table(lower(unaccent('unaccent'::regdictionary, left($1, 200000))),
                             '[[:space:][:punct:]¿¡«»“”‘’„…–—·।€£₹]+') as word
  where word <> '';
$function$;
