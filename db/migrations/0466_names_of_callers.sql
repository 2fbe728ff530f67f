-- The name and the number of whoever calls are held to what the forms take of everybody's.
create function caller_fits(contact jsonb) returns boolean
language sql immutable parallel safe set search_path = public, pg_temp as $$
  select coalesce(length(contact->>'caller_name') between 1 and 200
                    and contact->>'caller_name' !~* '://|[\x01-\x1f\u2028\u2029\u202a-\u202e\u2066-\u2069]', true)
     and coalesce(length(contact->>'caller_phone') <= 60, true)
     and coalesce(length(contact->>'caller_email') <= 254, true)
$$;

-- What was kept before is cut to that. Nobody is told, and nothing else follows from it.
alter table request disable trigger user;
update request set contact = contact
    || case when contact ? 'caller_name' then jsonb_build_object('caller_name', coalesce(nullif(btrim(left(regexp_replace(
         contact->>'caller_name', '://|[\x01-\x1f\u2028\u2029\u202a-\u202e\u2066-\u2069]', ' ', 'gi'), 200)), ''), '?')) else '{}' end
    || case when contact ? 'caller_phone' then jsonb_build_object('caller_phone', left(contact->>'caller_phone', 60)) else '{}' end
    || case when contact ? 'caller_email' then jsonb_build_object('caller_email', left(contact->>'caller_email', 254)) else '{}' end
  where not caller_fits(contact);
alter table request enable trigger user;
alter table request add constraint request_caller check (caller_fits(contact));

alter table person disable trigger user;
update person set phone = left(phone, 60) where length(phone) > 60;
alter table person enable trigger user;
alter table person add constraint person_phone_length check (length(phone) <= 60);
