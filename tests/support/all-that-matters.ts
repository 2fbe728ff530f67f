/** How many rows there are of all that matters, and how requests, staff and teams stand: to see that nothing changed. */

export const allThatMatters = `
select (select count(*) from request_event) as events, (select count(*) from message) as messages,
       (select count(*) from submission) as submissions, (select count(*) from opening) as openings,
       (select count(*) from presence) as presences, (select count(*) from attachment) as files,
       (select count(*) from emergency_entry) as emergencies, (select count(*) from person) as people,
       (select count(*) from sign_in_session) as sessions, (select count(*) from outbox) as letters,
       (select count(*) from invitation) as invitations, (select count(*) from audit_entry) as entries,
       (select json_agg(m order by account_id, person_id) from account_member m) as memberships,
       (select json_agg(p order by id) from (select id, role, team_id, deactivated_at from person) p) as standings,
       (select count(*) from conversation) as conversations, (select count(*) from conversation_line) as lines,
       (select json_agg((state, changes)) from article_version) as articles, (select count(*) from article_answer) as answers,
       (select count(*) from reading) as readings, (select count(*) from payment) as payments,
       (select json_agg(a order by id) from payment_attempt a) as attempts,
       (select json_agg(g order by id) from programme g) as programmes,
       (select json_agg(o order by id) from customer_order o) as orders,
       (select json_agg(c order by order_id) from order_code c) as order_codes,
       (select count(*) from order_event) as order_events, (select count(*) from stock_move) as moves,
       (select json_agg(p order by id) from slot_place p) as places,
       (select json_agg(t order by id) from team t) as teams,
       (select json_agg(s order by code) from service_type s) as types,
       (select json_agg(r order by id) from request r) as requests`;
