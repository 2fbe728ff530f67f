/** Reading a posted form: a field is text, or it is not there. Files never pose as text. */

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

/** The key of one opened form, as it was given, or a new one. Two tabs never share it. */
export const keyOf = (given: unknown): string => (isKey(given) ? given : crypto.randomUUID());

/** The key that belongs to a digest in hex: the same for the same. A UUID of version 8 (RFC 9562), which is for such. */
export const keyOfDigest = (hex: string) =>
  hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-8$3-8$4-$5');

/** Whether this can be the key of a form. */
export const isKey = (given: unknown): given is string =>
  typeof given === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(given);

/** Whether there is anything to be seen in a text: spaces and marks without a width are nothing. */
export const isBlank = (text: string) => !/[^\s\p{Cf}]/u.test(text);

/**
 * Takes away what no keyboard types and no database keeps: control characters and broken halves of letters. And what
 * makes words read as others: the marks that turn letters around, which no language needs.
 */
export function clean(text: string) {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[\u202d\u202e]/g, '')
    .replace(/[^\P{Cc}\t\n]/gu, '')
    .replace(/\p{Cs}/gu, '\u{fffd}');
}
