/** Letters about bills: the right one on the right day, and none about what is long past, paid or disputed. */
import { expect, test } from 'vitest';
import { billLetters, isPromised, isTold, type BillToTell } from './bill-letters.ts';

const bill: BillToTell = {
  issued_on: '2026-02-01',
  due_on: '2026-02-22',
  total: 7000n,
  open: 7000n,
  paying: false,
  disputed: false,
  planned: false,
  bank: false,
  paperless: false,
  remind: null
};
const toldOn = (today: string, more: Partial<BillToTell> = {}) =>
  billLetters.filter((letter) => isTold(letter, { ...bill, ...more }, today));

test('a bill is told when it comes, five days before it is due, and two days after', () => {
  expect(toldOn('2026-01-31')).toEqual([]);
  expect(toldOn('2026-02-01')).toEqual(['new']);
  expect(toldOn('2026-02-15')).toEqual(['new']);
  expect(toldOn('2026-02-16')).toEqual([]);
  expect(toldOn('2026-02-17')).toEqual(['due']);
  expect(toldOn('2026-02-22')).toEqual(['due']);
  expect(toldOn('2026-02-23')).toEqual([]);
  expect(toldOn('2026-02-24')).toEqual(['overdue']);
  expect(toldOn('2026-03-08')).toEqual(['overdue']);
});

test('years of old bills that are brought in write to nobody, not even those never paid', () => {
  expect(toldOn('2026-03-09')).toEqual([]);
  expect(toldOn('2028-02-10')).toEqual([]);
});

test('what is paid, on its way or asked about is not called to mind, but it is told when it comes', () => {
  for (const calm of [
    { open: 0n },
    { paying: true },
    { disputed: true },
    { planned: true },
    { bank: true }
  ]) {
    expect(toldOn('2026-02-18', calm)).toEqual([]);
    expect(toldOn('2026-02-25', calm)).toEqual([]);
    expect(toldOn('2026-02-03', calm)).toEqual(['new']);
  }
});

test('whoever asked to be reminded is, so many days before', () => {
  expect(toldOn('2026-02-12', { remind: 7, issued_on: '2025-12-01' })).toEqual([]);
  expect(toldOn('2026-02-15', { remind: 7, issued_on: '2025-12-01' })).toEqual(['due']);
  expect(toldOn('2026-02-17', { remind: 3 })).toEqual([]);
  expect(toldOn('2026-02-19', { remind: 3 })).toEqual(['due']);
});

test('a credit note is told once; a bill over nothing is none', () => {
  expect(toldOn('2026-02-02', { total: -500n, open: 0n })).toEqual(['new']);
  expect(toldOn('2026-02-02', { total: 0n, open: 0n })).toEqual([]);
});

test('a bill with little time is not told twice within three days', () => {
  const short = { due_on: '2026-02-04' };
  expect(toldOn('2026-02-01', short)).toEqual(['new']);
  expect(toldOn('2026-02-03', short)).toEqual(['new']);
  expect(toldOn('2026-02-04', short)).toEqual(['new', 'due']);
});

test('what was promised in place of paper, or asked for as a reminder, is not dropped', () => {
  const promised = (more: Partial<BillToTell>, scope = 'act') =>
    billLetters.filter((letter) => isPromised(letter, { ...bill, ...more }, scope));
  expect(promised({})).toEqual([]);
  expect(promised({ paperless: true })).toEqual(['new']);
  expect(promised({ remind: 3 })).toEqual(['due']);
  expect(promised({ paperless: true, remind: 3 }, 'view')).toEqual([]);
});
