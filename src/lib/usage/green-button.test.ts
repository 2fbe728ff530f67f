/** What others are handed is what the standard asks for: the file holds to the schemas of Atom and ESPI 4.0. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';
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

test('gas is told as gas, in therms or in watt hours, with what it cost', () => {
  expect(greenButton(facts)).toContain('<commodity>7</commodity>');
  expect(greenButton(facts)).toContain('<uom>169</uom>');
  expect(greenButton(facts)).toContain('<billLastPeriod>5567000</billLastPeriod>');
  expect(greenButton({ ...facts, unit: 'kwh' })).toContain('<uom>72</uom>');
});

test('nothing in a name becomes markup', () => {
  expect(greenButton(facts)).toContain('Gas &amp; more &lt;at home&gt;');
});
