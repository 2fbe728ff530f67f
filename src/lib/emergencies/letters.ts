/** What we write to the people on call. Nothing the customer wrote is in it: they read that on the desk. */
import type { Words } from '#lib/platform/words.ts';
import type { Hazard } from './life.ts';

export interface AlarmFacts {
  reference: string;
  hazard: Hazard | null;
  received_at: Date;
  /** Whole minutes for which nobody has acknowledged. */
  minutes: number;
}

export function alarmLetter(
  t: Words,
  facts: AlarmFacts,
  { origin, timeZone }: { origin: string; timeZone: string }
) {
  const { reference, minutes } = facts;
  const received = new Intl.DateTimeFormat(t.locale, {
    dateStyle: 'medium',
    timeStyle: 'long',
    timeZone
  }).format(facts.received_at);
  return {
    subject: t('emergencies.alarm_subject', { reference, minutes }),
    text: t('emergencies.alarm', {
      reference,
      minutes,
      received,
      hazard: t(`emergencies.hazard_${facts.hazard ?? 'unknown'}`),
      link: `${origin}/desk/emergencies/${reference}`
    })
  };
}
