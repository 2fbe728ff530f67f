/** What is typed about an article is read, tidied and bounded. */
import { expect, test } from 'vitest';
import { readDraft, slugOf, typedOf } from './form.ts';

const posted = (fields: Record<string, string>) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
};
const english = { topic: 'bills', title_en: ' A  title ', summary_en: 'Short.', body_en: 'One.\r\n\r\nTwo.' };

test('a language in which nothing is written is left out, and questions stand one a line', () => {
  const read = readDraft(posted({ ...english, questions_en: 'why\n\n why \nwhat for', action: '/readings' }));
  expect(read).toMatchObject({
    ok: true,
    draft: {
      topic: 'bills',
      texts: {
        en: { title: 'A title', body: 'One.\n\nTwo.', questions: ['why', 'what for'], action: '/readings' }
      }
    }
  });
  expect(read.ok && read.draft.texts.es).toBeUndefined();
});

test('what is shown again is what was read', () => {
  const read = readDraft(
    posted({ ...english, questions_en: 'why', title_es: 'Título', summary_es: 'Breve.', body_es: 'Uno.' })
  );
  if (!read.ok) throw new Error('it reads');
  const form = posted(typedOf(read.draft.topic, read.draft.texts));
  expect(readDraft(form)).toMatchObject({ ok: true, draft: { texts: read.draft.texts } });
});

test.each([
  [{}, ['topic', 'title_en']],
  [{ ...english, title_es: 'Solo el título' }, ['summary_es', 'body_es']],
  [{ ...english, title_en: 'ab' }, ['title_en']],
  [{ ...english, body_en: 'x'.repeat(20_001) }, ['body_en']],
  [{ ...english, questions_en: 'no' }, ['questions_en']],
  [
    { ...english, questions_en: Array.from({ length: 61 }, (_, n) => `question ${n}`).join('\n') },
    ['questions_en']
  ],
  [{ ...english, action: 'https://elsewhere.example' }, ['action']],
  [{ ...english, topic: 'weather' }, ['topic']]
])('what is wrong is said beside its field (%#)', (fields, wrong) => {
  const read = readDraft(posted(fields));
  expect(read.ok ? [] : Object.keys(read.problems)).toEqual(wrong);
});

test('an address is made of the title', () => {
  expect(slugOf('¿Cuándo llega la técnica?')).toBe('cuando-llega-la-tecnica');
  expect(slugOf('24 hours')).toBe('hours');
  expect(slugOf('गैस')).toMatch(/^article/);
});
