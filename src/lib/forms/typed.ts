/** What somebody typed into a form, before anybody judged it: kept, so that no refusal loses a word. */
import { clean } from '#lib/platform/cleaning.ts';
import type { Field, ServiceType } from './definition.ts';

/** One text for each field, or the ticked values of checkboxes. Fields left empty are absent. */
export type Typed = Record<string, string | string[]>;

/** A posted form, or what was typed earlier and kept as a draft. */
export type Source = { getAll(name: string): unknown[] } | Record<string, unknown>;

/** Only what the definition asks for is read, so nothing else can be smuggled in. */
export function typedIn(definition: Pick<ServiceType, 'fields'>, source: Source): Typed {
  const typed: Typed = {};
  for (const field of definition.fields) {
    const texts = readAll(source, field.name).map(clean);
    if (field.kind === 'choices') {
      if (texts.length > 0) typed[field.name] = [...new Set(texts)];
    } else if (texts[0]) typed[field.name] = texts[0];
  }
  return typed;
}

/** Whether a field takes words of somebody's own, rather than a pick from a list. */
export const isFreeText = ({ kind }: Pick<Field, 'kind'>) => !picked.has(kind);

const picked: ReadonlySet<Field['kind']> = new Set(['choice', 'choices', 'yes_no', 'gate']);

/** The fields that are asked, given what was answered so far. */
export function shownFields(definition: Pick<ServiceType, 'fields'>, typed: Typed): Field[] {
  const shown = new Map<string, Field>();
  for (const field of definition.fields) {
    if (!field.show_if || (shown.has(field.show_if.field) && matches(field.show_if, typed))) {
      shown.set(field.name, field);
    }
  }
  return [...shown.values()];
}

function matches({ field, equals }: NonNullable<Field['show_if']>, typed: Typed) {
  const answers = [typed[field] ?? []].flat();
  return [equals].flat().some((wanted) => answers.includes(wanted));
}

function readAll(source: Source, name: string): string[] {
  const found = isPosted(source)
    ? source.getAll(name)
    : Object.hasOwn(source, name)
      ? [source[name]].flat()
      : [];
  return found
    .map((one) => (typeof one === 'number' ? String(one) : one))
    .filter((one) => typeof one === 'string');
}

function isPosted(source: Source): source is { getAll(name: string): unknown[] } {
  return typeof source.getAll === 'function';
}

/** The longest message that is taken. The database holds to the same. */
export const mostOfMessage = 10_000;

/** As much as can be typed into one field, and is kept of it: more than is taken, so that too much is told, not cut. */
export const mostTyped = 20_000;
