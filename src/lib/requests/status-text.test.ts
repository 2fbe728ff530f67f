/** What a customer is told of where their request stands, in both languages. */
import { expect, test } from 'vitest';
import { wordsFor } from '#lib/platform/words.ts';
import { statuses } from './status.ts';
import {
  dayAt,
  looks,
  mostBefore,
  stepsOf,
  tellPlace,
  tellPromises,
  tellStatus,
  type Told
} from './status-text.ts';

const zone = 'America/New_York';
const now = new Date('2026-11-23T15:00:00Z');
const told: Told = { status: 'submitted', due_at: null, visit_on: null, visit_from: null, visit_to: null };
const say = (also: Partial<Told>, locale: 'en' | 'es' = 'en') =>
  tellStatus({ ...told, ...also }, wordsFor(locale), zone, now);

const visit = { visit_on: '2026-12-01', visit_from: '08:00:00', visit_to: '12:00:00' };

test('every state has a sentence of its own, in either language', () => {
  const sentences = statuses.flatMap((status) => [
    say({ ...visit, status }),
    say({ ...visit, status }, 'es')
  ]);
  expect(new Set(sentences).size).toBe(2 * statuses.length);
});

test('by when is said in the day and hour of the utility', () => {
  const due_at = new Date('2026-11-26T02:30:00Z');
  expect(plain(say({ due_at }))).toContain('by 9:30 PM on Wednesday, November 25');
  expect(say({ due_at }, 'es')).toContain('a más tardar el miércoles, 25 de noviembre a las 21:30');
});

test('the day it is and the day after are called by their names', () => {
  expect(plain(say({ due_at: new Date('2026-11-24T02:30:00Z') }))).toContain('by 9:30 PM today');
  expect(plain(say({ due_at: new Date('2026-11-24T14:00:00Z') }))).toContain('by 9:00 AM tomorrow');
  expect(say({ ...visit, visit_on: '2026-11-24', status: 'scheduled' }, 'es')).toContain('irá mañana');
});

test('a promise that was missed is said to be missed', () => {
  const late = say({ status: 'open', due_at: new Date('2026-11-23T14:59:00Z') });
  expect(late).toContain('missed it');
  expect(say({ status: 'waiting', due_at: new Date(0) })).not.toContain('missed');
});

test('a visit is said with its day and its hours', () => {
  expect(plain(say({ ...visit, status: 'scheduled' }))).toMatch(/December 1.*between 8:00 AM and 12:00 PM/);
});

test('a place in line is said as people count', () => {
  const place = (before: number | null, locale: 'en' | 'es' = 'en') => tellPlace(before, wordsFor(locale));
  expect([place(0), place(1), place(2), place(10)]).toEqual([
    'You are next in line.',
    'You are 2nd in line.',
    'You are 3rd in line.',
    'You are 11th in line.'
  ]);
  expect(place(2, 'es')).toBe('Ocupa el lugar 3 de la fila.');
  expect(place(mostBefore)).toBe('At least 50 requests are due before yours.');
  expect(place(null)).toBeNull();
});

test('of each kind of promise the latest is told, and none that nobody waits for', () => {
  const due_at = new Date('2026-11-23T20:00:00Z');
  const told = tellPromises(
    [
      { kind: 'first_response', state: 'kept', due_at },
      { kind: 'next_response', state: 'missed', due_at },
      { kind: 'resolution', state: 'dropped', due_at },
      { kind: 'next_response', state: 'running', due_at }
    ],
    wordsFor('en'),
    zone,
    now
  );
  expect(told.map(({ label, said }) => `${label}: ${plain(said)}`)).toEqual([
    'First answer: On time',
    'Next answer: By 3:00 PM today'
  ]);
});

const way = (also: Partial<Told>) => stepsOf({ ...told, ...also }, wordsFor('en')).map(({ state }) => state);

test('the steps lead from sent to done, with the visit on the way where there is one', () => {
  expect(way({ status: 'submitted' })).toEqual(['current', 'ahead', 'ahead']);
  expect(way({ status: 'open' })).toEqual(['done', 'current', 'ahead']);
  expect(way({ status: 'waiting' })).toEqual(['done', 'current', 'ahead']);
  expect(way({ status: 'scheduled', visit_on: '2026-12-01' })).toEqual(['done', 'done', 'current', 'ahead']);
  expect(way({ status: 'resolved' })).toEqual(['done', 'done', 'done']);
  expect(way({ status: 'closed' })).toEqual(['done', 'done', 'done']);
});

test('what was cancelled or joined has no way to show', () => {
  expect([way({ status: 'cancelled' }), way({ status: 'merged' })]).toEqual([[], []]);
});

test('no two states look the same', () => {
  const seen = statuses.map((status) => `${looks[status].tone} ${looks[status].shape}`);
  expect(new Set(seen).size).toBe(statuses.length);
});

test('the local day is the utility’s, not the server’s', () => {
  expect(dayAt(new Date('2026-11-24T04:59:00Z'), zone)).toBe('2026-11-23');
  expect(dayAt(new Date('2026-11-24T05:00:00Z'), zone)).toBe('2026-11-24');
});

/** Intl puts narrow spaces before AM and PM. */
const plain = (text: string) => text.replaceAll(/\s/g, ' ');
