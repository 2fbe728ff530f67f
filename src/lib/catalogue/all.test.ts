/** Every entry of the catalogue is whole: words in both languages, fields that fit together, a promise with a source. */
import { expect, test } from 'vitest';
import { locales } from '#lib/platform/language.ts';
import { screen } from '#lib/safety/screen.ts';
import type { DateField, Field, ServiceType, Text } from '#lib/forms/definition.ts';
import { groups, serviceTypes } from './all.ts';

test('the catalogue holds every type a customer may ask for, once', () => {
  expect(serviceTypes.map(({ code }) => code).sort()).toEqual(
    (
      'AUTOPAY BILL-ADJ BILL-HIGH BUDGET COMPLAINT DATA-REQ DISCONNECT E-NOGAS EFFIC GENERAL LPG-2ND LPG-DEFECT ' +
      'LPG-EXCH LPG-NEW LPG-PORT LPG-REFILL LPG-SURRENDER LPG-TRANSFER METER-EXCH METER-READ METER-REREAD ' +
      'METER-TEST MOVE-IN MOVE-OUT NEW-SVC PAPERLESS PAY-ARR PAY-EXT PREORDER PROXY PSR RECONNECT REFUND RELIGHT ' +
      'SVC-PLAN TRANSFER'
    ).split(' ')
  );
});

test('emergencies and notices of our own are no forms', () => {
  for (const code of ['E-LEAK', 'E-CO', 'OUTAGE-NOTICE'])
    expect(serviceTypes.map((it) => it.code)).not.toContain(code);
});

test('every group has types, and every type a group', () => {
  expect([...new Set(serviceTypes.map(({ group }) => group))].sort()).toEqual(
    groups.map(({ code }) => code).sort()
  );
});

test('only what concerns a person alone is hidden from the others on the account', () => {
  const hidden = serviceTypes.filter((type) => type.private).map(({ code }) => code);
  expect(hidden).toEqual(['PSR', 'PROXY', 'DATA-REQ']);
});

test.each(serviceTypes)('$code is plain data', (type) => {
  expect(JSON.parse(JSON.stringify(type))).toEqual(type);
  expect(type.code).toMatch(/^[A-Z][A-Z0-9-]{1,30}$/);
});

test.each(serviceTypes)('$code speaks every language, without stray spaces', (type) => {
  for (const text of texts(type)) {
    for (const locale of locales) expect(text[locale], JSON.stringify(text)).toMatch(/^\S(.*\S)?$/);
  }
  for (const { label } of type.fields) expect(label.es).not.toBe(label.en);
});

test.each(serviceTypes)(
  '$code keeps its name short enough for a button and its summary for a line',
  (type) => {
    for (const locale of locales) {
      expect(type.name[locale].length).toBeLessThanOrEqual(45);
      expect(type.summary[locale].length).toBeLessThanOrEqual(90);
      expect(type.help[locale].length).toBeLessThanOrEqual(200);
    }
  }
);

test.each(serviceTypes)('$code promises something, and says where the promise comes from', ({ promise }) => {
  expect(promise.first_response_hours).toBeGreaterThan(0);
  expect(promise.resolution_hours ?? Infinity).toBeGreaterThanOrEqual(promise.first_response_hours);
  expect(promise.source.length).toBeGreaterThan(20);
});

test.each(serviceTypes)(
  '$code keeps to days that it asks for, and is raised by answers it can have',
  (type) => {
    for (const name of type.wish?.fields ?? []) {
      expect(type.fields.find((field) => field.name === name)).toMatchObject({ kind: 'date' });
      expect(type.promise.resolution_hours).toBeDefined();
    }
    for (const { when, priority = type.priority, promise } of type.raises ?? []) {
      for (const [name, wanted] of Object.entries(when)) {
        const field = type.fields.find((each) => each.name === name);
        for (const answer of [wanted].flat()) expect(possible(field)).toContain(answer);
      }
      expect(priority).toBeLessThanOrEqual(type.priority);
      if (promise) expect(promise.source.length).toBeGreaterThan(20);
    }
  }
);

test('whoever says for which day they want it is promised that day', () => {
  // When it is to be decided, or paid, or when it happened, is not when it is wanted.
  const others = ['GENERAL', 'PAY-ARR', 'PAY-EXT', 'PREORDER', 'SVC-PLAN', 'PROXY', 'PSR'];
  const ahead = serviceTypes.filter(
    ({ code, fields }) =>
      !others.includes(code) && fields.some((field) => field.kind === 'date' && isAhead(field))
  );
  expect(ahead.filter(({ wish }) => !wish).map(({ code }) => code)).toEqual([]);
});

