/** What is handed on to the billing system beside what came from it: what was agreed on, and how customers want to be reached. */

interface Written {
  /** An amount in whole units. */
  inMajor: (amount: string, currency: string) => string;
  /** Words of customers, so that no program takes them for a formula. */
  words: (cell: string) => string;
}

/** By the name of the file. Those with a `seq` only grow: it says how far a reader has come. */
export const handedOn = ({ inMajor, words }: Written): Record<string, string> => ({
  'programme-changes': `select e.seq, e.at, a.number as account, e.programme_id as programme, p.kind, e.what,
      ${inMajor('e.amount', 'p.currency')} as amount, p.currency, p.began_on, p.review_on, p.method,
      ${inMajor('p.most', 'p.currency')} as most, p.days, e.by_whom
    from programme_event e join programme p on p.id = e.programme_id join account a on a.id = e.account_id
    order by e.seq`,
  instalments: `select i.programme_id as programme, a.number as account, i.number, i.due_on,
      ${inMajor('i.amount', 'p.currency')} as amount, p.currency
    from instalment i join programme p on p.id = i.programme_id join account a on a.id = p.account_id
    order by i.programme_id, i.number`,
  'dunning-steps': `select e.seq, e.at, a.number as account, e.step, ${inMajor('e.amount', 'e.currency')} as amount, e.currency
    from dunning_event e join account a on a.id = e.account_id order by e.seq`,
  // What was let go again is a line of its own that takes it back.
  'visit-charges': `select w.at, a.number as account, h.visit_id as visit, r.reference as request, v.on_day as visited_on, w.what,
      ${inMajor("case when w.what = 'waived' then -h.amount else h.amount end", 'h.currency')} as amount, h.currency
    from visit_charge h join account a on a.id = h.account_id join request r on r.id = h.request_id
      join visit v on v.id = h.visit_id
      cross join lateral (values ('charged', h.at), ('waived', h.waived_at)) as w (what, at)
    where h.state <> 'free' and w.at is not null
    order by w.at, h.visit_id, w.what`,
  'customer-wishes': customerWishes(words)
});

/** A number stands as it is dialled, +1 and all: of digits, spaces, dots, dashes and brackets no formula comes to harm. */
const dialled = (words: Written['words'], cell: string) =>
  `case when ${cell} ~ '^\\+?[0-9][0-9 ().-]*$' then ${cell} else ${words(cell)} end`;

/**
 * As it stands: where the holder of an account wants their post, how they are reached, and in which form. Priority services
 * leave with their consent only, and not once they have run out.
 */
const customerWishes = (words: Written['words']) => `select a.number as account, ${words('p.name')} as name,
    ${dialled(words, 'p.phone')} as phone, ${dialled(words, 'w.second_phone')} as second_phone, ${words('w.street')} as street,
    ${words('w.town')} as town, ${words('w.postcode')} as postcode, coalesce(w.channel, 'email') as channel,
    array_to_string(w.formats, ' ') as formats, s.needs as priority_needs, s.wants as priority_wants
  from account a join account_member m on m.account_id = a.id and m.kind = 'holder'
    join person p on p.id = m.person_id and p.closed_at is null
    left join contact_wish w on w.person_id = p.id
    left join lateral (
      select string_agg(distinct need, ' ' order by need) as needs, string_agg(distinct want, ' ' order by want) as wants
      from premises x join priority_service v on v.premises_id = x.id
        left join lateral unnest(v.needs) as need on true left join lateral unnest(v.wants) as want on true
      where x.account_id = a.id and v.shared_at is not null and (v.until is null or v.until >= current_date)
    ) as s on true
  where w.person_id is not null or s.needs is not null
  order by a.number, p.id`;
