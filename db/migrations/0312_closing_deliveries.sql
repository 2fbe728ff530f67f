-- A day on which no lorry can go: whoever has an order for it is told, keeps what is promised, and chooses another time.
insert into order_move (from_status, to_status, by_whom) values
  ('placed', 'missed', 'staff'), ('packed', 'missed', 'staff');
alter table customer_order drop constraint customer_order_why_check;
alter table customer_order add constraint customer_order_why_check check (why in (
  'customer', 'no_stock', 'unsafe', 'duplicate', 'nobody_home', 'no_access', 'no_code', 'other',
  'weather', 'staff', 'holiday', 'safety'));
-- Orders of a place are found by it.
create index customer_order_premises on customer_order (premises_id);
