/** The customer's own account stands before those of strangers with a similar street, found or not. */
import { expect, test } from 'vitest';
import { candidatesOf } from './candidates.ts';

const place = (id: string) => ({ id, line: `${id} Mill Lane`, town: 'Millbrook', postcode: '04210' });
const own = (id: string, ...homes: string[]) => ({
  id,
  number: id,
  holder: 'Ada',
  premises: homes.map(place)
});
const found = (id: string, home: string, holder = 'Ada') => {
  const { id: premises, ...where } = place(home);
  return { ...{ id, number: id, holder, premises, members: 1 }, ...where };
};
const places = (list: ReturnType<typeof candidatesOf>) => list.map(({ id, premises }) => [id, premises]);

test('their own first, though a stranger has a likelier street', () =>
  expect(
    places(candidatesOf([own('1', 'a')], [found('2', 'b', 'Eve'), found('1', 'a'), found('3', 'c', 'Ivy')]))
  ).toEqual([
    ['1', 'a'],
    ['2', 'b'],
    ['3', 'c']
  ]));

test('their own also where what they wrote does not find it', () =>
  expect(places(candidatesOf([own('1', 'a')], [found('2', 'b', 'Eve')]))).toEqual([
    ['1', 'a'],
    ['2', 'b']
  ]));

test('of several homes the one they wrote of first, and no more than four', () =>
  expect(places(candidatesOf([own('1', 'a', 'b', 'c', 'd', 'e')], [found('1', 'c')]))).toEqual([
    ['1', 'c'],
    ['1', 'a'],
    ['1', 'b'],
    ['1', 'd']
  ]));

test('without an account of their own, what was found', () =>
  expect(places(candidatesOf([], [found('2', 'b', 'Eve')]))).toEqual([['2', 'b']]));

test('an account without a place is offered too', () =>
  expect(places(candidatesOf([own('1')], []))).toEqual([['1', null]]));
