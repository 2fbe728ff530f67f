/** The paper of a bill: all of it there to be read, in order and tagged, in both languages, at any length. */
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, expect, test } from 'vitest';
import { openPress } from '#lib/platform/server/press/press.ts';
import { wordsFor } from '#lib/platform/words.ts';
import { billPaper, receiptPaper, type PrintedBill } from '../paper.ts';
import { printPaper } from './papers.ts';

const press = openPress();
afterAll(() => press.close());

const to = {
  account_number: '12345678',
  holder: 'Ada Brook',
  line: '12 Canal Street',
  town: 'Elmford',
  postcode: '10001'
};
const issuer = {
  origin: 'https://gas.example',
  jurisdiction: 'US',
  utilityName: 'Northgate Gas',
  utilityPhone: '1-800-555-0142',
  emergencyPhone: '1-800-555-0199',
  bankDetails: [{ label: 'Account number', text: '00 1234 5678' }]
};
const bill = (lines: number): PrintedBill => ({
  number: 'B-2601',
  currency: 'USD',
  issued_on: '2026-02-01',
  due_on: '2026-02-22',
  period_from: '2026-01-01',
  period_to: '2026-01-31',
  days: 31,
  total: 123_45n,
  quantity: 112_063n,
  unit: 'therm',
  serial: 'NG-77120',
  opening: '01234',
  closing: '01342',
  estimated: true,
  lines: Array.from({ length: lines }, (_, at) => ({
    number: at + 1,
    code: 'gas' as const,
    label: at === 0 ? null : `Step ${at}`,
    quantity: 89_123n,
    unit: 'therm' as const,
    rate: '91.25',
    amount: 81_32n
  })),
  plan: null,
  differences: [
    { change: 1200n, reason: 'used_more', use: 12, days: 0, degrees: null, period_to: '2025-12-31' }
  ]
});
const printed = async (lines: number, locale: 'en' | 'es') => {
  const t = wordsFor(locale);
  return printPaper(press, billPaper(t, bill(lines), to, issuer), '2026-02-01');
};

for (const locale of ['en', 'es'] as const) {
  test.each([1, 3, 12, 60])(`in ${locale}, with %d lines, all of it can be read in order`, async (lines) => {
    const paper = await printed(lines, locale);
    const pdf = await getDocumentProxy(new Uint8Array(paper));
    const { text } = await extractText(pdf, { mergePages: true });
    const es = locale === 'es';
    const wanted = [
      ...['Northgate Gas', 'Ada Brook', '12 Canal Street', '12345678', 'B-2601'],
      es ? '123,45' : '$123.45',
      es ? '22 feb 2026' : 'Feb 22, 2026',
      ...Array.from({ length: lines - 1 }, (_, at) => `Step ${at + 1}`),
      ...['NG-77120', '01234', '01342', '00 1234 5678', '1-800-555-0199', 'https://gas.example/bills/B-2601']
    ];
    let from = 0;
    for (const words of wanted) {
      const at = text.indexOf(words, from);
      expect(at, `${words} after the ${from}th letter of ${text}`).toBeGreaterThanOrEqual(0);
      from = at;
    }
    expect(pdf.numPages).toBe(lines > 12 ? 3 : 1);
  });
}

test('it is tagged, has a title and a language, its fonts inside, and is the same file each time', async () => {
  const paper = await printed(3, 'es');
  const pdf = await getDocumentProxy(new Uint8Array(paper));
  const { info, metadata } = await pdf.getMetadata();
  expect(info).toMatchObject({ Title: 'Factura B-2601', Author: 'Northgate Gas', Language: 'es' });
  expect(String(metadata?.getRaw())).toMatch(/pdfuaid:part>1</);
  expect(await pdf.getMarkInfo()).toMatchObject({ Marked: true });
  const tree = JSON.stringify(await (await pdf.getPage(1)).getStructTree());
  for (const role of ['H1', 'H2', 'Table', 'THead', 'TH', 'TD', 'P'])
    expect(tree).toContain(`"role":"${role}"`);
  expect(paper.toString('latin1')).toMatch(/FontFile2|FontFile3/);
  expect((await printed(3, 'es')).equals(paper)).toBe(true);
});

test.each(['en', 'es'] as const)(
  'in %s, on a budget the paper asks for the level amount and not for the total',
  (locale) => {
    const plan = { kind: 'budget' as const, next: { amount: 85_00n, due_on: '2026-02-15' } };
    const paper = billPaper(wordsFor(locale), { ...bill(3), plan }, to, issuer);
    const dollars = (units: string) =>
      locale === 'es' ? `${units.replace('.', ',')}\u00a0US$` : `$${units}`;
    expect(paper.owed.amount).toBe(dollars('85.00'));
    expect(paper.owed.by).toMatch(/Feb 15, 2026|15 feb 2026/);
    expect(JSON.stringify([paper.owed, paper.parts])).not.toContain(dollars('123.45'));
    expect(JSON.stringify(paper)).not.toMatch(/Feb 22, 2026|22 feb 2026/);
    expect(paper.lines?.sum).toBe(dollars('123.45'));

    const between = billPaper(wordsFor(locale), { ...bill(3), plan: { ...plan, next: null } }, to, issuer);
    expect(JSON.stringify(between)).not.toMatch(/Feb 22, 2026|22 feb 2026/);
  }
);

test('a credit asks for no payment, and a receipt says what was paid', async () => {
  const t = wordsFor('en');
  const credit = billPaper(t, { ...bill(1), total: -500n }, to, issuer);
  expect(credit.owed.amount).toBe('$5.00');
  expect(JSON.stringify(credit.parts)).not.toContain('00 1234 5678');

  const payment = {
    reference: 'P-ABCDEFGH',
    amount: 4200n,
    currency: 'USD',
    paid_on: '2026-01-20',
    method: 'cheque' as const,
    bill: 'B-2601'
  };
  const paper = await printPaper(press, receiptPaper(t, payment, to, issuer), payment.paid_on);
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(paper)), { mergePages: true });
  for (const words of ['Receipt P-ABCDEFGH', '$42.00', 'Jan 20, 2026', 'B-2601', 'Check'])
    expect(text).toContain(words);
});
