import { describe, expect, test } from 'vitest';
import { trainClassifier, type Example } from './classifier.ts';

const asked: Record<string, string[]> = {
  pay: [
    'How can I pay my bill?',
    'pay by card',
    'where do I pay',
    '¿Cómo pago mi factura?',
    'quiero pagar con tarjeta'
  ],
  reading: [
    'send my meter reading',
    'how do I read my meter',
    'give a reading',
    'dar la lectura',
    'leer el contador'
  ],
  moving: [
    'I am moving house',
    'we move out next week',
    'new address',
    'me mudo de casa',
    'cambio de domicilio'
  ]
};
const examples: Example[] = Object.entries(asked).flatMap(([category, texts]) =>
  texts.map((text) => ({ text, category }))
);

describe('a classifier', () => {
  const { classify } = trainClassifier(examples);

  test.each([
    ['I want to pay my gas bill', 'pay'],
    ['can i pya the bil with my card', 'pay'],
    ['quisiera pagar la factura', 'pay'],
    ['I want to give you a meter reading', 'reading'],
    ['cómo doy la lectura del contador', 'reading'],
    ['we are moving to a new house', 'moving'],
    ['me voy a mudar de casa', 'moving']
  ])('hears %s as %s', (text, category) => {
    expect(classify(text)[0]?.category).toBe(category);
  });

  test('is less sure of what nobody ever asked', () => {
    const sure = (text: string) => classify(text)[0]?.confidence ?? 0;
    expect(sure('who won the football last night')).toBeLessThan(sure('how can I pay the bill'));
  });

  test('is sure of nothing where no letter is known', () => {
    expect(classify('漢字')[0]?.confidence).toBe(0);
    expect(classify('')[0]?.confidence).toBe(0);
  });

  test('learns the same from the same', () => {
    const again = trainClassifier(examples);
    expect(again.classify('pay the meter')).toEqual(classify('pay the meter'));
  });

  test('gives shares of one', () => {
    const total = classify('I am moving and want to pay').reduce(
      (sum, { confidence }) => sum + confidence,
      0
    );
    expect(total).toBeCloseTo(1, 4);
  });

  test('bears any text', () => {
    for (const text of ['\ud800', '\u0000', 'x'.repeat(100_000), 'a '.repeat(50_000), '🔥🔥'])
      expect(classify(text)).toHaveLength(3);
  });
});
