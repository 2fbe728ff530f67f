/** What is one's own is told from the account, and a question about how things are done is left to the articles. */
import { expect, test } from 'vitest';
import { ownFactIn } from './own.ts';

test.each([
  ['cancel my visit', 'visit'],
  ['I need to move my appointment please', 'visit'],
  ['Where is my order?', 'visit'],
  ['when is my next visit', 'visit'],
  ['Quiero cancelar mi visita', 'visit'],
  ['¿Dónde está mi pedido?', 'visit'],
  ['¿puedo cambiar mi cita?', 'visit'],
  ['status of my request', 'request'],
  ['¿dónde está mi reclamación?', 'request'],
  ['cancel my request', 'request']
])('%s is about their own %s', (text, fact) => {
  expect(ownFactIn(text)).toBe(fact);
});

test.each([
  'how do I cancel a visit',
  'my visit was awful, the technician was rude',
  'cancel my account',
  'change my address',
  'cambiar mi correo',
  'where is my meter',
  'cancel my paper bills',
  'I waited all day, nobody came, and now you tell me to cancel my visit and to pay for it, which is unfair'
])('%s is not', (text) => {
  expect(ownFactIn(text)).toBeNull();
});
