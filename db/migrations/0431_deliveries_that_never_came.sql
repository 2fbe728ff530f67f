-- A delivery that never came: its hours are long over, and it has not left the depot. The worker says so, the place is given
-- back, what was promised stays promised, and its customer chooses another time.
insert into order_move (from_status, to_status, by_whom) values
  ('placed', 'missed', 'system'), ('packed', 'missed', 'system');
alter table customer_order drop constraint customer_order_why_check;
alter table customer_order add constraint customer_order_why_check check (why in (
  'customer', 'no_stock', 'unsafe', 'duplicate', 'nobody_home', 'no_access', 'no_code', 'other',
  'weather', 'staff', 'holiday', 'safety', 'late'));
grant update (status, why) on customer_order to hearth_worker;
