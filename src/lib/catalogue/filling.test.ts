/** Every form of the catalogue can be filled in, whatever is chosen, and shows again what was answered. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { showAnswers } from '#lib/forms/answers.ts';
import { dayFromToday } from '#lib/forms/day.ts';
import type { Field, NumberField, ServiceType } from '#lib/forms/definition.ts';
import { gateHit, readAnswers } from '#lib/forms/form.ts';
import { shownFields, type Typed } from '#lib/forms/typed.ts';
import { serviceTypes } from './all.ts';

const days = fc.integer({ min: 0, max: 3000 }).map((days) => dayFromToday({ days }, { today: '2026-01-01' }));

test.each(serviceTypes)('$code can be filled in on any day, in any language', (type) => {
  fc.assert(
    fc.property(filled(type), days, fc.constantFrom('en' as const, 'es' as const), (fill, today, locale) => {
      const typed = fill(today);
      const reading = readAnswers(type, typed, { today, locale });
      expect(reading, JSON.stringify(reading)).toMatchObject({ ok: true });
      if (!reading.ok) return;

      const everything = { ...reading.answers, ...reading.contact, description: reading.description };
      const asked = shownFields(type, typed).filter(({ name }) => typed[name] !== undefined);
      expect(showAnswers(type, everything, locale).map(({ name }) => name)).toEqual(
        asked.map(({ name }) => name)
      );
      expect(readAnswers(type, everything, { today, locale })).toMatchObject({
        ok: true,
        answers: reading.answers
      });
    }),
    { numRuns: 60 }
  );
});

test.each(serviceTypes)('$code refuses an empty form, question by question', (type) => {
  const reading = readAnswers(type, {}, { today: '2026-11-20', locale: 'en' });
  const required = shownFields(type, {}).filter((field) => field.required);

  expect(reading.ok ? [] : Object.keys(reading.problems)).toEqual(required.map(({ name }) => name));
});

test.each(serviceTypes)('$code leads away from every one of its gates', (type) => {
  for (const field of type.fields) {
    if (field.kind === 'gate') expect(gateHit(type, { [field.name]: 'yes' })).toEqual(field.leads_to);
  }
});

/** A way to fill in the form on a given day. */
function filled(type: ServiceType) {
  const ways = type.fields.map((field) => wayToAnswer(field).map((answer) => ({ field, answer })));
  return fc.tuple(...ways).map(
    (chosen) =>
      (today: string): Typed =>
        Object.fromEntries(
          chosen.flatMap(({ field, answer }) => {
            const typed = answer(today);
            return typed === '' || typed.length === 0 ? [] : [[field.name, typed]];
          })
        )
  );
}

type Answer = (today: string) => string | string[];

function wayToAnswer(field: Field): fc.Arbitrary<Answer> {
  const given = answerTo(field);
  return field.required
    ? given
    : fc.oneof(
        given,
        fc.constant(() => '')
      );
}

function answerTo(field: Field): fc.Arbitrary<Answer> {
  const always = (answers: fc.Arbitrary<string | string[]>) => answers.map((answer) => () => answer);
  switch (field.kind) {
    case 'text':
      if (field.format === 'phone') return always(fc.constantFrom('555 010 9999', '+44 20 7946 0018'));
      if (field.format === 'email')
        return always(fc.constantFrom('ada@example.com', 'b.c+d@mail.example.org'));
      return always(fc.constantFrom('Mill Lane 4', 'Ñandú', 'गैस', 'x'.repeat(field.max)));
    case 'number':
      return always(numbers(field).map(String));
    case 'date':
      return fc.boolean().map((early) => (today) => {
        const { min = field.max, max = field.min } = field;
        const limit = early ? min : max;
        return limit ? dayFromToday(limit, { today }) : today;
      });
    case 'choice':
      return always(fc.constantFrom(...field.options.map(({ value }) => value)));
    case 'choices':
      return always(
        fc.subarray(
          field.options.map(({ value }) => value),
          { minLength: 1 }
        )
      );
    case 'meter_reading':
      return always(fc.stringMatching(/^[0-9]{4,8}$/));
    case 'yes_no':
      return always(fc.constantFrom('yes', 'no'));
    case 'gate':
      return always(fc.constant('no'));
  }
}

const numbers = ({ min = 0, max = 1000, step }: NumberField) =>
  fc
    .integer({ min: Math.ceil(min / step), max: Math.floor(max / step) })
    .map((steps) => Number((steps * step).toFixed(2)));
