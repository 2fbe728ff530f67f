/** What goes from a conversation into a form: the customer's own words, the newest of them, and no other. */
import { expect, test } from 'vitest';
import { takenOver, type SaidLine } from './taken-over.ts';
import { hrefInChat, type Way } from './turn.ts';

const noon = Date.parse('2026-05-04T12:00:00Z');
const own = (text: string, minute = 0): SaidLine => ({
  ...{ spoken_by: 'customer', text, ways: [] },
  at: new Date(noon + minute * 60_000)
});
const bots = (text: string, ways: Way[] = []): SaidLine => ({
  ...{ spoken_by: 'assistant', text, ways },
  at: new Date(noon)
});

test('their own messages are joined in order; what the assistant said and offered stays out', () => {
  const lines = [
    own('My bill doubled.'),
    bots('Is it one of these?', [{ label: 'Your bill seems too high', topic: 'service:BILL-HIGH' }]),
    own('Your bill seems too high'),
    bots('You can ask for it here.', [{ label: 'Go', href: '/requests/new/BILL-HIGH' }]),
    own('Not what I asked'),
    bots('Then tell me more.'),
    own('Eso no es lo que pregunté'),
    own(' We were\u202e away in\u00a0April. '),
    own('\u200b')
  ];
  expect(takenOver(lines, 4000)).toBe('My bill doubled.\nEso no es lo que pregunté\nWe were away in April.');
  expect(takenOver([bots('Hello')], 4000)).toBe('');
  expect(takenOver([], 4000)).toBe('');
});

test('of more than fits, the newest whole messages are taken; one that is too long by itself is cut', () => {
  expect(takenOver([own('one'), own('two'), own('three')], 9)).toBe('two\nthree');
  expect(takenOver([own('one'), own('two'), own('three')], 8)).toBe('three');
  expect(takenOver([own('🔥🔥🔥')], 2)).toBe('🔥🔥');
});

test('what was said more than a day before the last words is left where it is', () => {
  expect(takenOver([own('old', -24 * 60 - 1), own('new')], 4000)).toBe('new');
  expect(takenOver([own('old', -24 * 60), own('new')], 4000)).toBe('old\nnew');
});

test.each([
  ['/requests/new/BILL-HIGH', '/requests/new/BILL-HIGH?from=chat'],
  ['/requests/new/METER-READ?ask=person#date', '/requests/new/METER-READ?ask=person&from=chat#date'],
  ['/requests/new', '/requests/new?from=chat'],
  ['/help/read-my-bill?in=es', '/help/read-my-bill?in=es&from=chat'],
  ['/helpful', '/helpful'],
  ['/requests/newest', '/requests/newest'],
  ['/bills/programmes/autopay', '/bills/programmes/autopay']
])('the way %s leads to %s', (href, to) => {
  expect(hrefInChat(href)).toBe(to);
});
