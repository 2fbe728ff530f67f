-- Conversations of visitors are forgotten after a day, those of customers after thirty: the sweep of every hour read all
-- that never became a request, to find the visitors' among them.
create index conversation_of_visitors on conversation (last_at) where request_id is null and person_id is null;
