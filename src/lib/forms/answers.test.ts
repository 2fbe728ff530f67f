/** Answers in words. */
import { expect, test } from 'vitest';
import { changedAnswers, showAnswers } from './answers.ts';
import { serviceTypes } from '#lib/catalogue/all.ts';
import * as ask from '#lib/catalogue/questions.ts';
import { say } from '#lib/catalogue/questions.ts';
import type { Field, ServiceType } from './definition.ts';

const two = [ask.option('red', 'Red', 'Rojo'), ask.option('blue', 'Blue', 'Azul')];

test('answers are shown in the order of the form, in words', () => {
  const definition = aType(
    ask.date('day', say('Day', 'Día')),
    ask.choices('colours', say('Colours', 'Colores'), two),
    ask.yesNo('pets', say('Pets', 'Mascotas')),
    ask.number('tank', say('Tank', 'Tanque'), { unit: say('gallons', 'galones') }),
    ask.meterReading('reading', say('Reading', 'Lectura'))
  );
  const answers = {
    reading: '00412',
    tank: 1200,
    pets: 'yes',
    colours: ['red', 'blue'],
    day: '2026-12-01',
    odd: 'x'
  };

  expect(showAnswers(definition, answers, 'es').map(({ label, value }) => `${label}: ${value}`)).toEqual([
    'Día: martes, 1 de diciembre de 2026',
    'Colores: Rojo y Azul',
    'Mascotas: Sí',
    'Tanque: 1200 galones',
    'Lectura: 00412'
  ]);
});

test('an answer that no longer is among the options is shown as it was given', () => {
  const definition = aType(ask.choice('colour', say('Colour', 'Color'), two));
  expect(showAnswers(definition, { colour: 'green' }, 'en')).toEqual([
    { name: 'colour', label: 'Colour', value: 'green' }
  ]);
});

test('what has changed is told in the words of the form, also an answer that was taken back', () => {
  const definition = aType(
    ask.choice('colour', say('Colour', 'Color'), two),
    ask.date('day', say('Day', 'Día')),
    ask.meterReading('reading', say('Reading', 'Lectura'))
  );
  const before = { colour: 'red', reading: '0041', day: '2026-12-01' };
  expect(changedAnswers(definition, before, { colour: 'blue', reading: '0041' }, 'es')).toEqual([
    { name: 'colour', label: 'Color', value: 'Azul' },
    { name: 'day', label: 'Día', value: null }
  ]);
  expect(changedAnswers(definition, before, before, 'en')).toEqual([]);
});

function aType(...fields: Field[]): ServiceType {
  const [some] = serviceTypes;
  if (!some) throw new Error('The catalogue is empty.');
  return { ...some, steps: undefined, fields };
}
