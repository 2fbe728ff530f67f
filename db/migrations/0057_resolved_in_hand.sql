-- An index over all that somebody has in hand drew their queue away from the one that is in the queue's own order. What
-- is open stands there already; only what is resolved needs an index of its own.

drop index request_held;
create index request_in_hand_resolved on request (agent_id) where agent_id is not null and status = 'resolved';
