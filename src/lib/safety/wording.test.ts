/** What people in danger are told, in every jurisdiction and language. */
import { expect, test } from 'vitest';
import { supplies } from './supply.ts';
import { jurisdictions, linesToCall, safetyWording, wordingLocales, wordingOf } from './wording.ts';

const hazards = ['gas', 'co', 'fire'] as const;
const all = jurisdictions.flatMap((jurisdiction) =>
  wordingLocales.flatMap((locale) =>
    hazards.flatMap((hazard) => supplies.map((supply) => ({ jurisdiction, locale, hazard, supply })))
  )
);

test.each(all)(
  '$jurisdiction tells a reader of $locale what to do about $hazard, supply $supply',
  ({ jurisdiction, locale, hazard, supply }) => {
    const wording = safetyWording(jurisdiction, locale, hazard, supply);
    const english = safetyWording(jurisdiction, 'en', hazard, supply);

    expect(wording.steps).toHaveLength(english.steps.length);
    expect(wording.avoid).toHaveLength(english.avoid.length);
    expect(wording.lines.map(({ number }) => number)).toEqual(english.lines.map(({ number }) => number));
    expect(wording.lines.map(({ of }) => of)).toEqual(english.lines.map(({ of }) => of));
    const numbers = (words: typeof wording) =>
      words.steps.join(' ').match(/\b(1906|112|911|999|0800[ \d]+\d)\b/g);
    expect(numbers(wording)).toEqual(numbers(english));
    expect(wording.version).toMatch(/^(US|UK|IN)-\d+$/);
    for (const step of [...wording.steps, ...wording.avoid]) expect(step.length).toBeLessThanOrEqual(130);
  }
);

test('in the United States nobody is sent to open windows or close valves', () => {
  for (const supply of supplies) {
    const steps = safetyWording('US', 'en', 'gas', supply).steps.join(' ');
    expect(steps).not.toMatch(/window|valve/i);
    expect(steps).toContain('911');
  }
});

test('in the United Kingdom people with piped gas open windows and close the valve, but not in a cellar', () => {
  const wording = safetyWording('UK', 'en', 'gas', 'piped');
  const steps = wording.steps.join(' ');
  expect(steps).toMatch(/Open doors and windows/);
  expect(steps).toMatch(/cellar or basement, do not go there/);
  expect(wording.lines.map(({ number }) => number)).toEqual(['0800 111 999', '0800 002 001']);
});

test.each(jurisdictions)(
  'in %s somebody with a cylinder hears of no meter and no number of the pipes',
  (where) => {
    for (const locale of wordingLocales)
      for (const hazard of hazards) {
        const { steps, lines } = safetyWording(where, locale, hazard, 'cylinder');
        expect(steps.join(' ')).not.toMatch(/meter|contador|medidor|compteur|मीटर|0800/i);
        const calls = linesToCall({ lines }, { piped: 'of the pipes', cylinder: 'of the cylinders' });
        expect(calls.map(({ number }) => number)).not.toContain('of the pipes');
        expect(calls.map(({ number }) => number).join(' ')).not.toContain('0800');
      }
  }
);

test.each(jurisdictions)('in %s somebody of whom nobody knows is told of both, in safety', (where) => {
  const { steps, avoid, lines } = safetyWording(where, 'en', 'gas');
  expect([...steps, ...avoid].join(' ')).toMatch(/cylinder/);
  expect([...steps, ...avoid].join(' ')).toMatch(/low places/);
  const calls = linesToCall({ lines }, { piped: 'of the pipes', cylinder: 'of the cylinders' });
  expect(calls.map(({ number }) => number).join(' ')).toMatch(/pipes|0800 111 999/);
  expect(calls.map(({ number }) => number).join(' ')).toMatch(/cylinders|1906/);
});

test('two lines with one number are one line', () => {
  const { lines } = safetyWording('US', 'en', 'gas');
  expect(linesToCall({ lines }, { piped: '1', cylinder: '1' })).toHaveLength(2);
  expect(linesToCall({ lines }, { piped: '1', cylinder: '2' })).toHaveLength(3);
});

test('in India people close the regulator and call 1906; a piped network names its own line', () => {
  const wording = safetyWording('IN', 'hi', 'gas', 'cylinder');
  expect(wording.steps.join(' ')).toContain('रेगुलेटर');
  expect(wording.lines[0]?.number).toBe('1906');

  const { lines } = safetyWording('IN', 'en', 'gas', 'piped');
  expect(linesToCall({ lines }, { piped: '555 0100', cylinder: '1906' })).toEqual([
    { label: 'Our emergency line', number: '555 0100' }
  ]);
});

test.each(jurisdictions)(
  'in %s the buttons are in the language of the steps, and approved with them',
  (where) => {
    const english = safetyWording(where, 'en', 'gas').around;
    for (const locale of wordingLocales) {
      const { around } = safetyWording(where, locale, 'gas');
      const sentences = Object.entries(around);
      expect(around.notRecorded).toContain('{phone}');
      expect(sentences.filter(([, text]) => text.trim().length < 3)).toEqual([]);
      const alike = sentences.filter(([name, text]) => text === english[name as keyof typeof english]);
      expect([locale, alike.length]).toEqual([locale, locale === 'en' ? sentences.length : 0]);
      expect(wordingOf(where).words[locale].around).toEqual(around);
    }
  }
);

test.each(jurisdictions)('nobody has approved the words of %s yet, and they do not say so', (where) => {
  expect(JSON.stringify(wordingOf(where))).not.toMatch(/approved|manager/i);
});

test('a reader of another language is told in English', () => {
  expect(safetyWording('US', 'de', 'gas').locale).toBe('en');
  expect(safetyWording('US', 'es-MX', 'gas').locale).toBe('es');
});
