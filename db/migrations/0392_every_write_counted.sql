-- Whatever a customer or visitor can write again and again has an end in an hour. Staff, jobs and imports are not counted
-- (`spend_budget`). A landlord reads many meters in an evening; nobody moves one visit sixty times.
alter table budget drop constraint budget_kind_check;
alter table budget add constraint budget_kind_check check (kind in (
  'request', 'message', 'draft', 'attachment', 'settings', 'reading', 'place', 'programme', 'calendar', 'priority', 'closing',
  'copy', 'invitation', 'conversation', 'turn', 'rating', 'event', 'audit'));

create trigger budget_of_reading after insert or update of digits on reading
  for each row execute function spend_budget('reading', '300', '60');
create trigger budget_of_place after insert on slot_place
  for each row execute function spend_budget('place', '60', '60');
create trigger budget_of_move after update of slot_id on slot_place
  for each row when (new.slot_id <> old.slot_id) execute function spend_budget('place', '60', '60');

-- One at a time, but begun, ended and begun again each writes a row, and mostly a letter.
create trigger budget_of_programme after insert on programme
  for each row execute function spend_budget('programme', '60', '60');
create trigger budget_of_calendar after insert on calendar_address
  for each row execute function spend_budget('calendar', '60', '60');
create trigger budget_of_priority after insert or update on priority_service
  for each row execute function spend_budget('priority', '60', '60');
create trigger budget_of_closing after insert on closing
  for each row execute function spend_budget('closing', '20', '60');
create trigger budget_of_copy after insert on data_copy
  for each row execute function spend_budget('copy', '20', '60');
create trigger budget_of_invitation after insert on account_invitation
  for each row execute function spend_budget('invitation', '60', '60');
create trigger budget_of_conversation after insert on conversation
  for each row execute function spend_budget('conversation', '60', '60');
create trigger budget_of_turn after insert on refill_turn
  for each row execute function spend_budget('turn', '60', '60');
create trigger budget_of_rating after insert or update on visit_rating
  for each row execute function spend_budget('rating', '60', '60');
create trigger budget_of_rating after insert or update on order_rating
  for each row execute function spend_budget('rating', '60', '60');
create trigger budget_of_wish after insert or update on contact_wish
  for each row execute function spend_budget('settings', '60', '60');

-- What comes with a message or a new request has been counted there.
create trigger budget_of_event after insert on request_event
  for each row when (new.kind not in ('submitted', 'message')) execute function spend_budget('event', '300', '60');
create trigger budget_of_event after insert on order_event
  for each row when (new.kind not in ('placed', 'preordered')) execute function spend_budget('event', '300', '60');
create trigger budget_of_audit after insert on audit_entry
  for each row when (new.actor_role = 'customer') execute function spend_budget('audit', '300', '60');
