/** Of what a caller said nothing is lost, and nothing need be read twice. */
import { expect, test } from 'vitest';
import { contactsOf, wordsOf, type Saying } from './callers-words.ts';

const nothing = { at: '', text: null, phone: null, place: null, address: null, elsewhere: false };
const words = (text: string, number = 1): Saying => ({ ...nothing, number, kind: 'words', text });
const contact = (more: Partial<Saying>, number = 1): Saying => ({
  ...nothing,
  number,
  kind: 'contact',
  ...more
});

test('what was typed on is read once, and what was taken back is still there', () => {
  expect(wordsOf([words('I smell gas'), words('I smell gas in the hall')])).toEqual([
    'I smell gas in the hall'
  ]);
  expect(wordsOf([words('I smell gas'), words('Never mind'), contact({ phone: '5' })])).toEqual([
    'I smell gas',
    'Never mind'
  ]);
});

test('the last number and place come first, with those before', () => {
  const said = [
    contact({ phone: '555 1', place: 'Elm 4' }),
    contact({ phone: '555 2' }),
    contact({ place: 'Elm 4' }),
    words('hello')
  ];
  expect(contactsOf(said)).toEqual({ phones: ['555 2', '555 1'], places: ['Elm 4'] });
});
