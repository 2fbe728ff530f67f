/** One definition reads the form, judges it, says where else to go, and shows the answers again. */
import * as v from 'valibot';
import { isDay, writeDay } from './day.ts';
import type { Today } from './day.ts';
import type { Destination, Field, Locale, ServiceType } from './definition.ts';
import { answerSchema, mentions } from './field-schema.ts';
import type { Answer } from './field-schema.ts';
import { shownFields, typedIn } from './typed.ts';
import type { Source, Typed } from './typed.ts';

export type Context = Today & { locale: Locale };
export type Answers = Record<string, Answer>;

/** What is wrong with a field and how to mend it: a key of `words/…/form.json` and what it mentions. */
export type Problem = { key: string; params: Record<string, string | number> };

export type Reading =
  | { ok: true; answers: Answers; description: string; typed: Typed }
  | { ok: false; problems: Record<string, Problem>; leads_to: Destination | null; typed: Typed };

/** Reads a posted form or a draft. A form that leads elsewhere is never ok, whatever else it says. */
export function readAnswers(definition: ServiceType, source: Source, context: Context): Reading {
  const typed = typedIn(definition, source);
  const fields = shownFields(definition, typed);
  const schema = v.object(
    Object.fromEntries(fields.map((field) => [field.name, answerSchema(field, context)]))
  );
  const result = v.safeParse(
    schema,
    Object.fromEntries(fields.map(({ name }) => [name, given(typed[name])]))
  );

  if (!result.success) {
    const keys = v.flatten<typeof schema>(result.issues).nested ?? {};
    const problems = fields.flatMap((field) => problemOf(field, keys[field.name]?.[0], context));
    return { ok: false, problems: Object.fromEntries(problems), leads_to: gateHit(definition, typed), typed };
  }
  const { description = '', ...answers } = withoutGaps(result.output);
  return { ok: true, answers, description: String(description), typed };
}

/** Where an answer leads away from this form, if one does. Danger comes before all else. */
export function gateHit(definition: ServiceType, typed: Typed): Destination | null {
  const hits = shownFields(definition, typed).flatMap((field) =>
    field.kind === 'gate' && typed[field.name] === field.leaves_on ? [field.leads_to] : []
  );
  return hits.find((hit) => hit === 'emergency') ?? hits[0] ?? null;
}

/** The answers as the review page and the agent read them, in the order of the form. */
export function showAnswers(definition: ServiceType, answers: Answers, locale: Locale) {
  return definition.fields.flatMap((field) => {
    const answer = answers[field.name];
    if (answer === undefined || answer === '') return [];
    return [{ name: field.name, label: field.label[locale], value: inWords(field, answer, locale) }];
  });
}

const yesNo = { yes: { en: 'Yes', es: 'Sí' }, no: { en: 'No', es: 'No' } };

function inWords(field: Field, answer: Answer, locale: Locale): string {
  switch (field.kind) {
    case 'date':
      return isDay(String(answer)) ? writeDay(String(answer), locale) : String(answer);
    case 'number':
      return [new Intl.NumberFormat(locale).format(Number(answer)), field.unit?.[locale]]
        .filter(Boolean)
        .join(' ');
    case 'yes_no':
    case 'gate':
      return answer === 'yes' || answer === 'no' ? yesNo[answer][locale] : String(answer);
    case 'choice':
    case 'choices': {
      const labels = new Map(field.options.map(({ value, label }) => [value, label[locale]]));
      const chosen = (Array.isArray(answer) ? answer : [String(answer)]).map(
        (value) => labels.get(value) ?? value
      );
      return new Intl.ListFormat(locale, { type: 'conjunction' }).format(chosen);
    }
    default:
      return String(answer);
  }
}

/** Nothing but spaces is nothing. */
const given = (typed: string | string[] | undefined) =>
  typeof typed === 'string' && typed.trim() === '' ? undefined : typed;

function problemOf(field: Field, key: string | undefined, context: Context): [string, Problem][] {
  return key ? [[field.name, { key, params: mentions(field, context) }]] : [];
}

function withoutGaps(output: Record<string, Answer | undefined>): Answers {
  const kept = Object.entries(output).filter((entry): entry is [string, Answer] => entry[1] !== undefined);
  return Object.fromEntries(kept);
}
