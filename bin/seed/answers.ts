/** Answers to the questions of a service type, as its customers would give them. */
import { dayFromToday } from '#lib/forms/day.ts';
import type { Field, ServiceType } from '#lib/forms/definition.ts';
import { readAnswers } from '#lib/forms/form.ts';
import type { Chance } from './chance.ts';
import { firstNames, lastNames, streets } from './names.ts';

/** Fills in a form on a day and gives back what it becomes. A form of ours that cannot be filled in is a fault. */
export function answersTo(type: ServiceType, description: string, day: string, luck: Chance) {
  const typed: Record<string, string | string[]> = {};
  for (const field of type.fields) {
    const answer = field.name === 'description' ? description : answerTo(field, day, luck);
    if (answer !== null && answer !== '') typed[field.name] = answer;
  }
  const reading = readAnswers(type, typed, { today: day, locale: 'en' });
  if (!reading.ok) throw new Error(`${type.code} cannot be filled in: ${JSON.stringify(reading.problems)}`);
  return reading;
}

function answerTo(field: Field, day: string, luck: Chance): string | string[] | null {
  if (!field.required && luck.falls(0.5)) return null;
  switch (field.kind) {
    case 'text':
      return words(field.name, luck).slice(0, field.max);
    case 'number': {
      const least = field.min ?? 1;
      return String(Math.min(field.max ?? 500, least + luck.whole(1, 40)));
    }
    case 'date': {
      const least = field.min ? dayFromToday(field.min, { today: day }) : null;
      const most = field.max ? dayFromToday(field.max, { today: day }) : null;
      return least ?? most ?? day;
    }
    case 'choice':
      return luck.one(field.options).value;
    case 'choices':
      return [luck.one(field.options).value];
    case 'meter_reading':
      return String(luck.whole(312, 48_999)).padStart(5, '0');
    case 'yes_no':
      return luck.one(['yes', 'no']);
    case 'gate':
      return 'no';
  }
}

function words(name: string, luck: Chance): string {
  if (name.includes('phone')) return `555 01${luck.whole(10, 99)}`;
  if (name.includes('email') || name === 'copy_to') return 'family@mail.example';
  if (/address|deliver_to|location/.test(name)) return `${luck.whole(1, 140)} ${luck.one(streets)}`;
  if (/name|person|holder|contractor/.test(name)) return `${luck.one(firstNames)} ${luck.one(lastNames)}`;
  if (/number|serial|permit|licence|reference/.test(name))
    return `${luck.one(['M', 'G', 'K'])}${luck.whole(100_000, 999_999)}`;
  if (name === 'appliance_list') return 'Boiler 80,000 BTU/h, stove 52,000 BTU/h';
  if (name === 'access_notes')
    return luck.one(['Key is with the neighbour at 12.', 'Side gate, the bell is broken.']);
  if (name === 'visit_password') return luck.one(['lighthouse', 'blue kettle', 'marigold']);
  if (name === 'other_language') return luck.one(['Portuguese', 'Polish', 'Tagalog']);
  if (name === 'subject')
    return luck.one(['Opening hours', 'Two names on one bill', 'Paper for my landlord']);
  return luck.one(['As we said on the phone.', 'Please see the photo.', 'Nothing else.']);
}
