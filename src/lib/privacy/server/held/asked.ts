/** What somebody asked and said: requests with all that followed, talks, orders of words, emergencies. No notes of staff. */
import { sql } from 'kysely';
import type { HeldKind } from './kind.ts';
import { asked } from './kind.ts';

export const askedKinds: readonly HeldKind[] = [
  {
    // What another member wrote on it is theirs: that they did is said, their words are not.
    name: 'requests',
    tables: [
      ...[
        'request',
        'message',
        'request_event',
        'request_reference',
        'request_about',
        'request_read',
        'promise'
      ],
      ...['visit', 'compensation', 'visit_charge', 'call_back']
    ],
    of: (person) => sql`
      select r.id::text as k, json_build_object('reference', r.reference, 'service_type', r.service_type,
        'status', r.status, 'channel', r.channel, 'private', r.private, 'locale', r.locale,
        'description', r.description, 'answers', r.answers, 'contact', r.contact,
        'submitted_at', r.submitted_at, 'first_response_at', r.first_response_at, 'resolved_at', r.resolved_at,
        'closed_at', r.closed_at, 'comes_first', r.comes_first,
        'account', (select a.number from account a where a.id = r.account_id),
        'place', (select p.line from premises p where p.id = r.premises_id),
        'references', (select json_agg(o.reference order by o.reference)
          from request_reference o where o.request_id = r.id),
        'about', (select json_build_object('bill', (select b.number from bill b where b.id = x.bill_id),
            'reading', (select g.read_on from reading g where g.id = x.reading_id))
          from request_about x where x.request_id = r.id),
        'messages', coalesce((select json_agg(json_build_object('at', m.at,
            'by', case when m.author_id = ${person} then 'self' when m.author_role = 'customer' then 'another_member'
                  else 'utility' end,
            'text', case when m.author_id = ${person} or m.author_role <> 'customer' or m.author_id is null
                    then m.text end) order by m.id)
          from message m where m.request_id = r.id and m.visibility = 'public'), '[]'),
        'events', coalesce((select json_agg(json_build_object('kind', e.kind, 'at', e.at, 'by', e.actor_role,
            'status', e.payload->>'status') order by e.number)
          from request_event e where e.request_id = r.id and e.visibility = 'public'), '[]'),
        'promises', coalesce((select json_agg(json_build_object('kind', p.kind, 'state', p.state, 'hours', p.hours,
            'started_at', p.started_at, 'due_at', p.due_at, 'ended_at', p.ended_at) order by p.started_at)
          from promise p where p.request_id = r.id), '[]'),
        'visits', coalesce((select json_agg(json_build_object('on_day', v.on_day, 'from', v.from_time, 'to', v.to_time,
            'zone', v.zone, 'state', v.state, 'ended_at', v.ended_at) order by v.on_day)
          from visit v where v.request_id = r.id), '[]'),
        'compensations', coalesce((select json_agg(json_build_object('rule', c.rule, 'reason', c.reason,
            'amount_minor', c.amount, 'currency', c.currency, 'due_on', c.due_on, 'state', c.state))
          from compensation c where c.request_id = r.id), '[]'),
        'charges', coalesce((select json_agg(json_build_object('rule', h.rule, 'amount_minor', h.amount,
            'currency', h.currency, 'state', h.state, 'at', h.at)) from visit_charge h where h.request_id = r.id), '[]'),
        'call_back', (select json_build_object('phone', k.phone, 'begins_at', k.begins_at, 'ends_at', k.ends_at,
            'state', k.state, 'tries', k.tries) from call_back k where k.request_id = r.id),
        'read_up_to', (select q.number from request_read q where q.request_id = r.id and q.person_id = ${person})) as row
      from request r where r.requester_id = ${person}`
  },
  {
    name: 'files',
    tables: ['attachment'],
    of: (person) => sql`
      select f.id::text as k, json_build_object('id', f.id, 'name', f.name, 'type', f.type, 'kind', f.kind,
        'size', f.size, 'state', f.state, 'sha256', f.sha256, 'scan', f.scan, 'preview', f.preview,
        'has_position', f.has_position, 'stripped', f.stripped, 'width', f.width, 'height', f.height,
        'seconds', f.seconds, 'why_rejected', f.why_rejected, 'declared_type', f.declared_type,
        'created_at', f.created_at, 'received_at', f.received_at,
        'request', (select r.reference from request r where r.id = f.request_id),
        'reading', (select g.read_on from reading g where g.id = f.reading_id),
        'by_yourself', f.person_id is not distinct from ${person}::uuid) as row
      from attachment f
      where f.visibility = 'public' and (f.person_id = ${person} or (f.request_id = any ${asked(person)}
        and not exists (select from person p where p.id = f.person_id and p.role = 'customer')))`
  },
  {
    name: 'chats',
    tables: ['conversation', 'conversation_line', 'bot_answer'],
    of: (person) => sql`
      select 'talk ' || c.id as k, json_build_object('kind', 'talk', 'started_at', c.started_at, 'ended_at', c.ended_at,
        'locale', c.locale, 'rating', c.rating,
        'request', (select r.reference from request r where r.id = c.request_id),
        'lines', coalesce((select json_agg(json_build_object('by', l.spoken_by, 'text', l.text, 'at', l.at,
            'kind', l.kind, 'topic', l.topic) order by l.number)
          from conversation_line l where l.conversation_id = c.id), '[]')) as row
      from conversation c where c.person_id = ${person}
      union all
      select 'question ' || b.id, json_build_object('kind', 'question', 'question', b.question, 'topic', b.topic,
        'outcome', b.outcome, 'answered', b.kind, 'locale', b.locale, 'at', b.at)
      from bot_answer b where b.person_id = ${person}`
  },
  {
    name: 'feedback',
    tables: ['article_answer', 'bot_lesson', 'visit_rating', 'order_rating'],
    of: (person) => sql`
      select 'article ' || f.id as k, json_build_object('kind', 'article', 'article', a.slug, 'helped', f.helped,
        'words', f.words, 'locale', f.locale, 'at', f.created_at) as row
      from article_answer f join article a on a.id = f.article_id where f.person_id = ${person}
      union all
      select 'lesson ' || b.id, json_build_object('kind', 'lesson', 'question', b.question, 'topic', b.topic,
        'at', b.proposed_at)
      from bot_lesson b where b.asked_by = ${person}
      union all
      select 'visit ' || v.visit_id, json_build_object('kind', 'visit', 'score', v.score, 'words', v.words,
        'request', (select r.reference from request r where r.id = v.request_id), 'at', v.created_at)
      from visit_rating v where v.person_id = ${person}
      union all
      select 'order ' || o.order_id, json_build_object('kind', 'order', 'score', o.score, 'words', o.words,
        'at', o.created_at)
      from order_rating o where o.person_id = ${person}`
  },
  {
    name: 'emergencies',
    tables: ['emergency', 'emergency_said', 'emergency_entry'],
    of: (person) => sql`
      select e.id::text as k, json_build_object('reference', e.reference, 'received_at', e.received_at,
        'channel', e.channel, 'verdict', e.verdict, 'hazard', e.hazard, 'status', e.status, 'text', e.text,
        'phone', e.phone, 'place', e.place, 'locale', e.locale, 'wording_version', e.wording_version,
        'address', e.address, 'shown_at', e.shown_at,
        'dispatched_at', e.dispatched_at, 'attended_at', e.attended_at, 'made_safe_at', e.made_safe_at,
        'said', coalesce((select json_agg(json_build_object('kind', s.kind, 'at', s.at, 'text', s.text,
            'phone', s.phone, 'place', s.place) order by s.number)
          from emergency_said s where s.emergency_id = e.id), '[]'),
        'log', coalesce((select json_agg(json_build_object('kind', l.kind, 'at', l.at, 'by', l.actor_role)
            order by l.number)
          from emergency_entry l where l.emergency_id = e.id), '[]')) as row
      from emergency e where e.person_id = ${person}`
  }
];
