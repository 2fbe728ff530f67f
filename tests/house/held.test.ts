/** Whatever table knows of people is in the copy of their data, or stands here with the reason why it is not. */
import { expect, test } from 'vitest';
import { heldKinds } from '#lib/privacy/server/held/kinds.ts';
import { kindNames } from '#lib/privacy/summary.ts';
import { filesOf, read } from './source.ts';
import { ofPeople, tables } from './tables-of-people.ts';

/** Not in the copy. Add a table here only if no word, number or deed of a customer stands in it for themself. */
const leftOut: Record<string, string> = {
  ...because('what we sell, serve and write, with who of the staff wrote it, and counts of nobody', [
    'article_day',
    ...[
      'article',
      'article_version',
      'bot_version',
      'refill_rule',
      'prebuy_offer',
      'slot',
      'slot_day_off',
      'slot_rule',
      'service_type'
    ],
    ...[
      'article_in_force',
      'area',
      'depot',
      'product',
      'product_price',
      'team',
      'stock',
      'order_move',
      'request_move'
    ]
  ]),
  ...because('of staff: their own work, or what they note for each other', [
    ...['chat_desk', 'saved_reply', 'invitation', 'opening', 'presence', 'visit_report', 'wording_approval']
  ]),
  ...because('empty, and nobody writes it (0556)', ['desk_draft']),
  ...because('counters that are forgotten within hours', ['budget', 'source_budget', 'throttle']),
  ...because('opens something: handing it out would weaken it', [
    ...['order_code', 'text_code', 'visit_code', 'second_factor', 'verification']
  ]),
  ...because('digests and numbers that find back what stands in the copy already', [
    ...[
      'submission',
      'wait_curve',
      'wait_estimate',
      'request_visitor',
      'request_words',
      'words_due',
      'screen_verdict',
      'slot_place',
      'search_word'
    ]
  ]),
  ...because('the copies themselves, and closings, which stand in `changes`', [
    'data_copy',
    'closing',
    'closing_hold'
  ]),
  ...because('work on its way, of ids alone', ['outbox']),
  ...because('a demonstration’s letters and payments, where nothing leaves the machine', [
    ...['caught_mail', 'demo_checkout']
  ])
};

/** Columns of text of tables in the copy that do not stand in it, and why. */
const columnsLeftOut: Record<string, string> = {
  person: 'role team_id',
  account_code: 'digest',
  account_invitation: 'email digest',
  calendar_address: 'digest',
  sign_in_session: 'token',
  sign_in_method: 'account_id password access_token refresh_token id_token scope',
  article_answer: 'visitor',
  attachment: 'visitor address visibility',
  audit_entry: 'actor_role subject_kind detail',
  bot_answer: 'next',
  conversation: 'visitor',
  conversation_line: 'ways',
  customer_order: 'depot digest locale skill',
  cylinder_return: 'depot',
  draft: 'owner visitor',
  emergency: 'visitor hazards',
  emergency_entry: 'payload actor_role',
  kept_card: 'checkout checkout_url payer card_name',
  letter: 'key message_id',
  text_message: 'key job payload',
  message: 'visibility author_role',
  noted_payment: 'note digest',
  payment_taken_back: 'reason',
  order_event: 'actor_role payload',
  payment_attempt: 'checkout checkout_url',
  programme: 'digest',
  request_event: 'visibility actor_role payload',
  stock_move: 'depot reason'
};

