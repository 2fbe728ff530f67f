-- That a bill has been paid is told as well, once: found by what arrived in the last days, however many payments there are.
alter table bill_letter drop constraint bill_letter_kind_check,
  add constraint bill_letter_kind_check check (kind in ('new', 'due', 'overdue', 'paid'));
create index payment_lately on payment (paid_on) where state = 'settled';
grant execute on function received_on_account(uuid) to hearth_worker;
