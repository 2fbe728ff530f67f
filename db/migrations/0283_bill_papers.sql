-- The paper of a bill as the billing system issued it. The file lies beside the others, under its own id; where there is
-- none, the paper is made.

create table bill_paper (
  bill_id uuid primary key references bill on delete cascade,
  file uuid not null unique,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  size integer not null check (size between 1 and 26214400),
  received_at timestamptz not null default now()
);

alter table bill_paper enable row level security;
create policy bill_paper_seen on bill_paper for select to hearth_web
  using (exists (select from bill b where b.id = bill_id));
create policy bill_paper_worker on bill_paper for select to hearth_worker using (true);
grant select on bill_paper to hearth_web, hearth_worker;
