/**
 * Usage as a Green Button "Download My Data" file: an Atom feed of ESPI 4.0 entries (NAESB REQ.21) that programs of
 * others read. Billed periods stand as intervals (function blocks 01, 04, 10, 12) and as summaries (15, 16).
 */
import XMLBuilder from 'fast-xml-builder';

export interface GreenButton {
  /** Makes the same id out of the same name (a UUID). */
  idOf: (name: string) => string;
  /** ISO 8601 with zone, to the second. */
  updated: string;
  title: string;
  /** Whose meter it is, in words of the utility: the number of the account, never a name. */
  point: string;
  unit: 'therm' | 'kwh';
  /** ISO 4217, by its number: 840 is the US dollar. */
  currency: number;
  /** Seconds that local standard time is ahead of UTC, and that summer adds. */
  zone: { offset: number; summer: number };
  periods: readonly Period[];
}

export interface Period {
  /** Seconds since 1970, and how many of them. */
  start: number;
  duration: number;
  /** Thousandths of the unit. */
  quantity: bigint;
  /** Hundred-thousandths of the currency. */
  cost: bigint;
  estimated: boolean;
  lines: readonly { note: string; amount: bigint; kind: LineKind }[];
}

export type LineKind = 'fee' | 'commodity' | 'delivery' | 'tax' | 'other';

/** Codes of ESPI 4.0: ItemKind, UnitSymbolKind (therm, joule), QualityOfReading. */
const itemKinds: Record<LineKind, number> = { fee: 2, commodity: 1, delivery: 7, tax: 3, other: 4 };
/** Gas is told in therms or joules, never in watt hours: a watt hour is 36 hundreds of joules. */
const units = {
  therm: { uom: 169, powerOfTenMultiplier: -3, each: 1n },
  kwh: { uom: 31, powerOfTenMultiplier: 2, each: 36n }
};
const quality = { actual: 14, estimated: 8 };

/** The whole file. Newest period first or last makes no difference: they are put in order. */
export function greenButton(facts: GreenButton): string {
  const periods = facts.periods.toSorted((a, b) => a.start - b.start);
  const at = paths(facts.point);
  const entry = entryOf(facts);
  const feed = {
    '@xmlns': 'http://www.w3.org/2005/Atom',
    '@xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
    id: urn(facts, 'feed'),
    title: facts.title,
    updated: facts.updated,
    link: { '@href': at.point, '@rel': 'self' },
    entry: [
      entry(at.point, 'UsagePoint', [at.readings, at.UsageSummary, at.ElectricPowerUsageSummary, at.zone], {
        ServiceCategory: { kind: 1 },
        status: 1
      }),
      entry(at.zone, 'LocalTimeParameters', [], timeOf(facts.zone)),
      entry(`${at.readings}/1`, 'MeterReading', [`${at.blocks}`, at.type], {}),
      entry(at.type, 'ReadingType', [], readingType(facts)),
      entry(`${at.blocks}/1`, 'IntervalBlock', [], blockOf(facts, periods)),
      ...periods.flatMap((period, nth) =>
        // Published checks of gas files look for the older name; the schema of today has both.
        (['UsageSummary', 'ElectricPowerUsageSummary'] as const).map((name) =>
          entry(`${at[name]}/${nth + 1}`, name, [], summaryOf(facts, period))
        )
      )
    ]
  };
  const xml = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: '@', suppressEmptyNode: true });
  return `<?xml version="1.0" encoding="UTF-8"?>\n${xml.build({ feed })}\n`;
}

function paths(point: string) {
  const base = '/espi/1_1/resource';
  const own = `${base}/UsagePoint/${point}`;
  return {
    point: own,
    zone: `${base}/LocalTimeParameters/1`,
    readings: `${own}/MeterReading`,
    blocks: `${own}/MeterReading/1/IntervalBlock`,
    type: `${base}/ReadingType/1`,
    UsageSummary: `${own}/UsageSummary`,
    ElectricPowerUsageSummary: `${own}/ElectricPowerUsageSummary`
  };
}

const urn = ({ idOf, point }: GreenButton, name: string) => `urn:uuid:${idOf(`${point} ${name}`)}`;

/** An Atom entry around one thing of ESPI, with where it stands and what belongs to it. */
const entryOf = (facts: GreenButton) => (self: string, name: string, related: string[], what: object) => ({
  id: urn(facts, self),
  link: [
    { '@href': self, '@rel': 'self' },
    { '@href': self.slice(0, self.lastIndexOf('/')), '@rel': 'up' },
    ...related.map((href) => ({ '@href': href, '@rel': 'related' }))
  ],
  title: name,
  content: { [name]: { '@xmlns': 'http://naesb.org/espi', ...what } },
  published: facts.updated,
  updated: facts.updated
});

/** All times are seconds of UTC, so no rule of summer time is needed to read them; the offset is told for display. */
const timeOf = ({ offset, summer }: GreenButton['zone']) => ({
  dstEndRule: 'FFFFFFFF',
  dstOffset: summer,
  dstStartRule: 'FFFFFFFF',
  tzOffset: offset
});

const readingType = ({ unit, currency }: GreenButton) => ({
  accumulationBehaviour: 4,
  commodity: 7,
  currency,
  dataQualifier: 12,
  flowDirection: 1,
  intervalLength: 2_592_000,
  kind: 12,
  powerOfTenMultiplier: units[unit].powerOfTenMultiplier,
  timeAttribute: 0,
  uom: units[unit].uom
});

function blockOf({ unit }: GreenButton, periods: readonly Period[]) {
  const [first, last] = [periods[0], periods.at(-1)];
  if (!first || !last) return {};
  return {
    interval: { duration: last.start + last.duration - first.start, start: first.start },
    IntervalReading: periods.map(({ start, duration, quantity, cost, estimated }) => ({
      cost: String(cost),
      ReadingQuality: { quality: estimated ? quality.estimated : quality.actual },
      timePeriod: { duration, start },
      value: String(quantity * units[unit].each)
    }))
  };
}

function summaryOf({ unit, currency }: GreenButton, period: Period) {
  const end = period.start + period.duration;
  return {
    billingPeriod: { duration: period.duration, start: period.start },
    billLastPeriod: String(period.cost),
    // What the lines below add up to, as the schema asks.
    costAdditionalLastPeriod: String(period.lines.reduce((sum, { amount }) => sum + amount, 0n)),
    costAdditionalDetailLastPeriod: period.lines.map(({ note, amount, kind }) => ({
      amount: String(amount),
      note,
      itemKind: itemKinds[kind]
    })),
    currency,
    overallConsumptionLastPeriod: {
      powerOfTenMultiplier: units[unit].powerOfTenMultiplier,
      timeStamp: end,
      uom: units[unit].uom,
      value: String(period.quantity * units[unit].each)
    },
    qualityOfReading: period.estimated ? quality.estimated : quality.actual,
    statusTimeStamp: end,
    commodity: 7
  };
}
