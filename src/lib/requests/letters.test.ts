/** Every letter says what happened, where to read it and what to do when it smells of gas, in both languages. */
import { describe, expect, test } from 'vitest';
import type { Occasion } from './letters.ts';
import { locales } from '#lib/platform/language.ts';
import { textOf } from '#lib/platform/server/texts.ts';
import { partsOfText } from '#lib/platform/texting.ts';
import { wordsFor } from '#lib/platform/words.ts';
import { requestLetter, type LetterFacts } from './letters.ts';

const head = {
  origin: 'https://hearth.example',
  utilityName: 'Northgate Gas',
  emergencyPhone: '1-800-555-0199',
  timeZone: 'America/New_York'
};
const facts: LetterFacts = {
  name: 'Ada Brook',
  reference: '7KQ4-M2XR',
  about: 'A question about a bill',
  due_at: new Date('2026-11-24T19:00:00Z'),
  visit: { visit_on: '2026-12-01', visit_from: '08:00:00', visit_to: '12:00:00' },
  until: { when: 'midnight', days: 0, at: '00:00' }
};
const occasions: Occasion[] = [
  'received',
  'answered',
  'asked_back',
  'booked',
  'visit_moved',
  'resolved',
  'cancelled',
  'reopened',
  'chatted'
];
const english = (occasion: Occasion, changed: Partial<LetterFacts> = {}) =>
  requestLetter(wordsFor('en'), occasion, { ...facts, ...changed }, head);

describe.each(locales)('in %s', (locale) => {
  test.each(occasions)('the letter "%s" is whole', (occasion) => {
    const { subject, text } = requestLetter(wordsFor(locale), occasion, facts, head);
    expect(subject).toContain('7KQ4-M2XR');
    expect(text).toContain('Ada Brook');
    expect(text).toContain('https://hearth.example/requests/7KQ4-M2XR');
    expect(text).toContain('1-800-555-0199');
    expect(`${subject} ${text}`).not.toMatch(/letters\.|undefined|null|\{/);
  });

  test.each([...occasions, 'visit_soon', 'visit_on_way'] satisfies Occasion[])(
    'as a text message "%s" is one line with its link, and names no kind of request',
    (occasion) => {
      const letter = requestLetter(wordsFor(locale), occasion, facts, head);
      const text = textOf({ ...letter, locale }, head);
      expect(text).toMatch(/^Northgate Gas: .*7KQ4-M2XR.* https:\/\/hearth\.example\/requests\/7KQ4-M2XR$/);
      expect(text).not.toMatch(/Ada|bill|letters\.|undefined|\{/);
      expect(partsOfText(text)).toBeLessThanOrEqual(locale === 'en' ? 1 : 3);
    }
  );
});

test('a text says when somebody comes', () => {
  for (const occasion of ['visit_soon', 'visit_on_way'] as const)
    expect(english(occasion).line).toMatch(/between 8:00\sAM and 12:00\sPM/);
});

test('a receipt says by when somebody answers, on the clock of the utility', () => {
  expect(english('received').text).toMatch(/will answer you by November 24, 2026.* 2:00\sPM\./);
});

test('a receipt for which nothing is promised promises nothing', () => {
  expect(english('received', { due_at: null }).text).not.toContain('answer you by');
});

test('the link opens the request at what is new, also by the private way in; a receipt opens its beginning', () => {
  expect(english('answered').text).toContain('https://hearth.example/requests/7KQ4-M2XR#new\n');
  expect(english('asked_back', { way: '/chat/again/token' }).text).toContain('/chat/again/token#new\n');
  expect(english('received').text).toContain('https://hearth.example/requests/7KQ4-M2XR\n');
});

test('a visit is told in local day and local times', () => {
  expect(english('booked').text).toMatch(/on Tuesday, December 1, 2026, between 8:00\sAM and 12:00\sPM\./);
});

test('a moved visit says from when to when', () => {
  const before = { visit_on: '2026-11-30', visit_from: '13:00:00', visit_to: '15:00:00' };
  const { subject, text } = english('visit_moved', { before });
  expect(subject).toBe('The visit for your request 7KQ4-M2XR has been moved');
  expect(text).toMatch(/will come on Tuesday, December 1, 2026, between 8:00\sAM and 12:00\sPM\./);
  expect(text).toMatch(/instead of Monday, November 30, 2026, between 1:00\sPM and 3:00\sPM/);
  expect(text).toContain('until midnight the night before.');
});

test('a booked visit says until when it can be moved, as it is set', () => {
  const until = (when: 'midnight' | 'hour', days: number, at: string) =>
    english('booked', { until: { when, days, at } }).text;
  expect(until('midnight', 0, '00:00')).toContain('until midnight the night before.');
  expect(until('hour', 0, '07:30')).toMatch(/until 7:30\sAM on the day\./);
  expect(until('hour', 1, '16:00')).toMatch(/until 4:00\sPM the day before\./);
  expect(until('hour', 3, '12:00')).toMatch(/until 12:00\sPM, 3 days before\./);
});

test('a resolution says how long it can be taken back', () => {
  expect(english('resolved').text).toContain('within 14 days');
});

test('what is private is not named', () => {
  expect(english('answered', { about: null }).text).not.toContain('It is about');
});
