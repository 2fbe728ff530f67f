/** One cleaning for all text that comes in: what nobody can see goes, what looks alike becomes alike. */

/**
 * Text as its writer saw it: without invisible and direction marks, control characters and broken halves of letters, with
 * plain spaces and line ends, each letter in one way (NFC). Whatever can be seen stays as it is.
 */
export function clean(text: string): string {
  if (typed.test(text)) return text;
  const seen = text
    .toWellFormed()
    .replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n')
    .replace(/[\p{Zs}\u2800]/gu, ' ')
    .replace(/[^\P{Cc}\t\n]/gu, '')
    .replace(unseen, '');
  // Without its joiner a letter may take up the mark behind it.
  return fewMarks(seen).normalize('NFC').replace(idleJoiners, '').normalize('NFC');
}

/**
 * What is looked up, dialled or counted rather than read, as a plain keyboard writes it: clean, and with one kind of
 * dash, of quote, of digit, and no letters of double width.
 */
export function plain(text: string): string {
  const cleaned = clean(text);
  if (typed.test(cleaned)) return cleaned;
  return cleaned
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/[\p{Pd}\u2043\u2212]/gu, '-')
    .replace(/[\u2018-\u201b\u2032\u00b4`]/g, "'")
    .replace(/[\u201c-\u201f\u2033]/g, '"')
    .replace(/\p{Nd}/gu, digitOf);
}

/** Plain text on one line, without anything around it: a name, a subject, a number of whatever kind. */
export const oneLine = (text: string): string => plain(text).replace(/\s+/g, ' ').trim();

/** How many characters people count in it: an emoji is one, whatever it takes up in memory. */
export function lengthOf(text: string): number {
  let count = 0;
  for (const _sign of text) count += 1;
  return count;
}

/**
 * No letter of any language bears more than a few marks. Thousands of them on one take the sorter of every normal form
 * seconds, so that it is never handed more than the standard's own bound (UAX #15, stream-safe text).
 */
export const fewMarks = (text: string): string => text.replace(/(\p{M}{30})\p{M}+/gu, '$1');

/** Whether there is anything to be seen in a text: spaces, accents without a letter and hidden marks are nothing. */
export const isBlank = (text: string): boolean => !/[\p{L}\p{N}\p{P}\p{S}]/u.test(clean(text));

/** What a plain keyboard types: there is nothing to clean in it. */
const typed = /^[\t\n\x20-\x5f\x61-\x7e]*$/;

/** Marks without a width, marks that turn letters around, letters that are blank; but a flag may need its tags. */
const unseen =
  /\u00ad|\u034f|\u061c|[\u115f\u1160]|\u17b4|\u17b5|[\u180b-\u180e]|\u200b|[\u200e\u200f]|[\u202a-\u202e]|[\u2060-\u206f]|\u3164|\ufeff|\uffa0|[\ufff0-\ufffb]|(?<![\u{1f3f4}\u{e0000}-\u{e007f}])[\u{e0000}-\u{e007f}]/gu;

/** Joiners belong to emoji and to scripts whose letters join; elsewhere they only hide. */
const idleJoiners =
  /(?<![^\P{L}\p{Script=Latin}]|\p{M}|\p{Extended_Pictographic}|\p{Emoji_Modifier})[\u200c\u200d]+/gu;

/** Every script's digits stand in a row of ten that begins with its zero. */
function digitOf(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  // The five alphabets of mathematics stand side by side.
  if (code >= 0x1d7ce && code <= 0x1d7ff) return String((code - 0x1d7ce) % 10);
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value += 1;
  return String(value);
}
