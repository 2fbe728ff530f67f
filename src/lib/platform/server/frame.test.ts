/** The frame of a page is kept only where it is what we know, and holds nothing of whoever it was drawn for. */
import { expect, test } from 'vitest';
import { frameOf, frameQuery } from './frame.ts';

const drawn = (html: string, init?: ResponseInit) => new Response(html, init);
const page = `<html><head><!--a1--><title>Northgate Gas</title><link href="/a.css"></head>
  <body><input name="back" value="/requests/2222-2222?${frameQuery}"><main id="main"><!--[-1--><!--]--></main>
  <input name="back" value="/requests/2222-2222?${frameQuery}"></body></html>`;

test('what a page is about stands in the frame, at its own address', async () => {
  const frame = await frameOf(drawn(page), '/requests/2222-2222');
  const html = frame?.draw({
    head: '<title>Mine</title>',
    body: '<h1>$1 Mine</h1>',
    address: '/requests?a=1&amp;b'
  });
  expect(html).toBe(`<html><head><!--a1--><title>Mine</title><link href="/a.css"></head>
  <body><input name="back" value="/requests?a=1&amp;b"><main id="main"><h1>$1 Mine</h1></main>
  <input name="back" value="/requests?a=1&amp;b"></body></html>`);
});

test('its headers are kept, but not those of one answer', async () => {
  const headers = {
    'content-security-policy': "default-src 'self'",
    etag: '"1"',
    'set-cookie': 'a=1',
    link: '<a.css>'
  };
  const frame = await frameOf(drawn(page, { headers }), '/requests/2222-2222');
  expect(frame?.headers.map(([name]) => name).sort()).toEqual([
    'content-security-policy',
    'content-type',
    'link'
  ]);
});

test.each([
  ['an answer that is no page', drawn(page, { status: 303 })],
  ['a page that is about something', drawn(page.replace('<!--[-1-->', 'Ada'))],
  ['a page of two main parts', drawn(page.replace('</body>', '<main></main></body>'))],
  ['a page of two titles', drawn(page.replace('</head>', '<title>Other</title></head>'))],
  ['a page with a number of its own', drawn(page.replace('<link', '<script nonce="Zm9v"></script><link'))]
])('%s is no frame', async (_what, answer) => {
  expect(await frameOf(answer, '/requests/2222-2222')).toBeNull();
});
