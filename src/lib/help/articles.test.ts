/** The articles are shown wherever Hearth stands: none tells a rule, a number or a kind of request of one country alone. */
import { expect, test } from 'vitest';
import { ofCountry } from '../../../tests/support/countries.ts';
import { serviceTypes } from '#lib/catalogue/all.ts';
import { catalogueOf } from '#lib/catalogue/local.ts';
import { jurisdictions } from '#lib/safety/wording.ts';
import { shippedArticles } from './server/publish.ts';

// The questions are as people ask them, and nobody is shown them.
const articles = shippedArticles().map(({ locale, slug, title, summary, body, action }) => ({
  name: `${locale}/${slug}`,
  text: [title, summary, body, action].join('\n')
}));

test.each(jurisdictions)('no article tells what holds in the %s only', (jurisdiction) => {
  const found = articles.map(({ name, text }) => [name, ofCountry[jurisdiction].exec(text)?.[0]]);
  expect(found.filter(([, word]) => word)).toEqual([]);
});

test.each(jurisdictions)('every kind of request that an article leads to is on offer in the %s', (where) => {
  const offered = new Set(catalogueOf(where, serviceTypes).map(({ code }) => code));
  const led = articles.flatMap(({ name, text }) =>
    [...text.matchAll(/\/requests\/new\/([A-Z\d-]+)/g)].map(([, code = '']) => ({ name, code }))
  );
  expect(led.length).toBeGreaterThan(50);
  expect(led.filter(({ code }) => !offered.has(code))).toEqual([]);
});
