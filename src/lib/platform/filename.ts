/** Names of files that strangers gave: made harmless to look at, to save and to put into a header. */

/** Controls, and the marks that make text run backwards or vanish: `photo\u202Egpj.exe` must not read as a photo. */
const deceiving = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]/gu;

/** What no file system, and no header, should have to bear. */
const awkward = /[\\/:*?"<>|]/g;

const longest = 120;

/** More than any file system bears. */
const mostRead = 1_000;

/** The name without its folder, without anything invisible, of a length that fits on a line. */
export function cleanName(given: string, fallback = 'file'): string {
  // Cut before any expression reads it: of a name, the end says what it is.
  const end = given.slice(-mostRead);
  const base = end.slice(Math.max(end.lastIndexOf('/'), end.lastIndexOf('\\')) + 1);
  const clean = base
    .normalize('NFC')
    .replace(deceiving, '')
    .replace(awkward, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[\s.]+|[\s.]+$/g, '');
  return shorten(clean) || fallback;
}

/** What a name says, as it is read for danger: its words, however they are joined. */
export const wordsOfName = (given: string): string => cleanName(given, '').replace(/[\s_.-]+/g, ' ');

/** A `Content-Disposition` header in plain ASCII, with the true name beside it (RFC 6266, RFC 8187). */
export function contentDisposition(how: 'inline' | 'attachment', name: string): string {
  const clean = cleanName(name);
  const ascii = clean
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\x20-\x7e]/g, '_')
    .replace(/["\\%]/g, '_');
  const encoded = encodeURIComponent(clean).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`
  );
  return `${how}; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}

/** Cuts in the middle, between whole characters, so that the ending stays. */
function shorten(name: string): string {
  const signs = [...name];
  if (signs.length <= longest) return name;
  const ending = /\.[^.]{1,10}$/.exec(name)?.[0] ?? '';
  return (
    signs
      .slice(0, longest - ending.length - 1)
      .join('')
      .trimEnd() +
    '…' +
    ending
  );
}
