-- A promise counts either the hours when people are at work, or those of the clock on the wall.

alter table promise add column hours text not null default 'working' check (hours in ('working', 'clock'));

-- What is owed: still running, or missed and not yet done.
create index promise_owed on promise (request_id, due_at) where ended_at is null;
