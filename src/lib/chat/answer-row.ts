/** An answer of the bot as staff look at it. */
import type { BotKind } from '#lib/help/bot.ts';

/** How it went on: who asked said that it helped, chose what was offered, asked again, or went to a person. */
export type Outcome = 'open' | 'helped' | 'chosen' | 'again' | 'person';

/** All, those it was not sure of, and those that were not what was asked. */
export const views = ['newest', 'unsure', 'refused'] as const;
export type View = (typeof views)[number];

export interface AnswerRow {
  id: string;
  at: Date;
  locale: string;
  question: string;
  kind: BotKind;
  topic: string | null;
  confidence: number;
  next: string[];
  outcome: Outcome;
}
