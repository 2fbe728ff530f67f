/** Who read which article of the help centre in the last weeks, what they said of it, and what the desk is writing. */
import type pg from 'pg';
import { chance } from './chance.ts';

/** How often each is opened on a day, roughly, and of how many answers how many say that it helped. */
const read: Record<string, [number, number]> = {
  'bill-higher-than-usual': [38, 0.71],
  'give-a-reading': [31, 0.9],
  'how-to-pay': [27, 0.86],
  'moving-in': [18, 0.88],
  'cannot-pay': [16, 0.79],
  'estimated-bill': [14, 0.66],
  'forgotten-password': [12, 0.82],
  'pilot-light': [9, 0.84]
};

const said: [string, boolean, string][] = [
  ['bill-higher-than-usual', false, 'It does not say how much one degree colder costs.'],
  ['bill-higher-than-usual', true, 'It was an estimate. Sorted.'],
  ['estimated-bill', false, 'When do I see the corrected bill?'],
  ['give-a-reading', false, 'My meter has a screen with a button. Which number is it?']
];

/** Articles are there before the town is. Where none are, this adds nothing. */
export async function seedReaders(client: pg.ClientBase, now: Date) {
  const luck = chance(20_261_130);
  for (const [slug, [views, share]] of Object.entries(read))
    for (let ago = 0; ago < 45; ago += 1) {
      const answers = luck.whole(0, Math.ceil(views / 4));
      const helped = Math.min(answers, Math.round(answers * share + luck.whole(0, 1) - 0.5));
      await client.query(
        `insert into article_day (article_id, day, views, helped, not_helped)
         select id, $2::date - $3::integer, $4, $5, $6 from article where slug = $1`,
        [
          slug,
          now,
          ago,
          luck.whole(Math.floor(views / 2), views),
          Math.max(0, helped),
          answers - Math.max(0, helped)
        ]
      );
    }
  for (const [n, [slug, helped, words]] of said.entries())
    await client.query(
      `insert into article_answer (article_id, locale, version, helped, words, visitor, created_at)
       select v.id, v.locale, v.version, $2, $3, $4, $5::timestamptz - $6::integer * interval '31 hours'
       from article_in_force v where v.slug = $1 and v.locale = 'en'`,
      [slug, helped, words, `demo reader ${n}`, now, n + 1]
    );
  await client.query(
    `insert into article_version (article_id, locale, version, title, summary, body, questions, action, state, written_by,
                                  proposed_by, note)
     select v.id, v.locale, v.version + 1, v.title, v.summary, v.body || $1, v.questions, v.action, 'proposed', p.id, p.id,
            'Readers ask about meters with a screen.'
     from article_in_force v, person p
     where v.slug = 'give-a-reading' and v.locale = 'en' and p.email = 'grace@agent.example'`,
    [
      '\n\n## A screen\n\nPress the button until you see **m³** or **ccf**, and write the figures before the point.'
    ]
  );
}
