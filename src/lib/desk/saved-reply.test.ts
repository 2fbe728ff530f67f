import { expect, test } from 'vitest';
import { fillReply, readReply, unknownPlaces } from './saved-reply.ts';

const facts = { 'customer name': 'Ada <b>', reference: '7KQ4-M2XR', 'my name': null };

test('places are filled as text, once, whatever stands in them', () => {
  expect(fillReply('Hello {customer name}, it is {Reference}.', facts).text).toBe(
    'Hello Ada <b>, it is 7KQ4-M2XR.'
  );
  expect(fillReply('{customer name}', { ...facts, 'customer name': '{reference}' }).text).toBe('{reference}');
});

test('what is not known stays, and is named', () => {
  expect(fillReply('{my name} and {their cat}, {my name}', facts)).toEqual({
    text: '{my name} and {their cat}, {my name}',
    missing: ['{my name}', '{their cat}']
  });
});

test('a reply with a place that nobody can fill is not saved', () => {
  expect(unknownPlaces('{customer name} {their cat}')).toEqual(['{their cat}']);
  expect(readReply({ name: ' Hi ', text: '{their cat}' }).problems).toEqual({
    text: { words: 'replies.unknown_place', values: { place: '{their cat}' } }
  });
  expect(readReply({ name: '', text: ' ' }).problems).toMatchObject({
    name: { words: 'replies.name_empty' },
    text: { words: 'replies.text_empty' }
  });
  expect(readReply({ name: 'Greeting', text: 'Hello {customer name}' }).problems).toEqual({});
});
