/** Undoes what hides words from a reader that is not human: markup, look-alike letters, accents, spaced-out letters. */

import { fewMarks } from '#lib/platform/cleaning.ts';

/** The text in lower case without markup, emoji, accents and invisible characters; sentence marks are kept. */
export function normalise(text: string): string {
  const bare = fewMarks(withoutMarkup(text))
    .normalize('NFKC')
    .replace(invisible, '')
    .replace(pictures, ' ')
    .replace(ids, ' ')
    .toLowerCase();
  return unspace(foldAccents(bare).replace(lookAlike, (letter) => lookAlikes[letter] ?? letter));
}

/** Accents off Latin letters (`fuíte` → `fuite`); the vowel signs of Devanagari stay, they are letters. */
export function foldAccents(text: string): string {
  return plain.test(text) ? text : folded(text);
}

/** Most words: there is nothing to fold in them. */
const plain = /^[\0-\x7f]*$/;

function folded(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .replace(/[œæßøł]/g, (letter) => ligatures[letter] ?? letter);
}

const invisible =
  /\u00ad|\u034f|\u061c|\u115f|\u180e|[\u200b-\u200f]|[\u2028-\u202e]|[\u2060-\u2064]|\ufeff|[\ufe00-\ufe0f]/g;
/** Nobody says anything by an id, and among its letters there is now and then something like a word. */
const ids = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;
const pictures =
  /[\p{Extended_Pictographic}\p{Regional_Indicator}\u20e3]|[\u{1f3fb}-\u{1f3ff}\u{e0000}-\u{e007f}]/gu;
const ligatures: Record<string, string> = { œ: 'oe', æ: 'ae', ß: 'ss', ø: 'o', ł: 'l' };

/** Cyrillic and Greek letters that look Latin. */
const lookAlikes: Record<string, string> = Object.fromEntries(
  'аa еe оo рp сc уy хx іi ѕs јj ԁd һh ӏl ɡg αa εe οo ρp νv ιi κk τt υu ıi'
    .split(' ')
    .map((pair) => [pair.charAt(0), pair.charAt(1)])
);
const lookAlike = new RegExp(`[${Object.keys(lookAlikes).join('')}]`, 'g');

function withoutMarkup(text: string): string {
  return text.includes('<') || text.includes('&')
    ? decodeEntities(
        text
          .replace(/<!--[\s\S]{0,1000}?-->/g, '')
          .replace(/<(script|style)\b[^<]{0,2000}<\/\1>/gi, ' ')
          .replace(
            /<\/?(p|div|br|li|ul|ol|td|tr|table|h[1-6]|section|article|blockquote|hr)\b[^<>]{0,500}>/gi,
            '\n'
          )
          .replace(/<\/?[a-z!][^<>]{0,500}>/gi, '')
      )
    : text;
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

function decodeEntities(text: string): string {
  return text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,8});/gi, (whole, name: string) => {
    if (name.startsWith('#')) return fromCode(Number(name.replace(/^#x/i, '0x').replace('#', '')));
    const accented = /^([a-z])(acute|grave|circ|uml|tilde|cedil)$/i.exec(name);
    return entities[name.toLowerCase()] ?? accented?.[1] ?? (name.toLowerCase() === 'oelig' ? 'oe' : whole);
  });
}

const fromCode = (code: number) => (code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ' ');

const letter = String.raw`[\p{L}\p{M}\p{N}](?![\p{L}\p{M}\p{N}])`;
const spelled = new RegExp(
  String.raw`(?<![\p{L}\p{M}\p{N}])${letter}(?:[ \t._*|'’-]{1,3}${letter}){2,}`,
  'gu'
);
const spelledLine =
  /^\s*(?:[\p{L}\p{M}\p{N}]\p{M}*|[^\s\p{L}\p{N}])(?:\s+(?:[\p{L}\p{M}\p{N}]\p{M}*|[^\s\p{L}\p{N}]))+\s*$/u;

/** `g a s` and `l-e-a-k` become words again; in a line that is spelled out, a wider gap is the gap between words. */
function unspace(text: string): string {
  return text.split('\n').map(unspaceLine).join('\n');
}

function unspaceLine(line: string): string {
  if (line.length < 5) return line;
  if (!spelledLine.test(line)) return line.replace(spelled, unspaceRun);
  if (/\S\s{2,}\S/.test(line)) return line.replace(/\s+/g, (gap) => (gap.length > 1 ? ' ' : ''));
  return line.length > 9 ? line.replace(/\s/g, '') : line.replace(spelled, unspaceRun);
}

/** With `g.a.s l.e.a.k` the space is the gap between words; with `g a s` it is the gap between letters. */
function unspaceRun(run: string): string {
  if (/[._*|-]/.test(run)) return run.replace(/[._*|'’-]/g, '');
  return run.replace(/ {3}/g, '\u0001').replace(/[ \t]/g, '').replaceAll('\u0001', ' ');
}
