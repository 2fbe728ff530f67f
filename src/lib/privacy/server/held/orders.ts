/** What was ordered for the accounts somebody holds, what comes regularly, and the cylinders that are with them. */
import { sql } from 'kysely';
import { held, type HeldKind } from './kind.ts';

export const orderKinds: readonly HeldKind[] = [
  {
    name: 'orders',
    tables: [
      ...['customer_order', 'order_line', 'order_event', 'order_payment', 'order_refund', 'order_exception'],
      ...['refill_plan', 'refill_turn']
    ],
    of: (person) => sql`
      select o.id::text as k, json_build_object('reference', o.reference, 'account', a.number, 'status', o.status,
        'why', o.why, 'placed_on', o.placed_on, 'expected_on', o.expected_on, 'ended_at', o.ended_at,
        'total_minor', o.total, 'slot_charge_minor', o.slot_charge, 'paid_minor', o.paid, 'currency', o.currency,
        'pays', o.pays, 'paid_how', o.paid_how, 'by_yourself', o.person_id = ${person},
        'access_notes', case when o.person_id = ${person} then o.access_notes end,
        'first_cylinder', o.first_cylinder,
        'to_mind', case when o.person_id = ${person} then o.hazards end,
        'lines', (select json_agg(json_build_object('product', l.product, 'quantity', l.quantity,
            'unit_price_minor', l.unit_price, 'deposit_minor', l.deposit, 'empties', l.empties,
            'bought_ahead', l.prebought, 'amount_minor', l.amount) order by l.number) from order_line l where l.order_id = o.id),
        'looked_into', (select r.reference from order_exception x join request r on r.id = x.request_id
          where x.order_id = o.id),
        'events', coalesce((select json_agg(json_build_object('what', e.kind, 'at', e.at) order by e.number)
          from order_event e where e.order_id = o.id), '[]'),
        'payments', coalesce((select json_agg(json_build_object('amount_minor', p.amount, 'how', p.method,
            'receipt', p.reference, 'paid_on', p.paid_on, 'at', p.at))
          from order_payment p where p.order_id = o.id), '[]'),
        'refunds', coalesce((select json_agg(json_build_object('amount_minor', r.amount, 'currency', r.currency,
            'since', r.since, 'handed_on_at', r.handed_on_at)) from order_refund r where r.order_id = o.id), '[]')) as row
      from customer_order o join account a on a.id = o.account_id
      where o.person_id = ${person} or o.account_id = any ${held(person)}
      union all
      select 'refills ' || f.id, json_build_object('account', a.number, 'regular', f.product, 'quantity', f.quantity,
        'weeks', f.weeks, 'next_on', f.next_on, 'state', f.state, 'since', f.created_at, 'ended_at', f.ended_at,
        'by_yourself', f.person_id = ${person},
        'turns', coalesce((select json_agg(json_build_object('due_on', u.due_on, 'outcome', u.outcome, 'why', u.why,
            'at', u.at) order by u.period) from refill_turn u where u.plan_id = f.id), '[]'))
      from refill_plan f join account a on a.id = f.account_id
      where f.person_id = ${person} or f.account_id = any ${held(person)}`
  },
  {
    name: 'bought_ahead',
    tables: ['prebuy', 'prebuy_move', 'prebuy_payment', 'prebuy_refund'],
    of: (person) => sql`
      select b.id::text as k, json_build_object('account', a.number, 'product', b.product, 'quantity', b.quantity,
        'unit_price_minor', b.unit_price, 'amount_minor', b.amount, 'currency', b.currency, 'state', b.state,
        'good_until', b.good_until, 'left_over', b.left_over, 'created_at', b.created_at, 'bought_at', b.bought_at,
        'reminded_on', b.told_on, 'by_yourself', b.person_id = ${person},
        'moves', coalesce((select json_agg(json_build_object('kind', m.kind, 'change', m.change, 'at', m.at,
            'order', o.reference) order by m.at, m.id)
          from prebuy_move m left join customer_order o on o.id = m.order_id where m.prebuy_id = b.id), '[]'),
        'payments', coalesce((select json_agg(json_build_object('amount_minor', p.amount, 'how', p.method,
            'number', p.number, 'at', p.at))
          from prebuy_payment p where p.prebuy_id = b.id), '[]'),
        'refunds', coalesce((select json_agg(json_build_object('why', r.why, 'units', r.units, 'amount_minor', r.amount,
            'currency', r.currency, 'since', r.since, 'handed_on_at', r.handed_on_at))
          from prebuy_refund r where r.prebuy_id = b.id), '[]')) as row
      from prebuy b join account a on a.id = b.account_id
      where b.person_id = ${person} or b.account_id = any ${held(person)}`
  },
  {
    name: 'cylinders',
    tables: ['cylinder_holding', 'stock_move', 'cylinder_return'],
    of: (person) => sql`
      select a.number || ' ' || h.product as k, json_build_object('account', a.number, 'product', h.product,
        'held', h.held, 'moves', coalesce((select json_agg(json_build_object('kind', s.kind, 'at', s.at,
            'change', s.held_change) order by s.at)
          from stock_move s where s.account_id = a.id and s.product = h.product), '[]')) as row
      from cylinder_holding h join account a on a.id = h.account_id where h.account_id = any ${held(person)}
      union all
      select 'back ' || c.id, json_build_object('account', a.number, 'product', c.product, 'came_back', c.kind,
        'quantity', c.quantity, 'serial', c.serial, 'replaced', c.replaced, 'deposit_minor', c.refund,
        'currency', c.currency, 'at', c.at, 'handed_on_at', c.handed_on_at)
      from cylinder_return c join account a on a.id = c.account_id
      where c.person_id = ${person} or c.account_id = any ${held(person)}`
  }
];