test.each(serviceTypes)('$code changes elsewhere only what it has', (type) => {
  for (const otherwise of Object.values(type.in ?? {})) {
    for (const [name, { without = [], called = {}, ...parts }] of Object.entries(
      (otherwise && otherwise.fields) || {}
    )) {
      const field = type.fields.find((each) => each.name === name);
      for (const part of Object.keys(parts)) expect(field).toHaveProperty(part);
      for (const option of [...without, ...Object.keys(called)]) expect(possible(field)).toContain(option);
    }
  }
});

test.each(serviceTypes)('$code asks for a description, and for nothing twice', ({ fields }) => {
  const names = fields.map(({ name }) => name);
  expect(names).toContain('description');
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^[a-z][a-z0-9_]*$/);
});

test.each(serviceTypes)(
  '$code lets a question depend only on an earlier one, and on an answer it can have',
  (type) => {
    type.fields.forEach((field, at) => {
      if (!field.show_if) return;
      const earlier = type.fields.slice(0, at).find(({ name }) => name === field.show_if?.field);
      for (const answer of [field.show_if.equals].flat()) expect(possible(earlier)).toContain(answer);
    });
  }
);

test.each(serviceTypes)('$code leads only to forms that exist and do not lead straight back', (type) => {
  for (const { leads_to } of gates(type)) {
    if (leads_to === 'emergency') continue;
    const there = serviceTypes.find(({ code }) => code === leads_to.code);
    expect(there && gates(there).map((gate) => gate.leads_to)).not.toContainEqual({ code: type.code });
    expect(there).toBeDefined();
  }
});

test.each(serviceTypes)('$code has answers that differ', ({ fields }) => {
  for (const field of fields) {
    if (!('options' in field)) continue;
    const values = field.options.map(({ value }) => value);
    expect(new Set(values).size).toBe(values.length);
    expect(values.length).toBeGreaterThan(1);
    for (const value of values) expect(value).toMatch(/^[a-z][a-z0-9_]*$/);
  }
});

test.each(serviceTypes)(
  '$code asks at most seven questions at a time, and in steps when there are more',
  (type) => {
    const steps = type.steps ?? [{ fields: type.fields.map(({ name }) => name) }];
    for (const { fields } of steps) expect(fields.length).toBeLessThanOrEqual(7);
    expect(steps.flatMap(({ fields }) => fields)).toEqual(type.fields.map(({ name }) => name));
  }
);

test('whoever asks for work on gas is asked about danger first', () => {
  for (const code of [
    'E-NOGAS',
    'RELIGHT',
    'RECONNECT',
    'METER-EXCH',
    'DISCONNECT',
    'LPG-DEFECT',
    'LPG-EXCH'
  ]) {
    const [first] = serviceTypes.find((type) => type.code === code)?.fields ?? [];
    expect(first).toMatchObject({ kind: 'gate', leads_to: 'emergency' });
  }
});

test('what people call a service is hardly ever taken for danger: whoever searches for it finds it', () => {
  const said = serviceTypes.flatMap(({ name, keywords }) =>
    locales.flatMap((locale) => [name[locale], ...keywords[locale].split(/, */)])
  );
  const heard = (level: string) => said.filter((text) => screen(text).level === level);
  expect(heard('emergency')).toEqual([]);
  expect(heard('possible').length / said.length).toBeLessThan(0.01);
});

const isAhead = ({ max }: DateField) => max !== undefined && 'days' in max && max.days > 0;

const gates = ({ fields }: ServiceType) => fields.filter((field) => field.kind === 'gate');

function possible(field: Field | undefined): string[] {
  if (!field) return [];
  return 'options' in field ? field.options.map(({ value }) => value) : ['yes', 'no'];
}

function texts(type: ServiceType): Text[] {
  const own = [
    type.name,
    type.summary,
    type.help,
    type.keywords,
    ...(type.attachment_hint ? [type.attachment_hint] : [])
  ];
  const asked = type.fields.flatMap((field) => [
    field.label,
    ...(field.help ? [field.help] : []),
    ...('options' in field ? field.options.map(({ label }) => label) : []),
    ...('unit' in field && field.unit ? [field.unit] : [])
  ]);
  return [...own, ...asked, ...(type.steps ?? []).map(({ title }) => title)];
}
