/** The questions of a form, as a browser without scripts receives them. */
import { render } from 'svelte/server';
import { expect, test } from 'vitest';
import * as ask from '#lib/catalogue/questions.ts';
import { contact, dangerGate, describe } from '#lib/catalogue/shared.ts';
import type { Field, ServiceType } from '../definition.ts';
import { serviceTypes } from '#lib/catalogue/all.ts';
import { readAnswers } from '../form.ts';
import Answers from './Answers.svelte';
import RequestFields from './RequestFields.svelte';

const today = '2026-11-20';
const colours = [ask.option('red', 'Red', 'Rojo'), ask.option('blue', 'Blue', 'Azul')];
const label = ask.say('Which <one>?', '¿Cuál?');

test('every field has a label, and a date has its limits', () => {
  const page = drawn([ask.text('street', label), ask.date('day', label, { max: ask.today })]);

  expect(page).toMatch(/<label for="street"[^>]*>Which &lt;one>\?/);
  expect(page).toMatch(/<input [^>]*name="day"[^>]*type="date"[^>]*max="2026-11-20"/);
});

test('what was typed is there again, and each problem stands with its field', () => {
  const definition = aType([
    ask.meterReading('reading', label),
    describe(label),
    ask.choice('colour', label, colours)
  ]);
  const reading = readAnswers(
    definition,
    { reading: '4 1', description: 'so <b>', colour: 'red' },
    { today, locale: 'en' }
  );
  const page = draw(definition, { values: reading.typed, problems: reading.ok ? {} : reading.problems });

  expect(page).toContain('value="4 1"');
  expect(page).toContain('so &lt;b>');
  expect(page).toMatch(/<input [^>]*value="red"[^>]*checked/);
  expect(page).toMatch(/aria-describedby="reading-problem" aria-invalid="true"/);
  expect(page).toMatch(/id="reading-problem".*Write 4 to 8 digits/s);
});

test('a question that depends on another says so, because without scripts it is always seen', () => {
  expect(drawn(contact)).toContain('Only if you answered “By phone” to “How should we reach you?”.');
});

test('the way to the emergency page stands under the question about danger', () => {
  expect(drawn([dangerGate])).toMatch(/danger_now.*<a href="\/emergency"/s);
});

test('many answers become a list to pick from, few are all shown', () => {
  const many = Array.from({ length: 8 }, (_, at) => ask.option(`o${at}`, `Option ${at}`, `Opción ${at}`));

  expect(drawn([ask.choice('one', label, many)])).toContain('<select');
  expect(drawn([ask.choice('one', label, many.slice(0, 7))])).toContain('type="radio"');
});

test('the rules handed to the browser carry the words of every refusal, and nothing twice', () => {
  const page = drawn([ask.amount('sum', label, { min: 5 })]);
  const rules = JSON.parse(/data-questions="([^"]*)"/.exec(page)?.[1]?.replaceAll('&quot;', '"') ?? '');

  expect(rules.said.sum['form.number_small']).toBe('Write 5 or more.');
  expect(JSON.stringify(rules)).not.toContain('Which');
});

test.each(serviceTypes)('$code is drawn in both languages, step by step', (definition) => {
  for (const locale of ['en', 'es'] as const) {
    const page = draw(definition, { locale });
    for (const field of definition.fields) expect(page).toContain(`name="${field.name}"`);
    expect(page.split('data-step=').length - 1).toBe(definition.steps?.length ?? 1);
  }
});

test('answers are shown as a list of questions and answers', () => {
  const definition = aType([ask.choice('colour', ask.say('Colour', 'Color'), colours)]);
  const { body } = render(Answers, { props: { definition, answers: { colour: 'red' }, locale: 'es' } });
  expect(body).toMatch(/<dt[^>]*>Color<\/dt> <dd[^>]*>Rojo<\/dd>/);
});

const drawn = (fields: Field[]) => draw(aType(fields));

function draw(definition: ServiceType, more: object = {}) {
  return render(RequestFields, { props: { definition, locale: 'en', today, ...more } }).body;
}

function aType(fields: Field[]): ServiceType {
  const [some] = serviceTypes;
  if (!some) throw new Error('The catalogue is empty.');
  return { ...some, steps: undefined, fields };
}
