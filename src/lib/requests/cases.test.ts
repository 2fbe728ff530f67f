/** Texts as people sent them to other products, one a line in `cases.txt`: each is taken for what it was meant to be. */
import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readFields } from '#lib/people/form.ts';
import { dialled } from '#lib/platform/phone.ts';
import { clientAddress } from '#lib/platform/client-address.ts';
import { addressDigest } from '#lib/platform/server/address-digest.ts';
import type { Locale } from '#lib/platform/language.ts';
import * as ask from '#lib/catalogue/questions.ts';
import { showAnswers } from '#lib/forms/answers.ts';
import type { Field, ServiceType } from '#lib/forms/definition.ts';
import { readAnswers } from '#lib/forms/form.ts';
import { linesOf, textsOf, titles } from '../../../tests/support/cases.ts';

test('no section of the file is left unread', () => {
  const tests = globSync('src/lib/**/*.test.ts').map((file) => readFileSync(file, 'utf8'));
  const asked = tests.flatMap((text) =>
    [...text.matchAll(/linesOf\('([^']+)'\)/g)].map(([, title]) => title)
  );
  expect(titles.filter((title) => !asked.includes(title))).toEqual([]);
  expect(titles.filter((title) => linesOf(title).length === 0)).toEqual([]);
});

test.each(linesOf('telephone numbers'))(
  '%s is a telephone number, in a form and on one’s account',
  (_line, [typed = '']) => {
    const asked = answer(ask.text('it', say, { format: 'phone' }), typed);
    const own = readFields(posted({ phone: typed }), ['phone']);
    const kept = own.typed.phone;
    expect([own.ok, asked]).toEqual([true, kept]);
    // Nothing but what a keyboard types is left of it, and every digit of it.
    expect(kept).toMatch(/^[\x20-\x7e]+$/);
    expect(kept.replace(/\D/g, '')).toBe(typed.replace(/\D/g, ''));
  }
);

test('an extension is not part of the number that is dialled', () => {
  expect(dialled('555-010-0199 ext. 12')).toBe('tel:5550100199;ext=12');
  expect(dialled('\u202d+1 (555) 010-0199\u202c')).toBe('tel:+15550100199');
});

test.each(linesOf('amounts'))('%s', (line, [typed = '']) => {
  const cents = Number(/-> (\d+)/.exec(line)?.[1]);
  const india = line.includes('India');
  const locale = line.includes('language es') ? 'es' : 'en';
  expect(answer(ask.amount('it', say), typed, { currency: india ? 'INR' : 'USD', locale })).toBe(cents / 100);
});

test.each([
  ['$120.50', 'GBP'],
  ['€120', 'USD'],
  ['120 INR', 'USD'],
  ['$', 'USD'],
  ['$1 000$', 'USD']
])('%s is no amount in %s, and the sentence says what is', (typed, currency) => {
  const field = ask.amount('it', say);
  const reading = readAnswers(aType(field), { it: typed }, { today, locale: 'en', currency });
  expect(reading).toMatchObject({
    problems: {
      it: { key: 'form.amount', params: { currency: currency === 'GBP' ? 'British pounds' : 'US dollars' } }
    }
  });
});

test.each([
  ['Rs. 500', 'INR', 500],
  ['₹1,20,000', 'INR', 120_000],
  ['£ 12.50', 'GBP', 12.5],
  ['20 dollars', 'USD', 20],
  ['20 dólares', 'USD', 20],
  ['US$20', 'USD', 20]
])('%s are %s, too', (typed, currency, amount) =>
  expect(answer(ask.amount('it', say), typed, { currency })).toBe(amount)
);

test.each(linesOf('years are not amounts'))('%s, and spoken of as a year', (line) => {
  const [, typed = '', shown] = /^(\d+) -> shown as (.+)$/.exec(line) ?? [];
  const built = ask.number('it', say, { min: 1700, max: 2100 });
  expect(showAnswers(aType(built), { it: Number(typed) }, 'en')).toMatchObject([{ value: shown }]);
  expect(readAnswers(aType(built), { it: '12' }, { today, locale: 'en' })).toMatchObject({
    problems: { it: { params: { min: '1700' } } }
  });
  expect(showAnswers(aType(ask.amount('it', say)), { it: 1987.5 }, 'en')).toMatchObject([
    { value: '1,987.50' }
  ]);
});

test.each(linesOf('names'))('%s', (line, [typed = '', right]) => {
  const reading = readFields(posted({ name: typed }), ['name']);
  if (line.includes('refused, kindly'))
    expect(reading).toMatchObject({ problems: { name: { words: 'form.name_empty' } } });
  else expect(reading).toMatchObject({ ok: true, typed: { name: right } });
});

test.each(linesOf('e-mail addresses').flatMap(([line]) => line.split('; ')))('%s is an address', (said) => {
  const [typed = ''] = textsOf(said);
  const kept = /-> (\S+)/.exec(said)?.[1] ?? typed;
  expect(answer(ask.text('it', say, { format: 'email' }), typed)).toBe(kept);
  expect(readFields(posted({ email: typed }), ['email'])).toMatchObject({ ok: true, typed: { email: kept } });
});

test.each(linesOf('X-Forwarded-For from a trusted proxy'))('%s', (_line, said) => {
  const digests = said.map((each) => addressDigest(clientAddress('127.0.0.1', each, true), 'key'));
  expect(new Set(digests).size).toBe(2);
  expect(digests[0]).toBe(digests[1]);
});

const say = { en: 'A question', es: 'Una pregunta' };
const today = '2026-11-20';
const aType = (field: Field) => ({ code: 'TEST', fields: [field] }) as unknown as ServiceType;

function answer(
  field: Field,
  typed: string,
  { locale = 'en', currency = 'USD' }: { locale?: Locale; currency?: string } = {}
) {
  const reading = readAnswers(aType(field), { it: typed }, { today, locale, currency });
  return reading.ok ? reading.answers['it'] : reading.problems;
}

function posted(fields: Record<string, string>) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return form;
}
