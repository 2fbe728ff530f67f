-- What policies ask about the actor is asked once per statement, and only where it decides something. The lists of
-- accounts and openings were read inside the policies, under policies of their own: every page started some fifty
-- plan nodes that never ran. They answer about the actor of the transaction alone, who may see these rows anyway.

-- Their bodies are bound to what they name here (`begin atomic`), so they need no search path of their own, which would
-- cost more than the look-up.
create function app_accounts_seen() returns uuid[] language sql stable security definer
begin atomic
  select array(select m.account_id from public.account_member m
               where m.person_id = public.app_person() and m.scope in ('view', 'act'));
end;

create function app_accounts_acted_on() returns uuid[] language sql stable security definer
begin atomic
  select array(select m.account_id from public.account_member m
               where m.person_id = public.app_person() and m.scope = 'act');
end;

create function app_opened() returns uuid[] language sql stable security definer
begin atomic
  select array(select o.request_id from public.opening o
               where o.person_id = public.app_person() and o.opened_at > now() - interval '12 hours');
end;

revoke all on function app_accounts_seen(), app_accounts_acted_on(), app_opened() from public;
grant execute on function app_accounts_seen(), app_accounts_acted_on(), app_opened() to hearth_web;

alter policy request_seen on request using (
  requester_id = (select app_person())
  or (select app_role()) in ('supervisor', 'admin')
  or ((select app_role()) = 'agent' and (team_id is null or team_id = (select app_team())
      or agent_id = (select app_person()) or id = any ((select app_opened())::uuid[])))
  or (not private and account_id = any ((select app_accounts_seen())::uuid[]))
);
alter policy request_asked on request with check (
  (select app_is_staff())
  or (requester_id = (select app_person()) and logged_by is null
      and (account_id is null or account_id = any ((select app_accounts_acted_on())::uuid[])))
);
alter policy request_moved on request using (
  (select app_is_staff())
  or requester_id = (select app_person())
  or (not private and account_id = any ((select app_accounts_acted_on())::uuid[]))
);
alter policy premises_seen on premises using (
  (select app_is_staff()) or account_id = any ((select app_accounts_seen())::uuid[])
);
