/** What the paper for those who run it says of the database and of the webhook is so. */
import { expect, test } from 'vitest';
import { sign } from '#lib/platform/server/webhook.ts';
import { read } from './source.ts';

const paper = read('docs/operations.md');

/** Tables whose texts are nobody's words: names of ours, codes, digests, and who somebody is. */
const noWords = new Set([
  // Empty, and nobody writes it (0556).
  'desk_draft',
  ...[
    'account',
    'account_code',
    'account_contact',
    'account_invitation',
    'account_member',
    'area',
    'area_postcode',
    'calendar_address',
    'compensation',
    'slot',
    'slot_day_off',
    'slot_pattern',
    'slot_place',
    'slot_rule',
    'visit',
    'bill',
    'bill_letter',
    'bill_paper',
    'depot',
    'depot_area',
    'product',
    'product_price',
    'stock',
    ...['bottled_supply', 'hazard_gone'],
    'cylinder_holding',
    'order_line',
    'order_code',
    'order_event',
    'order_move',
    'order_payment',
    'order_refund',
    'order_exception',
    'visit_code',
    'visit_charge',
    'refill_rule',
    'refill_plan',
    'cylinder_return',
    'refill_turn',
    'contact_wish',
    'text_number',
    'text_code',
    'text_reply',
    'closing',
    'data_copy',
    'priority_reminder',
    'payment',
    'payment_attempt',
    'dunning',
    'dunning_event',
    'dunning_move',
    'instalment_letter',
    'programme',
    'programme_event',
    'programme_move',
    'demo_checkout',
    'demo_card',
    'kept_card',
    'priority_service',
    'article',
    'article_version',
    'reading',
    'audit_entry',
    'bot_version',
    'emergency_entry',
    'invitation',
    'letter',
    'meter',
    'outbox',
    'source_budget'
  ],
  ...['prebuy', 'prebuy_offer', 'prebuy_move', 'prebuy_payment', 'prebuy_refund'],
  ...[
    'person',
    'premises',
    'promise',
    'request_event',
    'request_move',
    'request_visitor',
    'request_reference',
    'screen_verdict'
  ],
  ...['second_factor', 'service_type', 'service_type_version', 'sign_in_method', 'sign_in_session'],
  ...['wait_curve', 'wait_estimate'],
  ...['submission', 'team', 'budget', 'throttle', 'verification', 'wording_approval']
]);
/** The same, column by column, where others of the table hold words. */
const noWordsIn: Record<string, string> = {
  article_answer: 'locale visitor',
  bill_line: 'code label unit',
  customer_order: 'hazards reference depot skill status why digest currency pays paid_how locale',
  stock_move: 'depot product kind',
  call_back: 'state',
  conversation: 'visitor locale',
  conversation_line: 'spoken_by ways kind topic',
  bot_answer: 'locale kind topic next outcome',
  bot_lesson: 'topic',
  attachment: 'visitor address visibility declared_type state type kind sha256 scan why_rejected preview',
  caught_mail: 'by sender recipient',
  draft: 'owner visitor form',
  emergency: 'reference verdict hazard hazards status channel locale wording_version visitor address',
  emergency_said: 'kind',
  message: 'author_role visibility',
  text_message: 'key kind number job payload state',
  noted_payment: 'reference currency method number digest',
  payment_taken_back: 'reference',
  visit_report: 'outcome signed_how',
  request: 'reference service_type channel locale status comes_first'
};

test('every column of people’s words stands under "Erasing words"', () => {
  const left = columns()
    .filter(({ table, column }) => !noWords.has(table) && !noWordsIn[table]?.split(' ').includes(column))
    .filter(({ table, column }) => !paper.includes(`\`${table}.${column}\``));
  expect(left).toEqual([]);
});

/** All columns of the schema that take text. */
function columns() {
  const tables = read('db/schema.sql').matchAll(/^create table (\w+) \(\n([\s\S]*?)^\);/gm);
  return [...tables].flatMap(([, table = '', body = '']) =>
    [...body.matchAll(/^ {2}(\w+) (?:text|jsonb)\b/gm)].map(([, column = '']) => ({ table, column }))
  );
}

test('the example for checking the webhook takes what we sign, and nothing else', async () => {
  const [, code = ''] = /```js\n([\s\S]*?)```/.exec(paper) ?? [];
  const { isFromHearth } = (await import(
    /* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`
  )) as { isFromHearth: (header: string, body: string, secret: string) => boolean };
  const [secret, body] = ['a secret of both sides', '{"type":"emergency.unacknowledged"}'];
  expect(isFromHearth(sign(secret, body), body, secret)).toBe(true);
  expect(isFromHearth(sign('another secret of theirs', body), body, secret)).toBe(false);
  expect(isFromHearth(sign(secret, body), `${body} `, secret)).toBe(false);
  expect(isFromHearth(sign(secret, body, 1_700_000_000), body, secret)).toBe(false);
  expect(isFromHearth('', body, secret)).toBe(false);
});
