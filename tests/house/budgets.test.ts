/** Whatever somebody outside can write again and again has an end: a budget of an hour, or a reason that is named here. */
import { expect, test } from 'vitest';
import { read } from './source.ts';

const schema = read('db/schema.sql');

/** By a policy, or by a grant alone where a table has no policies. */
const written = [
  ...new Set(
    [
      ...schema.matchAll(/^create policy \S+ on (\S+) for (?:insert|all) to [^\n]*hearth_web/gm),
      ...schema.matchAll(/^grant [^;\n]*\binsert\b[^;\n]* on (\w+) to [^;\n]*hearth_web/gm)
    ].map(([, table = '']) => table)
  )
];

const counted = new Set(
  [...schema.matchAll(/^CREATE TRIGGER \S+ AFTER INSERT\b.* ON public\.(\w+) .*EXECUTE FUNCTION (\w+)\(/gm)]
    .filter(([, , does = '']) => does === 'spend_budget' || does.endsWith('_budget'))
    .map(([, table = '']) => table)
);

const because = (reason: string, tables: string[]) =>
  Object.fromEntries(tables.map((table) => [table, reason]));

const uncounted: Record<string, string> = {
  ...because('staff alone write it', [
    ...['area', 'area_postcode', 'article', 'article_version', 'bot_lesson', 'bot_version', 'chat_desk'],
    ...['closing_hold', 'cylinder_return', 'hazard_gone', 'emergency', 'emergency_entry', 'invitation'],
    ...['noted_payment', 'payment_taken_back', 'prebuy_offer', 'presence', 'product', 'product_price'],
    ...['refill_rule', 'saved_reply', 'slot', 'slot_day_off', 'slot_pattern', 'slot_rule', 'stock_move'],
    ...['team', 'visit_report', 'wording_approval'],
    ...['bottled_supply', 'depot', 'depot_area', 'order_payment', 'stock', 'visit_charge']
  ]),
  ...because('written in the transaction of what is counted', [
    ...[
      'bot_answer',
      'call_back',
      'instalment',
      'outbox',
      'order_exception',
      'order_line',
      'promise',
      'request_about',
      'request_reference'
    ],
    ...['submission']
  ]),
  ...because('one row for each that they see, written over', ['request_read', 'wait_estimate']),
  ...because('a web process writes so many in ten minutes and no more', ['screen_verdict']),
  ...because('of the demonstration alone', ['demo_card', 'demo_checkout'])
};

test.each(written)('what is written into %s is counted, or has an end of its own', (table) => {
  expect([table, counted.has(table) || table in uncounted]).toEqual([table, true]);
});

test('no reason is given for what is counted, or is not there', () => {
  expect(written.length).toBeGreaterThan(50);
  expect(Object.keys(uncounted).filter((table) => counted.has(table) || !written.includes(table))).toEqual(
    []
  );
});
