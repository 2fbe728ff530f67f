/** What the privacy page says of how long things are kept is what the sweeping jobs do. */
import { expect, test } from 'vitest';
import { read } from './source.ts';

type Pages = Record<string, string>;
const wordsIn = (locale: string): Pages => JSON.parse(read(`src/lib/ui/words/${locale}/pages.json`));
const pages = { en: wordsIn('en'), es: wordsIn('es') };

/** One thing a sentence says: in both languages, and in the code that does it. */
type Said = [en: string, es: string, file: string, does: RegExp];

const drafts = 'src/lib/forms/server/drafts.ts';
const limits = 'src/lib/files/limits.ts';
const people = 'src/lib/people/server/jobs.ts';
const chat = 'src/lib/chat/server/jobs.ts';
const schema = 'db/schema.sql';

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
      /create table closing \([^;]*due_at [^,]*default \(now\(\) \+ '14 days'::interval\)/
    ]
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

test('complaints name the eight weeks and the ombudsman in the UK, and who supervises stands in every jurisdiction', () => {
  expect(pages.en['complaints_further_UK']).toMatch(/eight weeks .*Energy Ombudsman/);
  for (const place of ['US', 'UK', 'IN']) {
    expect(pages.en[`complaints_further_${place}`]).toBeTruthy();
    expect(pages.en[`privacy_supervisor_${place}`]).toBeTruthy();
  }
});
