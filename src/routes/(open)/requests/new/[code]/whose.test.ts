/** Nobody is stopped for having no account connected; they only say where. */
import { expect, test } from 'vitest';
import type { Actor } from '#lib/platform/actor.ts';
import { chosenOf, saidOf, whoseProblems } from './whose.ts';

const ada: Actor = { kind: 'person', id: 'ada', role: 'customer', team: null };
const visitor: Actor = { kind: 'visitor', visitor: 'v' };
const needs = (account: 'required' | 'optional' | 'none') => ({ needs: { account, appointment: false } });
const [one, two] = [{ id: 'one' }, { id: 'two' }];
const wrong = (actor: Actor, accounts: { id: string }[], typed: Record<string, string>) =>
  Object.keys(whoseProblems(needs('required'), actor, accounts, typed));

test.each([
  ['nothing said', {}, ['said_address']],
  ['an address', { said_address: '12 Mill Lane' }, []],
  ['only a number', { said_account: '40120000' }, []],
  ['only spaces', { said_address: '   ' }, ['said_address']],
  ['that it is connected, which it is not', { account: 'mine' }, ['said_address']]
])('a customer without accounts, %s', (_, typed, fields) => {
  expect(wrong(ada, [], typed)).toEqual(fields);
});

test.each([
  ['the only one needs no choosing', [one], {}, []],
  ['of several one is chosen', [one, two], { account: 'two' }, []],
  ['of several none', [one, two], {}, ['account']],
  ['another, and where', [one], { account: 'other', said_address: '12 Mill Lane' }, []],
  ['another, and not where', [one], { account: 'other' }, ['said_address']],
  ['one of somebody else', [one, two], { account: 'three' }, ['account']]
])('a customer with accounts: %s', (_, accounts, typed, fields) => {
  expect(wrong(ada, accounts, typed)).toEqual(fields);
});

test.each([
  ['says nothing', {}, ['account']],
  ['has one connected', { account: 'mine' }, []],
  ['has none, and says where', { account: 'other', said_address: '12 Mill Lane' }, []],
  ['has none, and does not', { account: 'other' }, ['said_address']]
])('a visitor who %s', (_, typed, fields) => {
  expect(wrong(visitor, [], typed)).toEqual(fields);
});

test('a kind that can do without asks nobody', () => {
  for (const account of ['optional', 'none'] as const)
    expect(whoseProblems(needs(account), ada, [], {})).toEqual({});
});

test('what was written of another account counts only where none of theirs was chosen', () => {
  const said = { said_account: ' 4012 ', said_address: '12 Mill Lane' };
  expect(saidOf([one], { account: 'one', ...said })).toBeNull();
  expect(saidOf([one], { account: 'other', ...said })).toEqual({ number: '4012', address: '12 Mill Lane' });
  expect(chosenOf([one], { account: 'mine' })).toEqual(one);
});
