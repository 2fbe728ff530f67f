/** The reviewed words people are shown in danger: by jurisdiction, language and hazard, with a version. */
import type { Hazard } from './rules.ts';
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

/** A line to call. Without a number it is the utility's own, which its configuration knows. */
export type Line = { label: string; number?: string };

/** One language's words of a jurisdiction. */
export type LocalWording = Record<Hazard, Advice> & {
  avoidTitle: string;
  callTitle: string;
  lines: Record<Hazard, readonly Line[]>;
};

/** A jurisdiction's words. Whoever changes one gives it a new version and has it approved again. */
export type ReviewedWording = {
  version: string;
  approved: { on: string; by: string };
  words: Record<WordingLocale, LocalWording>;
};

/** What a page shows and a record keeps. */
export type SafetyWording = Advice & {
  version: string;
  approved: { on: string; by: string };
  hazard: Hazard;
  locale: WordingLocale;
  avoidTitle: string;
  callTitle: string;
  lines: readonly Line[];
};

const reviewed: Record<Jurisdiction, ReviewedWording> = { US: unitedStates, UK: unitedKingdom, IN: india };

/** The words for somebody who reads `locale` (`es-MX` reads Spanish); English where the language is not ours. */
export function safetyWording(jurisdiction: Jurisdiction, locale: string, hazard: Hazard): SafetyWording {
  const { version, approved, words } = reviewed[jurisdiction];
  const spoken = wordingLocales.find((known) => known === locale.toLowerCase().split('-')[0]) ?? 'en';
  const { avoidTitle, callTitle, lines, [hazard]: advice } = words[spoken];
  return {
    ...advice,
    version,
    approved,
    hazard,
    locale: spoken,
    avoidTitle,
    callTitle,
    lines: lines[hazard]
  };
}
