/** People find what they need by their own words for it. */
import { expect, test } from 'vitest';
import { serviceTypes } from './all.ts';
import { searchTypes } from './search.ts';

const found = (query: string, locale: 'en' | 'es') =>
  searchTypes(serviceTypes, query, locale).map(({ code }) => code);
const firstTwo = (query: string, locale: 'en' | 'es') => found(query, locale).slice(0, 2);

test.each([
  ['my bill is too high', 'BILL-HIGH'],
  ['why is my bill so expensive', 'BILL-HIGH'],
  ['reding', 'METER-READ'],
  ['submit meter reading', 'METER-READ'],
  ['I am moving out next month', 'MOVE-OUT'],
  ['moving house', 'TRANSFER'],
  ['pilot light went out', 'RELIGHT'],
  ['no hot water', 'E-NOGAS'],
  ['I cannot pay', 'PAY-ARR'],
  ['payment plan', 'PAY-ARR'],
  ['more time to pay', 'PAY-EXT'],
  ['autopay', 'AUTOPAY'],
  ['direct debit', 'AUTOPAY'],
  ['refnud', 'REFUND'],
  ['complaint', 'COMPLAINT'],
  ['complane', 'COMPLAINT'],
  ['smart meter', 'METER-EXCH'],
  ['estimated bill wrong reading', 'METER-REREAD'],
  ['power of attorney', 'PROXY'],
  ['delete my data', 'DATA-REQ'],
  ['insulation', 'EFFIC'],
  ['refill cylinder', 'LPG-REFILL'],
  ['METER-TEST', 'METER-TEST'],
  ['mother is deaf', 'PSR'],
  ['technician never came', 'COMPLAINT'],
  ['heater broken', 'RELIGHT'],
  ['braille', 'PAPERLESS'],
  ['reconect', 'RECONNECT']
])('"%s" finds %s among the first two', (query, code) => expect(firstTwo(query, 'en')).toContain(code));

test.each([
  ['mi factura es muy alta', 'BILL-HIGH'],
  ['enviar lectura', 'METER-READ'],
  ['me mudo', 'MOVE-OUT'],
  ['no tengo agua caliente', 'E-NOGAS'],
  ['no puedo pagar', 'PAY-ARR'],
  ['prorroga', 'PAY-EXT'],
  ['debito directo', 'AUTOPAY'],
  ['devolusion', 'REFUND'],
  ['queja', 'COMPLAINT'],
  ['bombona', 'LPG-REFILL'],
  ['borrar mis datos', 'DATA-REQ'],
  ['aislamiento', 'EFFIC'],
  ['reconexion', 'RECONNECT'],
  ['medidor inteligente', 'METER-EXCH'],
  ['refund', 'REFUND']
])('«%s» encuentra %s entre los dos primeros', (query, code) =>
  expect(firstTwo(query, 'es')).toContain(code)
);

test('a word for the whole group finds all that is in it', () => {
  for (const code of ['METER-READ', 'METER-REREAD', 'METER-TEST', 'METER-EXCH'])
    expect(found('medidor', 'es')).toContain(code);
});

test('nothing is found for nothing, and for words that mean nothing here', () => {
  for (const query of ['', '   ', '???', 'xqzwv', '12345678']) expect(found(query, 'en')).toEqual([]);
});

test('a long rambling text is searched in no time', () => {
  const text = 'my heating bill readings are wrong since somebody exchanged it '.repeat(60);
  const before = performance.now();
  searchTypes(serviceTypes, text, 'en');
  expect(performance.now() - before).toBeLessThan(500);
});
