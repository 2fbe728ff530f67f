/** What visitors asked the assistant lately, what it made of it, and what it was taught since. */
import type { makeTown } from './town.ts';

const hour = 3_600_000;

/** Language, question, what was answered, how sure, what was offered besides, and how it went on. */
const asked = [
  ['en', 'how do i pay my bill', 'article:how-to-pay', 0.97, 'fact:owed article:cannot-pay', 'helped'],
  [
    'en',
    'why did my bill go up so much',
    'article:bill-higher-than-usual',
    0.94,
    'article:estimated-bill',
    'helped'
  ],
  ['es', 'me mudo a fin de mes', 'article:moving-out', 0.91, 'service:TRANSFER article:moving-in', 'open'],
  [
    'en',
    'can you check if the meter is right',
    'guesses',
    0.41,
    'article:meter-test article:give-a-reading',
    'chosen'
  ],
  ['es', 'cuánto debo', 'fact:owed', 0.98, 'article:how-to-pay', 'open'],
  [
    'en',
    'the little window on my meter is black',
    'guesses',
    0.33,
    'article:give-a-reading article:meter-test',
    'again'
  ],
  ['en', 'do you come on a sunday', 'article:visit-what-to-expect', 0.7, 'fact:visit', 'again'],
  ['en', 'who painted the mona lisa', 'abstain', 0.04, '', 'open'],
  [
    'es',
    'la bombona viene con poco peso',
    'guesses',
    0.38,
    'service:LPG-DEFECT article:order-a-cylinder',
    'chosen'
  ],
  ['es', 'venden cocinas nuevas', 'abstain', 0.07, '', 'person'],
  [
    'en',
    'nobody came on tuesday and I waited all day',
    'article:visit-what-to-expect',
    0.76,
    'fact:visit',
    'person'
  ]
] as const;

const taught = [
  ['the little window on my meter is black', 'article:meter-test'],
  ['la bombona viene con poco peso', 'service:LPG-DEFECT']
] as const;

export function makeAssistant({ people }: ReturnType<typeof makeTown>, now: Date) {
  const answers = asked.map(([locale, question, came, confidence, next, outcome], index) => ({
    ...{
      id: idAt(now.getTime() - (asked.length - index) * 5 * hour, index),
      locale,
      question,
      confidence,
      outcome
    },
    at: new Date(now.getTime() - (asked.length - index) * 5 * hour),
    kind: came.includes(':') ? came.slice(0, came.indexOf(':')) : came,
    topic: came.includes(':') ? came : null,
    next: next === '' ? [] : next.split(' ')
  }));
  const teacher = people.find(({ role }) => role === 'supervisor')?.id;
  const agent = people.find(({ role }) => role === 'agent')?.id;
  const lesson = { proposed_at: now, until: null };
  return {
    answers,
    versions: [{ version: 1, made_by: teacher, made_at: now, back_to: null }],
    lessons: [
      ...taught.map(([question, topic], index) => ({
        ...{ ...lesson, id: idAt(now.getTime(), index), question, topic, proposed_by: teacher, since: 1 }
      })),
      {
        ...{ ...lesson, id: idAt(now.getTime(), taught.length), proposed_by: agent, since: null },
        ...{ question: 'do you come on a sunday', topic: 'article:visit-what-to-expect' }
      }
    ]
  };
}

/** A key of that moment, as the database would have made it (UUIDv7). */
function idAt(moment: number, index: number): string {
  const time = moment.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${index.toString(16).padStart(12, '0')}`;
}
