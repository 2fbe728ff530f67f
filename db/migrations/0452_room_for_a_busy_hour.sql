-- Whoever moves house, or a landlord, comes near sixty an hour; what floods comes in thousands.
create or replace trigger budget_of_order after insert on customer_order for each row execute function spend_budget('request', '100', '60');
create or replace trigger budget_of_event after insert on order_event FOR EACH ROW WHEN ((new.kind <> ALL (ARRAY['placed'::text, 'preordered'::text]))) execute function spend_budget('event', '900', '60');
create or replace trigger budget_of_prebuy after insert on prebuy for each row execute function spend_budget('request', '100', '60');
create or replace trigger budget_of_refills after insert on refill_plan for each row execute function spend_budget('request', '100', '60');
create or replace trigger budget_of_request after insert on request for each row execute function spend_budget('request', '100', '60');
create or replace trigger budget_of_event after insert on request_event FOR EACH ROW WHEN ((new.kind <> ALL (ARRAY['submitted'::text, 'message'::text]))) execute function spend_budget('event', '900', '60');
