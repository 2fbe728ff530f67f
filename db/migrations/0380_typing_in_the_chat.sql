-- When the customer last typed something that they have not sent: our people see that they are writing.
alter table conversation add column typed_at timestamptz;
grant update (typed_at) on conversation to hearth_web;