/** What closing an account leaves as it is. Add a table only if no word, name or contact of a customer stands in it. */
const staysAfterClosing: Record<string, string> = {
  ...because('what we sell, serve and write, with who of the staff wrote it, and counts of nobody', [
    ...[
      'article',
      'article_version',
      'article_day',
      'article_in_force',
      'bot_version',
      'refill_rule',
      'prebuy_offer',
      'slot'
    ],
    ...['slot_day_off', 'slot_rule', 'product', 'product_price', 'stock', 'service_type']
  ]),
  ...because('empty, and nobody writes it (0556)', ['desk_draft']),
  ...because('of staff: their own work', [
    'chat_desk',
    'saved_reply',
    'invitation',
    'presence',
    'wording_approval'
  ]),
  ...because('figures that the law keeps', [
    ...[
      'bill',
      'bill_line',
      'bill_letter',
      'bill_paper',
      'payment',
      'payment_attempt',
      'noted_payment',
      'payment_taken_back',
      'instalment',
      'instalment_letter'
    ],
    ...[
      'programme_event',
      'dunning',
      'dunning_event',
      'order_line',
      'order_event',
      'order_payment',
      'order_refund'
    ],
    ...['prebuy', 'prebuy_move', 'prebuy_payment', 'prebuy_refund'],
    ...['stock_move', 'cylinder_holding', 'cylinder_return', 'compensation', 'visit_charge', 'demo_checkout']
  ]),
  ...because('the record of emergencies', ['emergency_entry']),
  ...because('of the place, for whoever lives there next', [
    ...[
      'premises',
      'meter',
      'reading',
      'reading_reminder',
      'priority_reminder',
      'bottled_supply',
      'hazard_gone'
    ]
  ]),
  ...because('ids, codes and times, of which no word can be made', [
    ...[
      'request_event',
      'request_reference',
      'request_about',
      'promise',
      'visit',
      'slot_place',
      'submission'
    ],
    ...[
      'order_code',
      'order_exception',
      'refill_plan',
      'refill_turn',
      'visit_code',
      'wait_curve',
      'wait_estimate',
      'letter',
      'audit_entry',
      'screen_verdict',
      'outbox'
    ]
  ]),
  ...because('counters of networks, and links that lapse within days, sealed', [
    ...['source_budget', 'throttle', 'verification']
  ])
};

const inCopy = new Set(heldKinds.flatMap((kind) => kind.tables));

test('every table that belongs to somebody is in the copy, or left out for a reason', () => {
  const missing = [...ofPeople()].filter((table) => !inCopy.has(table) && !(table in leftOut));
  expect(missing, 'add them to src/lib/privacy/server/held, or to `leftOut` with a reason').toEqual([]);
});

test('every such table is forgotten with whoever closes their account, or stays for a reason', () => {
  const forgets = [...read('db/schema.sql').matchAll(/FUNCTION public\.(\w+)\([\s\S]*?\$function\$;/g)]
    .filter(([, name]) => name === 'close_customer' || name === 'forget_requests')
    .join('\n');
  const gone = new Set(
    [...forgets.matchAll(/\b(?:update|delete from|insert into) (\w+)/g)].map(([, table = '']) => table)
  );
  gone.add('account_member').add('conversation_line');
  const missing = [...ofPeople()].filter((table) => !gone.has(table) && !(table in staysAfterClosing));
  expect(missing, 'forget them in close_customer (a new migration), or name why they stay').toEqual([]);
  expect([...gone].filter((table) => table in staysAfterClosing)).toEqual([]);
});

test('nothing is in both, and all that is named is there', () => {
  expect([...inCopy].filter((table) => table in leftOut)).toEqual([]);
  const known = [...tables.keys(), 'article_in_force'];
  expect([...inCopy, ...Object.keys(leftOut)].filter((table) => !known.includes(table))).toEqual([]);
});

test('the tables that a kind names are those it reads, and every column of text of theirs is in it', () => {
  const source = filesOf('src/lib/privacy/server/held/*.ts').map(read).join('\n');
  const parts = source.split(/\n {4}name: '/).slice(1);
  const readOf = new Map(parts.map((part) => [part.slice(0, part.indexOf("'")), part]));
  for (const { name, tables: named } of heldKinds) {
    const part = readOf.get(name) ?? '';
    for (const table of named)
      expect(part, `${name} reads ${table}`).toMatch(new RegExp(`(from|join) ${table}\\b`));
  }
  const forgotten = [...inCopy].flatMap((table) => {
    const text = heldKinds
      .filter((kind) => kind.tables.includes(table))
      .map(({ name }) => readOf.get(name))
      .join();
    const known = columnsLeftOut[table]?.split(' ') ?? [];
    const columns = tables.get(table)?.texts ?? [];
    return columns
      .filter((it) => !known.includes(it) && !new RegExp(`\\b\\w+\\.${it}\\b`).test(text))
      .map((it) => `${table}.${it}`);
  });
  expect(forgotten).toEqual([]);
});

test('no secret and no note of staff is read for a copy', () => {
  const source = filesOf('src/lib/privacy/server/held/*.ts').map(read).join('\n');
  expect(source).not.toMatch(/\b(password|token|backup_codes|secret|digest|desk_draft|visit_report)\b/);
  expect(source).toMatch(/from message m where m\.request_id = r\.id and m\.visibility = 'public'/);
});

test('every file of it has a name in words', () => {
  expect(heldKinds.map(({ name }) => name)).toEqual([...kindNames]);
});

function because(reason: string, names: string[]) {
  return Object.fromEntries(names.map((name) => [name, reason]));
}
