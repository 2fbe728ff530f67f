/** What we write to the people on call. Nothing the customer wrote is in it: they read that on the desk. */
import type { Words } from '#lib/platform/words.ts';
import type { ClockStep } from './clocks.ts';
import type { Hazard } from './life.ts';

interface Facts {
  reference: string;
  hazard: Hazard | null;
  received_at: Date;
}

export interface AlarmFacts extends Facts {
  /** Whole minutes for which nobody has acknowledged. */
  minutes: number;
  /** How many more calls from the same network wait with it. */
  others: number;
  /** Minutes until it is sent again. */
  next: number;
}

export interface ClockFacts extends Facts {
  step: ClockStep;
  late: boolean;
  /** How many more the same is to be said of. */
  others: number;
  /** Whole minutes until it is due, or since. */
  minutes: number;
  due: Date;
}

interface Head {
  origin: string;
  timeZone: string;
}

export function alarmLetter(t: Words, facts: AlarmFacts, head: Head) {
  const { reference, minutes, others, next } = facts;
  return {
    subject: t('emergencies.alarm_subject', { reference, minutes }),
    text: t('emergencies.alarm', { reference, minutes, others, next, ...common(t, facts, head) })
  };
}

export function clockLetter(t: Words, facts: ClockFacts, head: Head) {
  const { reference, step, late, minutes, due, others } = facts;
  const say = { reference, step, minutes, others, late: late ? 'yes' : 'no' };
  return {
    subject: t('emergencies.clock_subject', say),
    text: t('emergencies.clock_letter', { ...say, due: moment(t, due, head), ...common(t, facts, head) })
  };
}

const common = (t: Words, { reference, hazard, received_at }: Facts, head: Head) => ({
  received: moment(t, received_at, head),
  hazard: t(`emergencies.hazard_${hazard ?? 'unknown'}`),
  link: `${head.origin}/desk/emergencies/${reference}`
});

const moment = (t: Words, at: Date, { timeZone }: Head) =>
  new Intl.DateTimeFormat(t.locale, { dateStyle: 'medium', timeStyle: 'long', timeZone }).format(at);
