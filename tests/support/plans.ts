/** Reading a plan of PostgreSQL: which tables a statement would read whole. */

export interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Index Cond'?: string;
  'One-Time Filter'?: string;
  Plans?: Plan[];
}

/** Indexes over a part of a table that stays small: what is open, what waits, what is due. */
const small =
  /^(request_(queue|resolved|resting|in_hand|merged)|promise_(due|owed|one_running)|person_(team|staff)|attachment_(expiry|waiting)|emergency_(open|unacknowledged|alarming)|reading_quarantined|conversation_live|payment_attempt_asked)/;

/**
 * The large tables that are read from one end to the other: in their own order, or along an index without saying where
 * to begin. Behind a limit an index may be read from its beginning.
 */
export function wholeReads(plan: Plan, large: readonly string[], limited = false): string[] {
  const type = plan['Node Type'];
  const table = plan['Relation Name'] ?? '';
  const index = plan['Index Name'] ?? '';
  const whole =
    large.includes(table) &&
    (type === 'Seq Scan' || (/^Index/.test(type) && !plan['Index Cond'] && !limited && !small.test(index)));
  const below =
    type === 'Limit' ? true : /Sort|Aggregate|Hash|Materialize|Group/.test(type) ? false : limited;
  return [
    ...(whole ? [`${type} of ${table}${index && ` by ${index}`}`] : []),
    ...(plan.Plans ?? []).flatMap((part) => wholeReads(part, large, below))
  ];
}
