import { expect, test } from 'vitest';
import { chosen, decide, notThat, rejected, type Turn } from './bot.ts';

const guesses = (...confidences: [string, number][]) =>
  confidences.map(([category, confidence]) => ({ category, confidence }));
const missed: Turn = { kind: 'guesses', topic: null };

test('answers what it is sure of, and says what else it might have been', () => {
  const sure = guesses(['fact:owed', 0.88], ['service:A', 0.1], ['person', 0.06], ['service:B', 0.04]);
  expect(decide(sure, [])).toMatchObject({
    kind: 'fact',
    topic: 'fact:owed',
    next: ['service:A', 'service:B']
  });
});

test('offers two guesses when it is not', () => {
  const unsure = guesses(['service:A', 0.4], ['service:B', 0.3], ['service:C', 0.2]);
  expect(decide(unsure, [])).toMatchObject({
    kind: 'guesses',
    topic: null,
    next: ['service:A', 'service:B']
  });
});

test('says that it does not know when it has nothing to offer', () => {
  expect(decide(guesses(['service:A', 0.05]), [])).toMatchObject({ kind: 'abstain', next: [] });
  expect(decide([], [])).toMatchObject({ kind: 'abstain' });
});

test('steps aside after two misses in a row, and not after two with an answer between', () => {
  const unsure = guesses(['service:A', 0.4]);
  expect(decide(unsure, [missed]).kind).toBe('person');
  expect(decide(unsure, [missed, { kind: 'fact', topic: 'fact:owed' }]).kind).toBe('guesses');
});

test('steps aside when a person is asked for, even when that is not quite sure', () => {
  expect(decide(guesses(['person', 0.3], ['service:A', 0.25]), []).kind).toBe('person');
});

test('never says the same twice', () => {
  const sure = guesses(['service:A', 0.9], ['service:B', 0.1]);
  const before: Turn[] = [{ kind: 'service', topic: 'service:A' }];
  const again = decide(sure, before);
  expect(again.topic).toBeNull();
  expect(again.next).not.toContain('service:A');
});

test('answers what was chosen', () => {
  expect(chosen('service:A')).toMatchObject({ kind: 'service', topic: 'service:A' });
  expect(chosen('nonsense').kind).toBe('person');
});

test('does not defend an answer that was not what was asked, and steps aside at the second', () => {
  const first: Turn = { kind: 'article', topic: 'article:a' };
  const second: Turn = { kind: 'service', topic: 'service:A' };
  const sorry = rejected([first]);
  expect(sorry).toMatchObject({ kind: 'abstain', topic: notThat });
  expect(rejected([first, { kind: 'abstain', topic: notThat }, second]).kind).toBe('person');
  const unsure = guesses(['service:B', 0.4]);
  expect(decide(unsure, [first, sorry]).kind).toBe('person');
  expect(decide(unsure, [first]).kind).toBe('guesses');
});

test('answers nothing with what was taught to be none of ours', () => {
  expect(decide(guesses(['none', 0.99], ['service:A', 0.2]), [])).toMatchObject({
    kind: 'guesses',
    topic: null,
    next: ['service:A']
  });
});
