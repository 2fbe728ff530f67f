/** What we write to customers about their requests: what happened, what comes next, and where to read it. */
import type { Words } from '#lib/platform/words.ts';
import type { LetterAbout } from '#lib/people/letter-kinds.ts';
import { type CutOffWords, writeCutOff } from '#lib/slots/hours.ts';
import { writeCharge, writeOwed } from './letter-money.ts';
import { tellVisit, written } from './letter-visit.ts';
import { daysToReopen } from './status.ts';

/** What a customer is written to about. */
export type Occasion =
  | 'received'
  | 'answered'
  | 'asked_back'
  | 'booked'
  | 'visit_moved'
  | 'visit_off'
  | 'visit_soon'
  | 'visit_closed'
  | 'visit_on_way'
  | 'visit_done'
  | 'visit_no_access'
  | 'visit_more'
  | 'visit_unsafe'
  | 'visit_missed'
  | 'resolved'
  | 'cancelled'
  | 'merged'
  | 'reopened'
  | 'chatted';

/** All that a letter may say. Nothing of what was written on the request is in it (decision 0007). */
export interface LetterFacts {
  /** Null where whoever wrote is not known: they may have given the address of somebody else, and any name with it. */
  name: string | null;
  reference: string;
  /** What kind of request it is; null where even that is private. */
  about: string | null;
  due_at: Date | null;
  visit: Visit | null;
  /** When it was before, of a visit that was moved. */
  before?: Visit | null;
  /** Until when a booked visit can be moved and cancelled, as this utility has set it. */
  until?: CutOffWords;
  /** Where a visitor reads it: a private way in. A customer finds it under its reference. */
  way?: string;
  /** What is owed for a visit that was missed. */
  owed?: Owed | null;
  /** What it costs that nobody let us in; nothing is said too. */
  charge?: Pick<Owed, 'amount' | 'currency'> | null;
}

export interface Owed {
  amount: number;
  currency: string;
  due_on: string;
}

export interface Visit {
  visit_on: string;
  visit_from: string;
  visit_to: string;
}

/** By what its reader may have turned it off, and for which day it is of use. */
export const letterKindOf = (occasion: Occasion, { visit }: LetterFacts): LetterAbout =>
  occasion === 'booked' || occasion.startsWith('visit_')
    ? { kind: 'appointment', day: visit?.visit_on }
    : { kind: 'request', asks: occasion === 'asked_back' };

/** What is the same in every letter of one utility. */
export interface Letterhead {
  origin: string;
  utilityName: string;
  emergencyPhone: string;
  timeZone: string;
}

export function requestLetter(t: Words, occasion: Occasion, facts: LetterFacts, head: Letterhead) {
  const { name, reference } = facts;
  const paragraphs = [
    name === null ? t('letters.greeting_plain') : t('letters.greeting', { name }),
    t(`letters.${occasion}`, { reference }),
    facts.about && t('letters.about', { about: facts.about }),
    ...next(t, occasion, facts, head),
    t('letters.where', {
      link: `${head.origin}${facts.way ?? `/requests/${reference}`}${placeOf(occasion)}`
    }),
    facts.way ? t('letters.private_way') : null,
    t('letters.foot', { utility: head.utilityName, phone: head.emergencyPhone })
  ];
  return {
    subject: t(`letters.${occasion}_subject`, { reference }),
    ...inText(t, occasion, facts),
    text: paragraphs.filter((paragraph) => paragraph !== null).join('\n\n')
  };
}

/** What a text message says where its subject alone would say too little: when somebody comes, or that we wait. */
function inText(t: Words, occasion: Occasion, { reference, visit }: LetterFacts): { line?: string } {
  if (occasion === 'asked_back') return { line: t('letters.asked_back_text', { reference }) };
  if ((occasion !== 'visit_soon' && occasion !== 'visit_on_way') || !visit) return {};
  const { from, to } = written(visit, t);
  return { line: t(`letters.${occasion}_text`, { reference, from, to }) };
}

/** Where the page opens: at what its reader has not seen yet. A receipt tells of nothing that is new to them. */
const placeOf = (occasion: Occasion) => (occasion === 'received' ? '' : '#new');

/** What happens next, and by when. */
function next(t: Words, occasion: Occasion, facts: LetterFacts, head: Letterhead): string[] {
  const { due_at, visit, before, until, owed, charge } = facts;
  switch (occasion) {
    case 'received':
    case 'reopened':
      return due_at ? [t('letters.answer_by', { due: writeDue(due_at, t.locale, head.timeZone) })] : [];
    case 'booked':
    case 'visit_moved':
      return visit && until
        ? [tellVisit(t, visit, before), t('letters.visit_change', writeCutOff(until, t.locale))]
        : [];
    case 'visit_soon':
      return visit ? [tellVisit(t, visit), t('letters.visit_adult')] : [];
    case 'visit_missed':
      return [...(owed ? [t('letters.compensation', writeOwed(owed, t))] : []), t('letters.visit_again')];
    case 'visit_on_way':
      return visit ? [t('letters.visit_window', written(visit, t))] : [];
    case 'visit_done':
      return [t('letters.may_reopen', { days: daysToReopen }), t('letters.visit_rating')];
    case 'visit_no_access':
      return [...writeCharge(charge, t), t('letters.visit_again')];
    case 'visit_closed':
    case 'visit_off':
      return [...(visit ? [t('letters.visit_was', written(visit, t))] : []), t('letters.visit_again')];
    case 'asked_back':
      return [t('letters.we_wait')];
    case 'resolved':
      return [t('letters.may_reopen', { days: daysToReopen })];
    case 'visit_unsafe':
      return [t('letters.visit_unsafe_keep'), t('letters.visit_unsafe_next')];
    case 'visit_more':
    case 'answered':
    case 'cancelled':
    case 'merged':
    case 'chatted':
      return [];
  }
}

const writeDue = (due: Date, locale: string, timeZone: string) =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone }).format(due);
