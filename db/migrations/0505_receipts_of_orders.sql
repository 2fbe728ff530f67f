-- Whoever pays by card gets the receipt by a letter, whatever they paid for: an order and what is bought ahead as well.
create or replace function public.settle_payment_attempt(of_id uuid, of_checkout text, of_state text, of_amount bigint, of_currency text, of_day date)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  attempt payment_attempt;
begin
  select * into attempt from payment_attempt where id = of_id for update;
  if not found then return null; end if;
  if attempt.checkout is not null and attempt.checkout <> of_checkout then
    raise exception 'another page than this attempt has' using errcode = 'check_violation', constraint = 'payment_attempt_checkout';
  end if;
  if attempt.state = 'paid' then return 'paid'; end if;
  if of_state <> 'paid' then
    if of_state in ('refused', 'expired') and attempt.state in ('begun', 'offered') then
      update payment_attempt set state = of_state, ended_at = now() where id = of_id;
      return of_state;
    end if;
    return attempt.state;
  end if;
  if of_currency is distinct from attempt.currency or of_amount is distinct from attempt.amount then
    raise exception 'another amount than was asked for' using errcode = 'check_violation', constraint = 'payment_attempt_amount';
  end if;
  update payment_attempt set state = 'paid', paid_on = of_day, ended_at = now() where id = of_id;
  if attempt.subject_kind = 'order' then
    insert into outbox (job, payload)
      values ('orders.paid', jsonb_build_object('orderId', attempt.subject_id, 'attemptId', of_id));
  elsif attempt.subject_kind = 'prebuy' then
    insert into outbox (job, payload) values ('orders.prebuy_paid', jsonb_build_object('id', attempt.subject_id));
  elsif attempt.account_id is not null then
    insert into payment (account_id, reference, amount, currency, method, state, paid_on, person_id, form_key, bill_id, settled_at)
      values (attempt.account_id, attempt.reference, attempt.amount, attempt.currency, 'card', 'settled', of_day,
              attempt.person_id, attempt.form_key,
              case when attempt.subject_kind = 'bill' then attempt.subject_id end, now());
  end if;
  insert into outbox (job, payload) values ('billing.tell_paid', jsonb_build_object('attemptId', of_id));
  return 'paid';
end $function$;
