/** What was said of danger in the town, in whose words, and what happened then. The last was today. */
import type { EntryKind, Hazard, StandDownReason } from '#lib/emergencies/life.ts';

export interface Call {
  /** How many minutes ago. */
  ago: number;
  text: string;
  locale: 'en' | 'es' | 'hi' | 'fr';
  hazard: Hazard;
  verdict?: 'possible' | 'reported';
  channel: 'form' | 'draft' | 'message' | 'phone';
  /** Which resident wrote it, by their place in the list; a visitor where none is said. */
  by?: number;
  phone?: string;
  place?: string;
  reason?: StandDownReason;
  /** What happened then, and how many minutes after it came in. */
  then: readonly (readonly [EntryKind, number])[];
}

const day = 24 * 60;

export const calls: readonly Call[] = [
  {
    ...{ ago: 410 * day, hazard: 'gas', locale: 'en', channel: 'form', by: 14 },
    text: 'There is a strong smell of gas in the stairwell, it is worst by the meters on the ground floor.',
    ...{ phone: '207 555 0134', place: 'Front stairwell, ground floor' },
    then: [
      ['contact_given', 1],
      ['acknowledged', 1],
      ['urged', 30],
      ['dispatched', 34],
      ['attended', 57],
      ['made_safe', 104]
    ]
  },
  {
    ...{ ago: 262 * day, hazard: 'co', locale: 'es', channel: 'draft' },
    text: 'Suena la alarma de monóxido de carbono y a mi madre le duele la cabeza',
    phone: '207 555 0171',
    then: [
      ['contact_given', 2],
      ['escalated', 1],
      ['acknowledged', 2],
      ['dispatched', 4],
      ['attended', 22],
      ['made_safe', 65]
    ]
  },
  {
    ...{ ago: 171 * day, hazard: 'gas', locale: 'hi', channel: 'form', by: 41 },
    text: 'रसोई में गैस की तेज़ गंध आ रही है, खिड़कियाँ खोल दी हैं',
    then: [
      ['acknowledged', 1],
      ['dispatched', 2],
      ['attended', 35],
      ['made_safe', 58]
    ]
  },
  {
    ...{ ago: 96 * day, hazard: 'co', locale: 'en', channel: 'message', by: 63, verdict: 'possible' },
    text: 'The flame of the boiler has been more yellow than blue since yesterday. Is that a bad sign?',
    reason: 'said_safe',
    then: [
      ['acknowledged', 1],
      ['said_safe', 3],
      ['stood_down', 9]
    ]
  },
  {
    ...{ ago: 58 * day, hazard: 'gas', locale: 'fr', channel: 'form' },
    text: 'Ça sent le gaz dans la cave et on entend un sifflement près du compteur.',
    place: '18 Kiln Lane, la cave',
    then: [
      ['said_again', 1],
      ['contact_given', 2],
      ['acknowledged', 2],
      ['dispatched', 3],
      ['attended', 19],
      ['made_safe', 96]
    ]
  },
  {
    ...{ ago: 12 * day, hazard: 'fire', locale: 'en', channel: 'phone', verdict: 'reported', by: 5 },
    text: 'The caller says there was a bang at the meter box and it burns. Everybody is outside.',
    phone: '207 555 0188',
    then: [
      ['acknowledged', 0],
      ['dispatched', 1],
      ['attended', 11],
      ['made_safe', 140]
    ]
  },
  {
    ...{ ago: 3 * day, hazard: 'gas', locale: 'en', channel: 'form' },
    text: 'Autumn drill: smell of gas reported at the depot.',
    reason: 'drill',
    then: [
      ['acknowledged', 1],
      ['stood_down', 15]
    ]
  },
  {
    ...{ ago: 38, hazard: 'gas', locale: 'en', channel: 'form', by: 22 },
    text: 'We smell gas in the garden, where they dug up the road last week.',
    ...{ phone: '207 555 0119', place: 'Back garden, by the wall to the road' },
    then: [
      ['contact_given', 1],
      ['acknowledged', 1],
      ['dispatched', 3],
      ['attended', 16],
      ['made_safe', 33]
    ]
  }
];
