/** What people may say about themselves, and what they are told when it cannot be right. */
import { expect, test } from 'vitest';
import { readFields, readName, shownAgain } from './form.ts';

const form = (fields: Record<string, string>) => {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
};

const problemWith = (
  field: 'email' | 'name' | 'phone' | 'new_password' | 'code' | 'locale',
  value: string,
  also = {}
) => {
  const reading = readFields(form({ [field]: value, ...also }), ['email', 'name', field]);
  return reading.ok ? null : (reading.problems[field]?.words ?? null);
};

test('an e-mail address is tidied before it is judged', () => {
  const reading = readFields(form({ email: "  Ada.O'Neil@Customer.Example " }), ['email']);
  expect(reading).toEqual({ ok: true, typed: { email: "ada.o'neil@customer.example" } });
});

test.each(['', 'ada', 'ada@', 'ada@localhost', 'a b@c.de', '.ada@c.de', `${'a'.repeat(250)}@c.de`])(
  '%j is no e-mail address',
  (email) => expect(problemWith('email', email)).not.toBeNull()
);

test.each([
  'shortish',
  'password12',
  '1234567890',
  'aaaaaaaaaaaa',
  'hearth1234',
  'ada.lovelace1',
  'Contraseña1'
])('%j is too easy a password for Ada Lovelace', (password) =>
  expect(problemWith('new_password', password, { email: 'ada.lovelace@c.de', name: 'Ada Lovelace' })).toMatch(
    /^people\.password_/
  )
);

test.each([
  'three old kettles',
  'hearth-demo-for-grandmother',
  'Zq9!vT2#xL',
  'contraseña de mi casa',
  '紅茶と古い薬缶が三つあります'
])('%j is a password', (password) => expect(problemWith('new_password', password)).toBeNull());

test('a password is taken exactly as it was typed', () => {
  const reading = readFields(form({ password: ' two  spaces ' }), ['password']);
  expect(reading.typed.password).toBe(' two  spaces ');
});

test('a code may be typed in groups', () => {
  expect(readFields(form({ code: ' 123 456 ' }), ['code']).typed.code).toBe('123456');
});

test('a phone number may be left out, but not be nonsense', () => {
  expect(problemWith('phone', '')).toBeNull();
  expect(problemWith('phone', '+44 (20) 7946-0018')).toBeNull();
  expect(problemWith('phone', 'call me')).toBe('form.phone');
  for (const tail of [`${'-'.repeat(50)} or pay at evil.example`, ' '.repeat(300) + 'x', '-'.repeat(60)])
    expect(problemWith('phone', `555-010-0199${tail}`)).toBe(tail.trim() ? 'form.phone' : null);
});

test('after a refusal everything typed is shown again, except secrets', () => {
  const { typed } = readFields(form({ email: 'ada@c.de', password: 'secret', code: '1' }), [
    'email',
    'password',
    'code'
  ]);
  expect(shownAgain(typed)).toEqual({ email: 'ada@c.de' });
});

test('a file in place of a word, or nothing at all, is an empty field', () => {
  const data = new FormData();
  data.set('name', new File(['x'], 'x.txt'));
  expect(readFields(data, ['name', 'email'])).toMatchObject({ ok: false, typed: { name: '', email: '' } });
});

test.each([
  ...['Ada https://evil.example', 'www.evil.example', 'ada@evil.example', '<b>Ada</b>'],
  ...['evil.example', 'Pay at evil.example now', 'EVIL.COM', 'x.com', 'Evil.Uk', 'kasse.example.', 'ада.рф']
])('the name %j carries no address along', (name) => {
  expect(problemWith('name', name)).toBe('form.name_alone');
});

test.each([
  ...['J.R. Smith', 'J.R.Smith', 'St. John', 'St.John', 'Md.Ali', 'Md. Abdul Karim', 'Mª. Teresa', 'Mr. T.'],
  ...['Ada Lovelace, Ph.D.', 'José Luis G.', 'K.Ramesh', 'Kapil.Dev', 'B. & W. Vale Co.', 'डॉ.शर्मा']
])('the name %j is a name', (name) => {
  expect(problemWith('name', name)).toBeNull();
});

test('a name that is taken beside other things is held to the same', () => {
  expect(readName(' Ada\u200b  Bell ')).toEqual({ name: 'Ada Bell', problem: null });
  expect(readName('pay at evil.example').problem).toEqual({ words: 'form.name_alone' });
  expect(readName('\u200b').problem).toEqual({ words: 'form.name_empty' });
  expect(readName(null).problem).toEqual({ words: 'form.name_empty' });
  const { name, problem } = readName('A'.repeat(200_000));
  expect([name.length, problem?.words]).toEqual([1000, 'form.too_long']);
});
