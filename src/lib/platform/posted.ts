/** Reading a posted form: a field is text, or it is not there. Files never pose as text. */
import { clean } from './cleaning.ts';

/** The text of a field, or nothing. */
export function textIn(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? clean(value) : '';
}

/** All texts of a field. */
export const textsIn = (form: FormData, name: string): string[] =>
  form
    .getAll(name)
    .filter((value) => typeof value === 'string')
    .map(clean);

/** All that was typed, by name, to be shown again beside what is wrong with it. */
export const typedTexts = (form: FormData): Record<string, string> =>
  Object.fromEntries([...form].filter((one): one is [string, string] => typeof one[1] === 'string'));

/**
 * The door that every form comes through: all its text is cleaned, once, whoever reads it afterwards. Only what is secret
 * stays sign by sign as it was given.
 */
export function cleanForm(form: FormData): FormData {
  const cleaned = new FormData();
  for (const [name, value] of form) {
    if (typeof value === 'string') cleaned.append(name, isSecret(name) ? value : clean(value));
    else cleaned.append(name, value);
  }
  return cleaned;
}

/** Whoever reads what was posted reads the same, and reads it clean. */
export function readOnce(request: Request) {
  const read = request.formData.bind(request);
  let form: Promise<FormData> | undefined;
  request.formData = () => (form ??= read().then(cleanForm));
}

const isSecret = (name: string) => name.endsWith('password');

/** A whole number that a script told; 0 where it is none. */
export function numberIn(form: FormData, name: string): number {
  const text = textIn(form, name);
  return /^\d{1,9}$/.test(text) ? Number(text) : 0;
}

/** The key of one opened form, as it was given, or a new one. Two tabs never share it. */
export const keyOf = (given: unknown): string => (isKey(given) ? given : crypto.randomUUID());

/** The key that belongs to a digest in hex: the same for the same. A UUID of version 8 (RFC 9562), which is for such. */
export const keyOfDigest = (hex: string) =>
  hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-8$3-8$4-$5');

/** Whether this can be the key of a form. */
export const isKey = (given: unknown): given is string =>
  typeof given === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(given);
