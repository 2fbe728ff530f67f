/** What the database refuses of an order, as somebody is told. */
import { refuse } from '#lib/platform/refusal.ts';
import { isCheckViolation } from '#lib/platform/server/db.ts';

/** The refusal in words; what is no refusal of its comes back as it was. */
export function inWords(error: unknown): unknown {
  try {
    if (isCheckViolation(error, 'stock_reserved_fits')) refuse('conflict', 'orders.sold_out');
    if (isCheckViolation(error, 'order_not_sold') || isCheckViolation(error, 'order_not_yet'))
      refuse('conflict', 'orders.not_sold');
    if (isCheckViolation(error, 'order_empties_there')) refuse('conflict', 'orders.empties_gone');
    if (isCheckViolation(error, 'order_has_place')) refuse('conflict', 'slots.slot_gone');
    if (isCheckViolation(error, 'refill_rule_kept')) refuse('conflict', 'orders.too_soon');
    if (isCheckViolation(error, 'order_of_customer')) refuse('conflict', 'orders.not_theirs');
    if (isCheckViolation(error, 'budget_spent')) refuse('too_many', 'orders.too_often');
  } catch (refusal) {
    return refusal;
  }
  return error;
}
