/** What stands on the accounts somebody holds: places, meters, readings, bills, payments, programmes. */
import { sql } from 'kysely';
import { held, type HeldKind } from './kind.ts';
export const accountKinds: readonly HeldKind[] = [
  {
    name: 'accounts',
    tables: ['account', 'account_member', 'account_invitation', 'account_code'],
    of: (person) => sql`
      select a.number as k, json_build_object('number', a.number, 'kind', m.kind, 'scope', m.scope,
        'since', m.created_at, 'until', m.expires_at,
        'holder', case when m.kind = 'holder' then a.holder end,
        'others', case when m.kind = 'holder' then coalesce((
          select json_agg(json_build_object('kind', o.kind, 'scope', o.scope, 'since', o.created_at,
            'until', o.expires_at) order by o.created_at)
          from account_member o where o.account_id = a.id and o.person_id <> ${person}), '[]') end,
        'invitations', coalesce((
          select json_agg(json_build_object('kind', i.kind, 'scope', i.scope, 'state', i.state,
            'sent_at', i.created_at, 'ended_at', i.ended_at, 'language', i.locale) order by i.created_at)
          from account_invitation i where i.account_id = a.id and i.invited_by = ${person}), '[]'),
        'codes', case when m.kind = 'holder' then coalesce((
          select json_agg(json_build_object('source', c.source, 'issued_at', c.issued_at, 'used_at', c.used_at)
            order by c.issued_at)
          from account_code c where c.account_id = a.id), '[]') end) as row
      from account_member m join account a on a.id = m.account_id where m.person_id = ${person}`
  },
  {
    name: 'premises',
    tables: ['premises', 'priority_service', 'priority_reminder', 'bottled_supply', 'hazard_gone'],
    of: (person) => sql`
      select p.id::text as k, json_build_object('account', a.number, 'reference', p.reference, 'line', p.line,
        'town', p.town, 'postcode', p.postcode,
        'priority_services', (select json_build_object('needs', s.needs, 'wants', s.wants, 'since', s.since,
          'until', s.until, 'shared_at', s.shared_at, 'by_yourself', s.registered_by = ${person})
          from priority_service s where s.premises_id = p.id),
        'priority_letters', coalesce((select json_agg(json_build_object('stage', l.stage, 'until', l.until,
            'at', l.created_at) order by l.created_at)
          from priority_reminder l where l.premises_id = p.id), '[]'),
        'bottled', (select json_build_object('kind', b.kind, 'since', b.since)
          from bottled_supply b where b.premises_id = p.id),
        'no_longer_there', coalesce((select json_agg(json_build_object('what', g.hazard, 'said_at', g.said_at)
            order by g.said_at) from hazard_gone g where g.premises_id = p.id), '[]')) as row
      from premises p join account a on a.id = p.account_id where p.account_id = any ${held(person)}`
  },
  {
    name: 'meters',
    tables: ['meter', 'reading_reminder'],
    of: (person) => sql`
      select m.id::text as k, json_build_object('serial', m.serial, 'account', a.number, 'place', p.line,
        'digits', m.digits, 'unit', m.unit, 'installed_on', m.installed_on, 'removed_on', m.removed_on,
        'reminders', coalesce((select json_agg(r.month order by r.month)
          from reading_reminder r where r.meter_id = m.id), '[]')) as row
      from meter m join premises p on p.id = m.premises_id join account a on a.id = p.account_id
      where p.account_id = any ${held(person)}`
  },
  {
    name: 'readings',
    tables: ['reading'],
    of: (person) => sql`
      select r.read_on || ' ' || r.id as k, json_build_object('meter', m.serial, 'read_on', r.read_on,
        'digits', r.digits, 'source', r.source, 'state', r.state, 'why', r.why, 'replaced', r.replaced, 'created_at', r.created_at,
        'by_yourself', r.taken_by is not distinct from ${person}::uuid) as row
      from reading r join meter m on m.id = r.meter_id join premises p on p.id = m.premises_id
      where p.account_id = any ${held(person)}`
  },
  {
    name: 'bills',
    tables: ['bill', 'bill_line', 'bill_letter', 'bill_paper'],
    of: (person) => sql`
      select b.issued_on || ' ' || b.id as k, json_build_object('number', b.number, 'account', a.number,
        'issued_on', b.issued_on, 'due_on', b.due_on, 'period_from', b.period_from, 'period_to', b.period_to,
        'total_minor', b.total, 'currency', b.currency, 'quantity', b.quantity, 'unit', b.unit,
        'opening', b.opening, 'closing', b.closing, 'estimated', b.estimated, 'temperature', b.temperature,
        'lines', (select json_agg(json_build_object('number', l.number, 'code', l.code, 'label', l.label,
            'quantity', l.quantity, 'unit', l.unit, 'rate', l.rate, 'amount_minor', l.amount) order by l.number)
          from bill_line l where l.bill_id = b.id),
        'paper', (select json_build_object('size', q.size, 'sha256', q.sha256, 'received_at', q.received_at)
          from bill_paper q where q.bill_id = b.id),
        'letters', coalesce((select json_agg(json_build_object('kind', e.kind, 'at', e.created_at) order by e.created_at)
          from bill_letter e where e.bill_id = b.id), '[]')) as row
      from bill b join account a on a.id = b.account_id where b.account_id = any ${held(person)}`
  },
  {
    name: 'payments',
    tables: ['payment', 'payment_attempt', 'noted_payment', 'payment_taken_back', 'kept_card'],
    of: (person) => sql`
      select 'payment ' || p.paid_on || ' ' || p.id as k, json_build_object('kind', 'payment', 'reference', p.reference,
        'account', a.number, 'bill', b.number, 'amount_minor', p.amount, 'currency', p.currency, 'method', p.method,
        'state', p.state, 'paid_on', p.paid_on, 'settled_at', p.settled_at, 'number', n.number, 'taken_back_at', k.at) as row
      from payment p join account a on a.id = p.account_id left join bill b on b.id = p.bill_id
        left join noted_payment n on n.id = p.id left join payment_taken_back k on k.noted_id = n.id
      where p.account_id = any ${held(person)}
      union all select 'attempt ' || t.id, json_build_object('kind', 'attempt', 'reference', t.reference, 'for', t.subject_kind,
        'amount_minor', t.amount, 'currency', t.currency, 'provider', t.provider, 'state', t.state,
        'paid_on', t.paid_on, 'created_at', t.created_at, 'ended_at', t.ended_at) from payment_attempt t where t.person_id = ${person}
      union all select 'card ' || c.id, json_build_object('kind', 'card', 'account', a.number, 'provider', c.provider,
        'brand', c.brand, 'last_four', c.last_four, 'valid_until', c.valid_until, 'most_minor', c.most,
        'currency', c.currency, 'state', c.state, 'created_at', c.created_at, 'expiry_told_at', c.expiry_told_at) from kept_card c join account a on a.id = c.account_id where c.person_id = ${person}`
  },
  {
    name: 'programmes',
    tables: ['programme', 'instalment', 'instalment_letter', 'programme_event', 'dunning', 'dunning_event'],
    of: (person) => sql`
      select 'programme ' || g.id as k, json_build_object('kind', g.kind, 'account', a.number, 'state', g.state,
        'amount_minor', g.amount, 'most_minor', g.most, 'currency', g.currency, 'days', g.days, 'method', g.method,
        'card_name', g.card_name, 'began_on', g.began_on, 'ended_on', g.ended_on, 'review_on', g.review_on,
        'instalments', coalesce((select json_agg(json_build_object('due_on', i.due_on, 'amount_minor', i.amount)
            order by i.number) from instalment i where i.programme_id = g.id), '[]'),
        'letters', coalesce((select json_agg(json_build_object('instalment', l.number, 'kind', l.kind, 'at', l.created_at))
          from instalment_letter l where l.programme_id = g.id), '[]'),
        'events', coalesce((select json_agg(json_build_object('what', e.what, 'by', e.by_whom, 'at', e.at,
            'amount_minor', e.amount) order by e.seq) from programme_event e where e.programme_id = g.id), '[]')) as row
      from programme g join account a on a.id = g.account_id where g.account_id = any ${held(person)}
      union all select 'reminding ' || a.number, json_build_object('kind', 'reminding', 'account', a.number,
        'now', (select json_build_object('step', d.step, 'since', d.since, 'due_on', d.due_on, 'holds', d.holds,
            'amount_minor', d.amount, 'currency', d.currency) from dunning d where d.account_id = a.id),
        'steps', (select json_agg(json_build_object('step', e.step, 'at', e.at, 'amount_minor', e.amount,
            'currency', e.currency) order by e.seq) from dunning_event e where e.account_id = a.id))
      from account a where a.id = any ${held(person)} and exists (select from dunning_event e where e.account_id = a.id)`
  }
];
