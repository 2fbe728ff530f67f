/** The words people are shown in danger: by jurisdiction, language, hazard and kind of supply, with a version. */
import type { Hazard } from './rules.ts';
import type { Supply } from './supply.ts';
import type { Around } from './wording/around.ts';
import { india } from './wording/india.ts';
import { unitedKingdom } from './wording/uk.ts';
import { unitedStates } from './wording/us.ts';

export const jurisdictions = ['US', 'UK', 'IN'] as const;
export type Jurisdiction = (typeof jurisdictions)[number];

export const wordingLocales = ['en', 'es', 'hi', 'fr'] as const;
export type WordingLocale = (typeof wordingLocales)[number];

export const isWordingLocale = (value: unknown): value is WordingLocale =>
  wordingLocales.some((known) => known === value);

/** What to do in one kind of danger, in order, and what not to do. */
export type Advice = { title: string; steps: readonly string[]; avoid: readonly string[] };

/** A line to call. Without a number it is the utility's own, for pipes or for cylinders, which its configuration knows. */
export type Line = { label: string; number?: string; of?: 'cylinder' };

/** One language's words of a jurisdiction, for gas that comes by a pipe. */
export type PipedWording = Record<Hazard, Advice> & {
  avoidTitle: string;
  callTitle: string;
  lines: Record<Hazard, readonly Line[]>;
};

/** What is said otherwise of cylinders and tanks, and where nobody knows what it is. */
export type Otherwise = Record<
  'cylinder' | 'unknown',
  Record<Hazard, Partial<Advice> & { lines: readonly Line[] }>
>;

/**
 * A jurisdiction's words. Whoever changes one gives it a new version. None is approved as it stands here: the people
 * responsible at the utility do that, in the product.
 */
export type Wording = {
  version: string;
  words: Record<WordingLocale, PipedWording & Otherwise & { around: Around }>;
};

/** What a page shows and a record keeps. */
export type SafetyWording = Advice & {
  version: string;
  hazard: Hazard;
  supply: Supply;
  locale: WordingLocale;
  avoidTitle: string;
  callTitle: string;
  lines: readonly Line[];
  around: Around;
};

const all: Record<Jurisdiction, Wording> = { US: unitedStates, UK: unitedKingdom, IN: india };

/** All words of a jurisdiction, as they are approved: as a whole. */
export const wordingOf = (jurisdiction: Jurisdiction): Wording => all[jurisdiction];

/** The words for somebody who reads `locale` (`es-MX` reads Spanish); English where the language is not ours. */
export function safetyWording(
  jurisdiction: Jurisdiction,
  locale: string,
  hazard: Hazard,
  supply: Supply = 'unknown'
): SafetyWording {
  const { version, words } = all[jurisdiction];
  const spoken = wordingLocales.find((known) => known === locale.toLowerCase().split('-')[0]) ?? 'en';
  const told = words[spoken];
  const { avoidTitle, callTitle, around } = told;
  return {
    ...told[hazard],
    lines: told.lines[hazard],
    ...(supply !== 'piped' && told[supply][hazard]),
    ...{ version, hazard, supply, locale: spoken, avoidTitle, callTitle, around }
  };
}

/** The lines to call with their numbers; where two are the same number, one of them. */
export function linesToCall(
  { lines }: Pick<SafetyWording, 'lines'>,
  own: { piped: string; cylinder: string }
): { label: string; number: string }[] {
  const calls = lines.map(({ label, number, of }) => ({
    label,
    number: number ?? (of ? own.cylinder : own.piped)
  }));
  return calls.filter(({ number }, at) => calls.findIndex((call) => call.number === number) === at);
}
