-- Forms that could be done twice by a second click get their key, and a programme what was asked for under it.
alter table programme add column digest text;

alter table account_invitation add column form_key uuid;
create unique index account_invitation_form on account_invitation (invited_by, form_key);
grant insert (form_key) on account_invitation to hearth_web;

alter table invitation add column form_key uuid;
create unique index invitation_form on invitation (invited_by, form_key);

alter table stock_move add column form_key uuid;
create unique index stock_move_form on stock_move (person_id, form_key) where form_key is not null;
