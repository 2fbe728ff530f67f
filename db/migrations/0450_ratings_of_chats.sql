-- Supervisors read what customers said of chats, the newest first.
create index conversation_rated on conversation (ended_at desc) where rating is not null and ended_at is not null;
