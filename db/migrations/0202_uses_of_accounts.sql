-- What others did with an account, of what the history of changes holds: for whoever holds the account.

create function account_deeds(of_account uuid)
returns table (id uuid, at timestamptz, actor_id uuid, action text)
language sql stable security definer set search_path = public, pg_temp as $$
  select e.id, e.at, e.actor_id, e.action from audit_entry e
  where (app_is_staff() or of_account = any (app_accounts_held()))
    and e.subject_kind = 'account' and e.subject_id = of_account
    and e.action in ('account.claimed', 'access.accepted', 'access.left') and e.actor_role = 'customer'
  union all
  -- Registered by somebody who acts, it stands in the history of whoever did it.
  select e.id, e.at, e.actor_id, e.action
  from (select distinct c.actor_id as id from audit_entry c
        where c.subject_kind = 'account' and c.subject_id = of_account and c.actor_role = 'customer'
          and c.action in ('account.claimed', 'access.accepted')) as fellow
  join audit_entry e on e.subject_id = fellow.id and e.subject_kind = 'person' and e.actor_id = fellow.id
  where (app_is_staff() or of_account = any (app_accounts_held()))
    and e.action = 'priority.changed'
    and exists (select 1 from premises p where p.account_id = of_account and p.id::text = e.detail->>'premises')
$$;
revoke all on function account_deeds(uuid) from public;
grant execute on function account_deeds(uuid) to hearth_web;
