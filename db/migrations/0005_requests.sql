-- Requests and the one timeline that everything on them is written to.

create table request (
  id uuid primary key default uuidv7(),
  reference text not null check (reference ~ '^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$'),
  requester_id uuid references person,
  account_id uuid references account,
  premises_id uuid references premises,
  service_type text not null,
  service_version integer not null,
  private boolean not null default false,
  description text not null check (length(description) <= 4000),
  answers jsonb not null default '{}',
  contact jsonb not null default '{}',
  channel text not null check (channel in ('web', 'phone', 'counter', 'chat', 'email', 'api')),
  logged_by uuid references person,
  locale text not null default 'en',
  status text not null default 'submitted'
    check (status in ('submitted', 'open', 'waiting', 'scheduled', 'resolved', 'closed', 'cancelled', 'merged')),
  priority smallint not null default 3 check (priority between 1 and 4),
  team_id uuid references team,
  agent_id uuid references person,
  linked_to uuid references request,
  merged_into uuid references request,
  last_number integer not null default 0,
  -- The earliest promise that runs; infinity while none does, so that the queue sorts without gaps.
  due_at timestamptz not null default 'infinity',
  work_began_at timestamptz,
  visit_on date,
  visit_from time,
  visit_to time,
  submitted_at timestamptz not null default now(),
  first_response_at timestamptz,
  resolved_at timestamptz,
  closed_at timestamptz,
  updated_at timestamptz not null default now(),
  foreign key (service_type, service_version) references service_type_version (code, version),
  check ((status = 'merged') = (merged_into is not null)),
  check (status <> 'scheduled' or visit_on is not null),
  check (requester_id is not null or logged_by is not null)
);
create index request_of_person on request (requester_id, id desc);
create index request_of_account on request (account_id, id desc) where account_id is not null;
create index request_queue on request (due_at, id) where status in ('submitted', 'open', 'waiting', 'scheduled');
create index request_queue_team on request (team_id, due_at, id)
  where status in ('submitted', 'open', 'waiting', 'scheduled');
create index request_queue_agent on request (agent_id, due_at, id)
  where status in ('submitted', 'open', 'waiting', 'scheduled');
create index request_resolved on request (resolved_at) where status = 'resolved';

-- References stand in a table of their own, so that requests can be partitioned and a reference stays unique.
create table request_reference (
  reference text primary key,
  request_id uuid not null references request
);
create index request_reference_request on request_reference (request_id);

create table request_event (
  request_id uuid not null references request,
  number integer not null check (number > 0),
  seq bigint generated always as identity,
  xid xid8 not null default pg_current_xact_id(),
  kind text not null check (kind in ('submitted', 'assigned', 'message', 'note', 'status', 'priority', 'attachment',
    'visit', 'promise', 'work_began', 'linked', 'merged', 'viewed', 'details')),
  visibility text not null default 'public' check (visibility in ('public', 'internal')),
  actor_id uuid,
  actor_role text not null,
  at timestamptz not null default now(),
  payload jsonb not null default '{}',
  primary key (request_id, number),
  check (kind not in ('note', 'priority', 'viewed') or visibility = 'internal')
);
create index request_event_feed on request_event (xid, seq);

-- The text of a message or note stands apart from its event, so that it can be erased and the timeline stays whole.
create table message (
  id uuid primary key default uuidv7(),
  request_id uuid not null references request,
  author_id uuid references person,
  author_role text not null,
  visibility text not null check (visibility in ('public', 'internal')),
  text text not null check (length(text) between 1 and 10000),
  at timestamptz not null default now()
);
create index message_request on message (request_id);

create table promise (
  id uuid primary key default uuidv7(),
  request_id uuid not null references request,
  kind text not null check (kind in ('first_response', 'next_response', 'resolution')),
  minutes integer not null check (minutes > 0),
  state text not null default 'running' check (state in ('running', 'paused', 'kept', 'missed', 'dropped')),
  started_at timestamptz not null default now(),
  due_at timestamptz,
  minutes_left integer,
  ended_at timestamptz,
  check ((state = 'running') = (due_at is not null and ended_at is null) or state in ('kept', 'missed', 'dropped')),
  check (state <> 'paused' or minutes_left is not null)
);
create unique index promise_one_running on promise (request_id, kind) where state in ('running', 'paused');
create index promise_due on promise (due_at) where state = 'running';

-- One form opened is one key: the same key with the same content gives the first receipt again.
create table submission (
  key uuid primary key,
  person_id uuid not null references person,
  form text not null,
  digest text not null,
  request_id uuid not null references request,
  number integer,
  at timestamptz not null default now()
);
create index submission_at on submission (at);

-- What somebody is typing, kept under the key of the form that they opened.
create table draft (
  key uuid primary key,
  person_id uuid references person on delete cascade,
  visitor text,
  form text not null,
  typed jsonb not null default '{}',
  updated_at timestamptz not null default now(),
  check (person_id is not null or visitor is not null),
  check (length(typed::text) < 60000)
);
create index draft_of_person on draft (person_id, updated_at desc) where person_id is not null;
create index draft_of_visitor on draft (visitor) where visitor is not null;

-- An agent who opens a request of another team says why, and is then let in for the shift.
create table opening (
  person_id uuid not null references person,
  request_id uuid not null references request,
  reason text not null check (length(reason) between 3 and 500),
  opened_at timestamptz not null default now(),
  primary key (person_id, request_id, opened_at)
);

-- Who is looking at a request right now. May be lost at any time; never on a customer's page.
create unlogged table presence (
  request_id uuid not null,
  person_id uuid not null,
  typing boolean not null default false,
  seen_at timestamptz not null default now(),
  primary key (request_id, person_id)
);
