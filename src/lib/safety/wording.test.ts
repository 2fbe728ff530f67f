/** What people in danger are told, in every jurisdiction and language. */
import { expect, test } from 'vitest';
import { jurisdictions, safetyWording, wordingLocales } from './wording.ts';

const hazards = ['gas', 'co', 'fire'] as const;
const all = jurisdictions.flatMap((jurisdiction) =>
  wordingLocales.flatMap((locale) => hazards.map((hazard) => ({ jurisdiction, locale, hazard })))
);

test.each(all)(
  '$jurisdiction tells a reader of $locale what to do about $hazard',
  ({ jurisdiction, locale, hazard }) => {
    const wording = safetyWording(jurisdiction, locale, hazard);
    const english = safetyWording(jurisdiction, 'en', hazard);

    expect(wording.steps).toHaveLength(english.steps.length);
    expect(wording.avoid).toHaveLength(english.avoid.length);
    expect(wording.lines.map(({ number }) => number)).toEqual(english.lines.map(({ number }) => number));
    expect(wording.version).toMatch(/^(US|UK|IN)-\d+$/);
    for (const step of [...wording.steps, ...wording.avoid]) expect(step.length).toBeLessThanOrEqual(130);
  }
);

test('in the United States nobody is sent to open windows or close valves', () => {
  const steps = safetyWording('US', 'en', 'gas').steps.join(' ');
  expect(steps).not.toMatch(/window|valve/i);
  expect(steps).toContain('911');
});

test('in the United Kingdom people open windows and close the valve, but not in a cellar', () => {
  const steps = safetyWording('UK', 'en', 'gas').steps.join(' ');
  expect(steps).toMatch(/Open doors and windows/);
  expect(steps).toMatch(/cellar or basement, do not go there/);
  expect(safetyWording('UK', 'en', 'gas').lines.map(({ number }) => number)).toEqual([
    '0800 111 999',
    '0800 002 001'
  ]);
});

test('in India people close the regulator and call 1906', () => {
  const wording = safetyWording('IN', 'hi', 'gas');
  expect(wording.steps.join(' ')).toContain('रेगुलेटर');
  expect(wording.lines[0]?.number).toBe('1906');
});

test('a reader of another language is told in English', () => {
  expect(safetyWording('US', 'de', 'gas').locale).toBe('en');
  expect(safetyWording('US', 'es-MX', 'gas').locale).toBe('es');
});
