/** A person is reached by any word for one, in any language of the product. */
import { expect, test } from 'vitest';
import { wantsPerson } from './wants-person.ts';

test.each([
  'I want to talk to a person',
  'agent',
  'HUMAN!',
  'Can I speak with somebody please',
  'Quiero hablar con una persona',
  'Necesito un agente, por favor',
  'operadora',
  'Atención al cliente',
  'मुझे किसी से बात करनी है',
  'Je veux parler à un conseiller'
])('%s: a person', (text) => expect(wantsPerson(text)).toBe(true));

test.each([
  'When is my bill due?',
  'How do I change my personal details?',
  '¿Cuándo vence mi factura personal?',
  'My meter reading is 01234'
])('%s: no person asked for', (text) => expect(wantsPerson(text)).toBe(false));
