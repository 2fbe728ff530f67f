/** Reads a form by its definition: what was answered, what is wrong with it, or where else it leads. */
import * as v from 'valibot';
import type { Locale } from '#lib/platform/language.ts';
import type { WordKey } from '#lib/platform/words.ts';
import type { Today } from './day.ts';
import type { Destination, Field, ServiceType } from './definition.ts';
import { mentions } from './field-messages.ts';
import type { Mentions } from './field-messages.ts';
import { answerSchema, given } from './field-schema.ts';
import type { Answer } from './field-schema.ts';
import { shownFields, typedIn } from './typed.ts';
import type { Source, Typed } from './typed.ts';

export type Context = Today & { locale: Locale };
export type Answers = Record<string, Answer>;

/** What is wrong with a field and how to mend it: a message and what it mentions. */
export type Problem = { key: WordKey; params: Mentions };

export type Reading =
  | { ok: true; answers: Answers; contact: Answers; description: string; typed: Typed }
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

  if (result.success) return { ok: true, ...sorted(result.output), typed };
  const problems = fields.flatMap((field) => problemOf(field, result.issues, context));
  return { ok: false, problems: Object.fromEntries(problems), leads_to: gateHit(definition, typed), typed };
}

/** Where an answer leads away from this form, if one does. Danger comes before all else. */
export function gateHit(definition: Pick<ServiceType, 'fields'>, typed: Typed): Destination | null {
  const hits = shownFields(definition, typed).flatMap((field) =>
    field.kind === 'gate' && typed[field.name] === 'yes' ? [field.leads_to] : []
  );
  return hits.find((hit) => hit === 'emergency') ?? hits[0] ?? null;
}

/** The address of the page that a gate leads to. */
export const pathTo = (destination: Destination) =>
  destination === 'emergency' ? '/emergency' : `/requests/new/${destination.code}`;

function problemOf(field: Field, issues: v.BaseIssue<unknown>[], context: Context): [string, Problem][] {
  const issue = issues.find(({ path }) => path?.[0]?.key === field.name);
  if (!issue) return [];
  // The schemas give no other messages than those in `messagesOf`; a test holds the two together.
  return [[field.name, { key: issue.message as WordKey, params: mentions(field, context) }]];
}

/** A request keeps what it is about, how to reach whoever asks, and the answers to all else, each in its place. */
function sorted(output: Record<string, Answer | undefined>) {
  const answers: Answers = {};
  const contact: Answers = {};
  let description = '';
  for (const [name, answer] of Object.entries(output)) {
    if (answer === undefined) continue;
    if (name === 'description') description = String(answer);
    else if (name === 'contact_by' || name === 'contact_phone') contact[name] = answer;
    else answers[name] = answer;
  }
  return { answers, contact, description };
}
