/** Reading forms: what is accepted, what is refused and how, and that nothing typed is lost. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inDays, inWorkingDays, say } from '#lib/catalogue/questions.ts';
import * as ask from '#lib/catalogue/questions.ts';
import { contact, dangerGate, describe } from '#lib/catalogue/shared.ts';
import type { Field, ServiceType } from './definition.ts';
import { messagesOf } from './field-messages.ts';
import { gateHit, readAnswers } from './form.ts';

const context = { today: '2026-11-20', locale: 'en' as const };
const label = say('A question', 'Una pregunta');
const two = [ask.option('red', 'Red', 'Rojo'), ask.option('blue', 'Blue', 'Azul')];

test('a whole form is read into answers, contact and description', () => {
  const definition = aType(
    ask.text('street', label),
    ask.number('rooms', label),
    ask.date('moving_on', label),
    ask.choices('colours', label, two),
    ask.meterReading('reading', label),
    describe(label),
    ...contact
  );
  const posted = new FormData();
  for (const [name, value] of [
    ['street', '  Mill \r\n Lane 4 '],
    ['rooms', '1,200'],
    ['moving_on', '2026-12-01'],
    ['colours', 'red'],
    ['colours', 'blue'],
    ['reading', '00 412'],
    ['description', 'One\r\ntwo'],
    ['contact_by', 'phone'],
    ['contact_phone', '+1 (555) 010-9999']
  ] as const)
    posted.append(name, value);

  expect(readAnswers(definition, posted, context)).toMatchObject({
    ok: true,
    answers: {
      street: 'Mill Lane 4',
      rooms: 1200,
      moving_on: '2026-12-01',
      colours: ['red', 'blue'],
      reading: '00412'
    },
    contact: { contact_by: 'phone', contact_phone: '+1 (555) 010-9999' },
    description: 'One\ntwo'
  });
});

test.each<[string, Field, unknown, string]>([
  ['an empty text', ask.text('it', label), '   ', 'form.required'],
  ['a text that is too long', ask.text('it', label, { max: 3 }), 'four', 'form.too_long'],
  ['half an e-mail address', ask.text('it', label, { format: 'email' }), 'ada@', 'form.email'],
  ['a phone number with letters', ask.text('it', label, { format: 'phone' }), '555 call me', 'form.phone'],
  [
    'a phone number with too many digits',
    ask.text('it', label, { format: 'phone' }),
    '1234567890123456',
    'form.phone'
  ],
  ['a phone number that is too short', ask.text('it', label, { format: 'phone' }), '911', 'form.phone'],
  ['a word for a number', ask.number('it', label), 'seven', 'form.number'],
  ['a number too small', ask.number('it', label, { min: 3 }), '2', 'form.number_small'],
  ['a number too large', ask.number('it', label, { max: 3 }), '4', 'form.number_large'],
  ['a number without end', ask.number('it', label), '9'.repeat(400), 'form.number_large'],
  ['half a room', ask.number('it', label), '2.5', 'form.number_whole'],
  ['a tenth of a cent', ask.amount('it', label), '2.0001', 'form.number_step'],
  ['no day', ask.date('it', label), '', 'form.required_date'],
  ['the 30th of February', ask.date('it', label), '2026-02-30', 'form.date'],
  ['a day written another way', ask.date('it', label), '3/4/26', 'form.date'],
  ['a day too early', ask.date('it', label, { min: inWorkingDays(2) }), '2026-11-23', 'form.date_early'],
  ['a day too late', ask.date('it', label, { max: inDays(0) }), '2026-11-21', 'form.date_late'],
  ['no choice', ask.choice('it', label, two), undefined, 'form.required_choice'],
  ['a choice that was not offered', ask.choice('it', label, two), 'green', 'form.not_offered'],
  ['no tick', ask.choices('it', label, two), [], 'form.required_choices'],
  ['a tick that was not offered', ask.choices('it', label, two), ['red', 'green'], 'form.not_offered'],
  ['a reading with a point', ask.meterReading('it', label), '0041.2', 'form.reading'],
  ['a reading with three digits', ask.meterReading('it', label), '412', 'form.reading'],
  ['neither yes nor no', ask.yesNo('it', label), 'maybe', 'form.not_offered'],
  ['danger', dangerGate, 'yes', 'form.gate_emergency'],
  ['the wrong form', ask.gate('it', label, { code: 'TRANSFER' }), 'yes', 'form.gate_elsewhere']
])('%s is refused, and stays typed', (_, field, typed, key) => {
  const reading = readAnswers(aType(field), { [field.name]: typed }, context);

  expect(reading).toMatchObject({ ok: false, problems: { [field.name]: { key } } });
  if (typeof typed === 'string' && typed !== '') expect(reading.typed[field.name]).toBe(typed);
});

test('a problem names the days and limits it is about, in the language of the page', () => {
  const moving = ask.date('moving_on', label, { min: inWorkingDays(2) });
  const reading = readAnswers(aType(moving), { moving_on: '2026-11-20' }, { ...context, locale: 'es' });

  expect(reading).toMatchObject({
    problems: { moving_on: { params: { min: 'martes, 24 de noviembre de 2026' } } }
  });
});

test('danger is found whatever else is wrong, and before any other way out', () => {
  const elsewhere = ask.gate('moving_too', label, { code: 'TRANSFER' });
  const definition = aType(elsewhere, ask.text('street', label), dangerGate);
  const typed = { moving_too: 'yes', danger_now: 'yes' };

  expect(gateHit(definition, typed)).toBe('emergency');
  expect(gateHit(definition, { ...typed, danger_now: 'no' })).toEqual({ code: 'TRANSFER' });
  expect(gateHit(definition, { moving_too: 'no' })).toBeNull();
  expect(readAnswers(definition, typed, context)).toMatchObject({ ok: false, leads_to: 'emergency' });
});

test('a question that is not asked is neither required nor kept, and neither is one that hangs on it', () => {
  const definition = aType(
    ask.yesNo('pets', label),
    ask.choice('kind', label, two, { show_if: { field: 'pets', equals: 'yes' } }),
    ask.text('shade', label, { show_if: { field: 'kind', equals: ['red', 'blue'] } })
  );

  expect(readAnswers(definition, { pets: 'no', kind: 'red', shade: 'dark' }, context)).toMatchObject({
    ok: true,
    answers: { pets: 'no' }
  });
  expect(readAnswers(definition, { pets: 'yes', kind: 'red' }, context)).toMatchObject({
    ok: false,
    problems: { shade: { key: 'form.required' } }
  });
});

test('an optional question may stay empty, and then has no answer at all', () => {
  const reading = readAnswers(aType(ask.date('day', label, ask.optional)), { day: ' ' }, context);
  expect(reading).toMatchObject({ ok: true, answers: {} });
});

const field = fc.constantFrom<Field>(
  ask.text('it', label, { max: 20 }),
  ask.longText('it', label, { max: 50, required: false }),
  ask.text('it', label, { format: 'phone' }),
  ask.text('it', label, { format: 'email' }),
  ask.number('it', label, { min: 1, max: 9 }),
  ask.amount('it', label),
  ask.date('it', label, { min: inDays(-3), max: inWorkingDays(3) }),
  ask.choice('it', label, two),
  ask.choices('it', label, two, { required: false }),
  ask.meterReading('it', label),
  ask.yesNo('it', label),
  { ...dangerGate, name: 'it' }
);
const plausible = fc.constantFrom(
  'red',
  'yes',
  'no',
  '5',
  '00412',
  '2026-11-21',
  'a@b.example',
  '555 0100 222'
);
const anything = fc.oneof(
  plausible,
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.array(fc.oneof(plausible, fc.string()), { maxLength: 4 }),
  fc.anything()
);

test('whatever is sent, the form answers with plain data, and refuses only by its own messages', () => {
  fc.assert(
    fc.property(field, anything, (field, sent) => {
      const reading = readAnswers(aType(field), { it: sent }, context);

      expect(JSON.parse(JSON.stringify(reading))).toEqual(reading);
      if (reading.ok) expect(Object.keys(reading.answers)).toEqual('it' in reading.answers ? ['it'] : []);
      else expect(messagesOf(field)).toContain(reading.problems.it?.key);
    }),
    { numRuns: 3000 }
  );
});

test('what was accepted once is accepted again, unchanged, when a draft is sent later', () => {
  fc.assert(
    fc.property(field, anything, (field, sent) => {
      const first = readAnswers(aType(field), { it: sent }, context);
      if (first.ok)
        expect(readAnswers(aType(field), first.answers, context)).toMatchObject({ answers: first.answers });
    }),
    { numRuns: 3000 }
  );
});

test('only what the definition asks for is read', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.string()), (extra) => {
      const sent = { ...extra, ...JSON.parse('{"__proto__": "x", "status": "closed"}'), street: 'Mill Lane' };
      const reading = readAnswers(aType(ask.text('street', label)), sent, context);

      expect(reading).toMatchObject({
        ok: true,
        answers: { street: 'Mill Lane' },
        typed: { street: 'Mill Lane' }
      });
      expect(Object.keys({ ...reading.typed, ...(reading.ok && reading.answers) })).toEqual(['street']);
    })
  );
  expect(readAnswers(aType(ask.text('constructor', label)), {}, context)).toMatchObject({ ok: false });
});

test('control characters and broken halves of letters go, every other letter stays', () => {
  const read = (it: string) => readAnswers(aType(ask.text('it', label)), { it }, context);

  expect(read('a\u0000b\u0007c')).toMatchObject({ answers: { it: 'abc' } });
  expect(read('half \ud83d gone')).toMatchObject({ answers: { it: 'half \ufffd gone' } });
  expect(read('गैस, Ñandú, 👩‍🔧')).toMatchObject({ answers: { it: 'गैस, Ñandú, 👩‍🔧' } });
});

test('what nobody can see is no answer, and nothing turns letters around', () => {
  const definition = aType(ask.text('street', label), describe(label));
  const reading = readAnswers(
    definition,
    { street: ' \u200b\u2060', description: 'From \u202elive\u202c now' },
    context
  );
  expect(reading).toMatchObject({ ok: false, problems: { street: { key: 'form.required' } } });
  expect(reading.typed['description']).toBe('From live now');
});

test('a file where text is asked for counts as nothing', () => {
  const posted = new FormData();
  posted.append('it', new File(['x'], 'x.txt'));
  expect(readAnswers(aType(ask.text('it', label)), posted, context)).toMatchObject({
    problems: { it: { key: 'form.required' } }
  });
});

test('a description of 4,000 letters fits, one more does not, nor do a million', () => {
  const definition = aType(describe(label));
  const read = (letters: number) => readAnswers(definition, { description: 'x'.repeat(letters) }, context);

  expect(read(4000).ok).toBe(true);
  expect(read(4001)).toMatchObject({
    problems: { description: { key: 'form.too_long', params: { max: 4000 } } }
  });
  expect(read(1_000_000).ok).toBe(false);
});

function aType(...fields: Field[]): ServiceType {
  return {
    code: 'TEST',
    version: 1,
    group: 'test',
    name: label,
    summary: label,
    help: label,
    keywords: label,
    icon: 'gauge',
    priority: 3,
    promise: ask.within(8, 80, 'a test'),
    needs: { account: 'none', appointment: false },
    private: false,
    attachments: 'none',
    fields
  };
}
