-- Whoever has found a request has been asked whether they may see it. For the rest of that transaction its parts need not
-- ask again for each of their rows: the statement that finds it, under its policy, sets `app.request`
-- (`requests/server/queries.ts`). Like `app.person` it ends with the transaction. Everything else is asked as before.
create function app_request() returns uuid language sql stable parallel safe
as $$ select nullif(current_setting('app.request', true), '')::uuid $$;

alter policy event_seen on request_event using (
  (visibility = 'public' or (select app_is_staff()))
  and (request_id = (select app_request())
       or exists (select 1 from request r where r.id = request_event.request_id)));

alter policy message_seen on message using (
  (visibility = 'public' or (select app_is_staff()))
  and (request_id = (select app_request()) or exists (select 1 from request r where r.id = message.request_id)));

alter policy promise_seen on promise using (
  request_id = (select app_request()) or exists (select 1 from request r where r.id = promise.request_id));

alter policy attachment_seen on attachment using (
  request_id is not null
  and (visibility = 'public' or (select app_is_staff()))
  and (request_id = (select app_request()) or exists (select 1 from request r where r.id = attachment.request_id)));
