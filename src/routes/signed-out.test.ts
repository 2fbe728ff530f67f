import { expect, test } from 'vitest';
import { wordsFor } from '#lib/platform/words.ts';
import { signedOutPage } from './signed-out.ts';

const answerTo = async (typed: Record<string, string>) => {
  const request = new Request('http://h.example/', { method: 'POST', body: new URLSearchParams(typed) });
  const answer = await signedOutPage(request, '/desk/requests/AAAA-2222', wordsFor('en'));
  return { status: answer.status, html: await answer.text() };
};

test('whoever was signed out while writing reads every word again, and finds back', async () => {
  const { status, html } = await answerTo({ text: 'Dear Ada,\nwe look into it.', key: 'abc' });
  expect(status).toBe(401);
  expect(html).toContain('Dear Ada,\nwe look into it.');
  expect(html).toContain('/sign-in?next=%2Fdesk%2Frequests%2FAAAA-2222');
  expect(html).not.toContain('abc');
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
