-- The first cylinder of a place: whoever ordered it has said that it stands safely there, and whoever brings it looks.
alter table customer_order add column first_cylinder boolean not null default false;
