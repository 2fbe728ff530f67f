/** What others are handed is what the standard asks for: the file holds to the schemas of Atom and ESPI 4.0. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';
import { xmlRegisterFsInputProviders } from 'libxml2-wasm/lib/nodejs.mjs';
import { expect, test } from 'vitest';
import { type GreenButton, greenButton } from './green-button.ts';

const folder = join(import.meta.dirname, '../../../tests/fixtures/green-button');
const schemaOf = (file: string) =>
  XsdValidator.fromDoc(
    XmlDocument.fromString(readFileSync(join(folder, file), 'utf8').replace(/<xs:import[^>]*\/>/g, ''))
  );

const facts: GreenButton = {
  idOf: (name) => `00000000-0000-8000-8000-${String(name.length).padStart(12, '0')}`,
  updated: '2026-11-29T08:00:00Z',
  title: 'Gas & more <at home>',
  point: '40120000',
  unit: 'therm',
  currency: 840,
  zone: { offset: -18_000, summer: 3600 },
  periods: [
    {
      start: 1_761_451_200,
      duration: 31 * 86_400,
      quantity: 29_000n,
      cost: 5_567_000n,
      estimated: false,
      lines: [{ note: 'Gas', amount: 2_639_000n, kind: 'commodity' }]
    },
    {
      start: 1_758_859_200,
      duration: 30 * 86_400,
      quantity: 20_000n,
      cost: 4_210_000n,
      estimated: true,
      lines: []
    }
  ]
};

test('every entry holds to the schema of ESPI 4.0', () => {
  const contents = [...greenButton(facts).matchAll(/<content>(.*?)<\/content>/g)].map(([, xml = '']) => xml);
  const schema = schemaOf('espi.xsd');
  expect(contents).toHaveLength(9);
  for (const xml of contents) {
    using document = XmlDocument.fromString(xml);
    expect(() => schema.validate(document), xml).not.toThrow();
  }
});

xmlRegisterFsInputProviders();
/** Atom takes only what it knows of: what stands in its entries is looked at as well. */
const both = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:import namespace="http://www.w3.org/2005/Atom" schemaLocation="atom.xsd"/>
  <xs:import namespace="http://naesb.org/espi" schemaLocation="espi.xsd"/></xs:schema>`;

test.each(['therm', 'kwh'] as const)('in %s, the feed as a whole holds to the schema of Atom', (unit) => {
  using schema = XmlDocument.fromString(both, { url: join(folder, 'both.xsd') });
  using validator = XsdValidator.fromDoc(schema);
  using feed = XmlDocument.fromString(named(unit));
  expect(() => validator.validate(feed)).not.toThrow();
});

/** What the published checks of function blocks 01, 04, 10, 12, 15 and 16 look for, as XPath. */
const checks: Record<string, string> = {
  '01 one usage point, of gas': 'count(//e:UsagePoint[e:ServiceCategory/e:kind=1])=1',
  '01 its time is told once':
    'count(a:entry[a:content/e:LocalTimeParameters]/a:link[@rel="self" and @href=//a:entry[a:content/e:UsagePoint]/a:link[@rel="related"]/@href])=1',
  '01 no place of an entry is told twice':
    'not(a:entry/a:link[@rel="self"][@href=../preceding-sibling::a:entry/a:link[@rel="self"]/@href])',
  '04 the readings belong to the usage point':
    'a:entry[a:content/e:MeterReading]/a:link[@rel="up"]/@href=a:entry[a:content/e:UsagePoint]/a:link[@rel="related"]/@href',
  '04 they are of one type':
    'count(a:entry[a:content/e:ReadingType]/a:link[@rel="self" and @href=//a:entry[a:content/e:MeterReading]/a:link[@rel="related"]/@href])=1',
  '04 the blocks belong to the readings':
    'a:entry[a:content/e:IntervalBlock]/a:link[@rel="up"]/@href=a:entry[a:content/e:MeterReading]/a:link[@rel="related"]/@href',
  '04 no interval begins twice':
    'not(//e:IntervalReading[e:timePeriod/e:start=preceding-sibling::e:IntervalReading/e:timePeriod/e:start])',
  '10 gas, as energy in joules, British thermal units or therms':
    '//e:ReadingType[e:accumulationBehaviour=4 and e:commodity=7 and e:flowDirection=1 and e:kind=12 and (e:uom=31 or e:uom=132 or e:uom=169)]',
  '12 every interval has its cost': 'not(//e:IntervalReading[not(e:cost)]) and //e:ReadingType/e:currency',
  '15 summaries under both names': '//e:UsageSummary and //e:ElectricPowerUsageSummary',
  '15 each is whole':
    'not(//*[self::e:UsageSummary or self::e:ElectricPowerUsageSummary][not(e:billingPeriod/e:duration and e:billingPeriod/e:start and e:overallConsumptionLastPeriod and e:qualityOfReading and e:statusTimeStamp)])',
  '15 each belongs to the usage point':
    'not(a:entry[a:content/e:UsageSummary or a:content/e:ElectricPowerUsageSummary][not(a:link[@rel="up"]/@href=//a:entry[a:content/e:UsagePoint]/a:link[@rel="related"]/@href)])',
  '16 each has its amounts':
    'not(//*[self::e:UsageSummary or self::e:ElectricPowerUsageSummary][not(e:billLastPeriod and e:costAdditionalLastPeriod and e:currency)])'
};

test.each(Object.entries(checks))('%s', (_, check) => {
  const names = { a: 'http://www.w3.org/2005/Atom', e: 'http://naesb.org/espi' };
  for (const unit of ['therm', 'kwh'] as const) {
    using feed = XmlDocument.fromString(named(unit));
    expect([unit, feed.root.eval(`boolean(${check})`, names)]).toEqual([unit, true]);
  }
});

test('a kilowatt hour is told as what it is in joules, and what lines cost adds up', () => {
  const xml = greenButton({ ...facts, unit: 'kwh' });
  // 29 kWh are 104.4 MJ, in hundreds of joules.
  expect(xml).toContain('<value>1044000</value>');
  expect(xml).toContain('<costAdditionalLastPeriod>2639000</costAdditionalLastPeriod>');
});

/** The file with an id of its own for everything. */
function named(unit: 'therm' | 'kwh') {
  const ids = new Map<string, number>();
  const idOf = (name: string) => {
    const nth = ids.get(name) ?? ids.size;
    ids.set(name, nth);
    return `00000000-0000-8000-8000-${String(nth).padStart(12, '0')}`;
  };
  return greenButton({ ...facts, unit, idOf });
}

test('each entry has an id of its own, where it stands and where it belongs, and full times', () => {
  const xml = greenButton({ ...facts, idOf: (name) => name });
  const entries = xml.split('<entry>').slice(1);
  expect(new Set(entries.map((entry) => /<id>(.*?)<\/id>/.exec(entry)?.[1])).size).toBe(entries.length);
  for (const entry of entries) {
    expect(entry).toContain('rel="self"');
    expect(entry).toContain('rel="up"');
    expect(entry).toContain('<updated>2026-11-29T08:00:00Z</updated>');
  }
});

test('gas is told as gas, in therms or in joules, with what it cost', () => {
  expect(greenButton(facts)).toContain('<commodity>7</commodity>');
  expect(greenButton(facts)).toContain('<uom>169</uom>');
  expect(greenButton(facts)).toContain('<billLastPeriod>5567000</billLastPeriod>');
  expect(greenButton({ ...facts, unit: 'kwh' })).toContain('<uom>31</uom>');
});

test('nothing in a name becomes markup', () => {
  expect(greenButton(facts)).toContain('Gas &amp; more &lt;at home&gt;');
});
