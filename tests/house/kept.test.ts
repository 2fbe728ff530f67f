/** What the privacy page says of how long things are kept is what the sweeping jobs do. */
import { expect, test } from 'vitest';
import { read } from './source.ts';
import { freeTexts, ofPeople } from './tables-of-people.ts';

type Pages = Record<string, string>;
const wordsIn = (locale: string): Pages => JSON.parse(read(`src/lib/ui/words/${locale}/pages.json`));
const pages = { en: wordsIn('en'), es: wordsIn('es') };

/** One thing a sentence says: in both languages, and in the code that does it. */
type Said = [en: string, es: string, file: string, does: RegExp];

const drafts = 'src/lib/forms/server/drafts.ts';
const limits = 'src/lib/files/limits.ts';
const people = 'src/lib/people/server/jobs.ts';
const chat = 'src/lib/chat/server/jobs.ts';
const priority = 'src/lib/accounts/server/priority.ts';
const schema = 'db/schema.sql';
const fourteenDays = /FUNCTION public\.forgotten_after\(\)[^;]*interval '14 days'/;

const promised: Record<string, Said[]> = {
  privacy_files_text: [
    ['kept for a day', 'guardan un día', limits, /visitorLimits: Limits = [^]*?daysKept: 1\n/]
  ],
  privacy_long_1: [
    ['30 days', '30 días', drafts, /delete from draft where updated_at < now\(\) - interval '30 days'/],
    ['one day', 'un día', drafts, /person_id is null and updated_at < now\(\) - interval '1 day'/]
  ],
  privacy_long_2: [
    ['two weeks', 'dos semanas', limits, /personLimits: Limits = [^]*?daysKept: 14\n/],
    ['one day', 'un día', limits, /visitorLimits: Limits = [^]*?daysKept: 1\n/]
  ],
  privacy_long_3: [
    ['Links', 'enlaces', people, /forgetPast\(db, 'verification', 'expires_at'\)/],
    ['attempts', 'intentos', people, /forgetPast\(db, 'throttle', 'window_ends_at'\)/],
    ['session', 'sesión', people, /forgetPast\(db, 'sign_in_session', 'expires_at'\)/]
  ],
  privacy_long_4: [
    [
      '14 days',
      '14 días',
      schema,
      /create table closing \([^;]*due_at [^,]*default \(now\(\) \+ forgotten_after\(\)\)/
    ],
    ['14 days', '14 días', schema, fourteenDays]
  ],
  privacy_long_6: [
    [
      '30 days after the last message',
      '30 días desde el último mensaje',
      chat,
      /delete from conversation where request_id is null and last_at < now\(\) - interval '30 days'/
    ],
    ['one day', 'un día', chat, /person_id is null\s+and last_at < now\(\) - interval '1 day'/],
    [
      'for 30 days',
      'se guardan 30 días',
      chat,
      /set question = null\s+where question is not null and at < now\(\) - interval '30 days'/
    ],
    ['one year', 'un año', chat, /delete from bot_answer where at < now\(\) - interval '1 year'/]
  ],
  privacy_long_7: [
    [
      'as long as the request',
      'tanto como la solicitud',
      schema,
      /create table call_back \([^;]*FOREIGN KEY \(request_id\) REFERENCES request\(id\) ON DELETE CASCADE/
    ]
  ],
  privacy_long_8: [
    [
      'one year',
      'un año',
      'src/lib/emergencies/server/jobs.ts',
      /delete from screen_verdict where at < now\(\) - interval '1 year'/
    ]
  ],
  privacy_long_9: [
    ['14 days', '14 días', schema, fourteenDays],
    [
      'one year',
      'un año',
      schema,
      /r\.closed_at < now\(\) - case when r\.service_type = 'COMPLAINT' then interval '1 year' else forgotten_after\(\) end/
    ],
    ['no account', 'no tiene cuenta', 'src/lib/privacy/server/forgetting.ts', /from forget_visitors\(/]
  ],
  privacy_long_10: [
    [
      'one year',
      'un año',
      'src/lib/help/server/jobs.ts',
      /delete from article_answer where created_at < now\(\) - interval '1 year'/
    ]
  ],
  privacy_long_11: [
    ['end the registration', 'termine el registro', priority, /tx\.deleteFrom\('priority_service'\)/],
    ['close your online account', 'cierre su cuenta en línea', schema, /delete from priority_service where/]
  ],
  privacy_long_12: [
    [
      '30 days',
      '30 días',
      'src/lib/accounts/server/access-jobs.ts',
      /where coalesce\(ended_at, expires_at\) < now\(\) - interval '30 days'/
    ]
  ]
};

/** What laws say and no job of ours does. */
const byLaw = ['privacy_long_5'];

const asRows = Object.entries(promised).flatMap(([key, said]) => said.map((one) => [key, ...one] as const));

test.each(asRows)('%s: "%s" is what is done', (key, en, es, file, does) => {
  expect(pages.en[key]).toContain(en);
  expect(pages.es[key]).toContain(es);
  expect(read(file)).toMatch(does);
});

test('every sentence about how long is on the page, and has its rows', () => {
  const sentences = Object.keys(pages.en).filter((key) => /^privacy_long_\d/.test(key));
  const page = read('src/routes/(open)/privacy/+page.svelte');
  expect(sentences.filter((key) => !page.includes(`'pages.${key}'`))).toEqual([]);
  expect(sentences.filter((key) => !(key in promised) && !byLaw.includes(key))).toEqual([]);
  expect([...Object.keys(promised), ...byLaw].filter((key) => !pages.en[key])).toEqual([]);
});

test('no length of time stands there that has no row', () => {
  const times = /\b(?:\d+|one|two|a) (?:days?|weeks?|months?|years?)\b/g;
  for (const [key, text] of Object.entries(pages.en).filter(([name]) => name.startsWith('privacy_'))) {
    const rows = (promised[key] ?? []).map(([en]) => en);
    const open = [...text.matchAll(times)].filter(([time]) => !rows.some((row) => row.includes(time)));
    expect([key, open.map(([time]) => time)]).toEqual([key, []]);
  }
});

/** By which sentences the page says that a table with words is kept, and how long. */
const saidOf: Record<string, string[]> = {
  'what_1 long_4': ['person', 'contact_wish', 'text_number', 'account_contact'],
  'what_2 long_4': ['account', 'premises'],
  'what_2 long_12': ['account_invitation'],
  'what_3 long_1': ['draft', 'desk_draft'],
  'what_3 long_4 long_9': [
    ...['request', 'message', 'request_event', 'request_words', 'request_reference', 'request_visitor'],
    ...[
      'submission',
      'attachment',
      'opening',
      'visit_report',
      'visit_code',
      'letter',
      'text_message',
      'closing_hold'
    ]
  ],
  'what_4 long_3': ['text_code', 'sign_in_session', 'sign_in_method', 'second_factor', 'source_budget'],
  'what_5 long_5': ['emergency', 'emergency_entry', 'emergency_said'],
  'what_6 long_6': ['conversation', 'conversation_line', 'bot_answer'],
  'what_6 long_4': ['bot_lesson'],
  'what_6 long_7': ['call_back'],
  'what_8 long_5': [
    ...['bill', 'bill_line', 'bill_paper', 'payment', 'payment_attempt', 'payment_taken_back'],
    ...[
      'noted_payment',
      'kept_card',
      'programme',
      'dunning',
      'meter',
      'reading',
      'visit_charge',
      'compensation'
    ]
  ],
  'what_9 long_5': [
    ...[
      'customer_order',
      'order_line',
      'order_event',
      'order_payment',
      'order_code',
      'prebuy',
      'prebuy_payment'
    ],
    ...['refill_plan', 'cylinder_holding', 'cylinder_return']
  ],
  'what_10 long_11': ['priority_service'],
  'what_11 long_4': ['visit_rating', 'order_rating'],
  'what_11 long_10': ['article_answer']
};

/** Their words are of nobody who reads that page. */
const ofNoCustomer = [
  ...['article', 'article_version', 'product', 'product_price', 'prebuy_offer', 'refill_rule', 'slot'],
  ...[
    'slot_day_off',
    'stock',
    'stock_move',
    'wait_estimate',
    'wording_approval',
    'saved_reply',
    'invitation'
  ],
  // Letters of a demonstration, which never leave the machine.
  'caught_mail'
];

test('the page says of every table with words of people that it is kept, and how long', () => {
  const said = Object.values(saidOf).flat();
  const withWords = [...ofPeople()].filter((table) => freeTexts(table).length > 0);
  const open = withWords.filter((table) => !said.includes(table) && !ofNoCustomer.includes(table));
  expect(open, 'say on the privacy page what it is and how long, and name it in `saidOf`').toEqual([]);
  expect([...said, ...ofNoCustomer].filter((table) => !withWords.includes(table))).toEqual([]);

  const keys = Object.keys(saidOf).flatMap((names) => names.split(' '));
  expect(keys.filter((key) => !pages.en[`privacy_${key}`])).toEqual([]);
  const page = read('src/routes/(open)/privacy/+page.svelte');
  const whats = Object.keys(pages.en).filter((key) => /^privacy_what_\d/.test(key));
  expect(whats.filter((key) => !page.includes(`'pages.${key}'`))).toEqual([]);
});

test('complaints name the eight weeks and the ombudsman in the UK, and who supervises stands in every jurisdiction', () => {
  expect(pages.en['complaints_further_UK']).toMatch(/eight weeks .*Energy Ombudsman/);
  for (const place of ['US', 'UK', 'IN']) {
    expect(pages.en[`complaints_further_${place}`]).toBeTruthy();
    expect(pages.en[`privacy_supervisor_${place}`]).toBeTruthy();
  }
});
