/** What is handed on to the billing system beside what came from it: files that only grow, each row with its number. */

/** Amounts in whole units; `seq` says how far a reader has come. By the name of the file. */
export const handedOn = (inMajor: (amount: string, currency: string) => string): Record<string, string> => ({
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
    from dunning_event e join account a on a.id = e.account_id order by e.seq`
});
