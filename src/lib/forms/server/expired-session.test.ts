import { expect, test } from 'vitest';
import { wordsFor } from '#lib/platform/words.ts';
import { expiredPage } from './expired-session.ts';
import { sentForm } from './unsaved-text.ts';
import { freeText } from '../free-text.ts';
import { offered } from '#lib/catalogue/offered.ts';

const answerTo = async (fields: Record<string, string>) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  const sent = sentForm(new URL('http://hearth/desk/requests/AAAA-2222?/reply'), form);
  const answer = expiredPage(
    freeText(form, offered),
    { next: '/desk/requests/AAAA-2222', sent, files: 'attachment_problem' in fields },
    wordsFor('en')
  );
  return { status: answer.status, html: await answer.text() };
};

test('whoever was signed out while writing reads every word again, and finds back', async () => {
  const { status, html } = await answerTo({ text: 'Dear Ada,\nwe look into it.', key: 'abc' });
  expect(status).toBe(401);
  expect(html).toContain('Dear Ada,\nwe look into it.');
  expect(html).toContain('/sign-in?next=%2Fdesk%2Frequests%2FAAAA-2222');
  expect(html).not.toMatch(/<textarea[^>]*>\s*abc/);
});

test('the whole form can be sent again from there, once they are back', async () => {
  const { html } = await answerTo({ text: 'Two\nlines & "quotes"', key: 'abc', password: 'kettles' });
  expect(html).toContain('action="/desk/requests/AAAA-2222?/reply"');
  expect(html).toContain('name="key" value="abc"');
  expect(html).toContain('name="text" value="Two\nlines &amp; &quot;quotes&quot;"');
});

test('a single word or number is shown as well; what nobody typed is not', async () => {
  const { html } = await answerTo({
    text: 'Thursday.',
    reading: '00412',
    key: '0f8fad5b-d9cb-469f-a165-70867728950e',
    safe: 'dG9rZW4',
    contact_by: 'email'
  });
  const shown = html.replace(/<input type="hidden"[^>]*>/g, '');
  expect(shown).toContain('Thursday.');
  expect(shown).toContain('00412');
  expect(shown).not.toMatch(/0f8fad5b|dG9rZW4|>\s*email</);
});

test('whose files could not be kept is told to choose them again', async () => {
  const { html } = await answerTo({ text: 'Here is the photo.', attachment_problem: 'gauge.jpg: …' });
  expect(html).toContain('Choose them again after signing in.');
  expect((await answerTo({ text: 'No photo.' })).html).not.toContain('Choose them again');
});

test('what was typed is text, whatever it says, and a password is not shown', async () => {
  const { html } = await answerTo({
    text: '</textarea><script>alert(1)</script> x',
    password: 'three old kettles'
  });
  expect(html).not.toContain('<script');
  expect(html).toContain('&lt;/textarea&gt;');
  expect(html).not.toContain('kettles');
});
