/** What is offered where: no rule, unit or kind of one country is shown in another. */
import { expect, test } from 'vitest';
import { ofCountry } from '../../../tests/support/countries.ts';
import { rulesOf } from '#lib/billing/programme-rules.ts';
import { jurisdictions, type Jurisdiction } from '#lib/safety/wording.ts';
import { serviceTypes } from './all.ts';
import { catalogueOf } from './local.ts';

const offered = (jurisdiction: Jurisdiction) => catalogueOf(jurisdiction, serviceTypes);

/** Without the names of fields, which nobody sees. */
const shown = (key: string, value: unknown) =>
  key === 'steps' || key === 'show_if' || (key === 'name' && typeof value === 'string') ? undefined : value;

test.each(jurisdictions)('in the %s nobody reads of the rules and units of another country', (where) => {
  for (const type of offered(where)) {
    expect(type).not.toHaveProperty('in');
    for (const other of jurisdictions.filter((each) => each !== where))
      expect(JSON.stringify(type, shown)).not.toMatch(ofCountry[other]);
  }
});

test('in the United States they are as they were', () => {
  expect(JSON.stringify(offered('US'))).toMatch(ofCountry.US);
  expect(JSON.stringify(offered('US'))).not.toMatch(/litres|litros/);
});

test('in the United States a cheque is a check, and nowhere else', () => {
  for (const jurisdiction of jurisdictions) {
    const words = JSON.stringify(offered(jurisdiction), (key, value: unknown) =>
      key === 'label' ? JSON.stringify(value) : value
    );
    expect(words.includes('By check')).toBe(jurisdiction === 'US');
    expect(words.includes('By cheque')).toBe(jurisdiction !== 'US');
  }
});

test('a connection is taken to another distributor only in India', () => {
  const has = (jurisdiction: Jurisdiction) => offered(jurisdiction).some(({ code }) => code === 'LPG-PORT');
  expect(jurisdictions.filter(has)).toEqual(['IN']);
});

test.each(jurisdictions)(
  'every choice in the %s has answers, and every promise its hours',
  (jurisdiction) => {
    for (const { fields, promise } of offered(jurisdiction)) {
      for (const field of fields) if ('options' in field) expect(field.options.length).toBeGreaterThan(1);
      expect(promise.first_response_hours).toBeGreaterThan(0);
      expect(promise.source.length).toBeGreaterThan(20);
    }
  }
);

test.each(jurisdictions)('in the %s a bill is put off by as many days as the programme allows', (where) => {
  const { days } = rulesOf(where).extension;
  const type = offered(where).find(({ code }) => code === 'PAY-EXT');
  expect(type?.summary.en).toBe(`Up to ${days} days more for one bill.`);
  expect(type?.help.es).toContain(`${days} días`);
  expect(type?.fields.find(({ name }) => name === 'pay_on')).toMatchObject({ max: { days } });
});
