-- The feed says who acted, and from whom a request was taken away: they hear of it once more, to see it go.

drop function feed_after(xid8, bigint, integer);
create function feed_after(after_xid xid8, after_seq bigint, most integer)
returns table (xid xid8, seq bigint, request_id uuid, reference text, number integer, kind text, visibility text,
               actor_id uuid, requester_id uuid, account_id uuid, private boolean, team_id uuid, agent_id uuid,
               taken_from jsonb)
language sql stable security definer set search_path = public, pg_temp as $$
  select e.xid, e.seq, e.request_id, r.reference, e.number, e.kind, e.visibility,
         e.actor_id, r.requester_id, r.account_id, r.private, r.team_id, r.agent_id,
         case when e.kind = 'assigned' then e.payload->'taken_from' end
  from request_event e join request r on r.id = e.request_id
  where (e.xid, e.seq) > (after_xid, after_seq)
    and e.xid < pg_snapshot_xmin(pg_current_snapshot())
  order by e.xid, e.seq
  limit most
$$;
revoke all on function feed_after(xid8, bigint, integer) from public;
grant execute on function feed_after(xid8, bigint, integer) to hearth_web, hearth_worker;
