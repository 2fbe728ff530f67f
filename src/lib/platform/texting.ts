/** What fits into a text message: its signs, its parts, and a line of words with one link of our own. */

/** The signs of the GSM alphabet (3GPP TS 23.038); those of `extended` take two places. */
const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'
);
const extended = new Set('^{}\\[~]|€');

/** More than any text has room for. */
const longest = 500;

/** No text of ours has more parts than this. */
export const mostParts = 3;

/** How many parts a gateway makes of it, each of which is paid for. */
export function partsOfText(text: string): number {
  const signs = [...text];
  const isGsm = signs.every((sign) => basic.has(sign) || extended.has(sign));
  const places = isGsm ? signs.length + signs.filter((sign) => extended.has(sign)).length : text.length;
  const [alone, together] = isGsm ? [160, 153] : [70, 67];
  return places <= alone ? 1 : Math.ceil(places / together);
}

/** What printers' signs become, for one of them would make every sign of the text take twice its place. */
const plainer: Record<string, string> = {
  ...{ '‘': "'", '’': "'", '“': '"', '”': '"', '«': '"', '»': '"' },
  ...{ '–': '-', '—': '-', '…': '...', '\u00a0': ' ', '\u202f': ' ' }
};

/** One line, of signs that telephones have. */
export const asTextLine = (words: string) =>
  [...words]
    .map((sign) => plainer[sign] ?? sign)
    .join('')
    .replace(/\s+/g, ' ')
    .trim();

/** A text of these pieces. Where it would have too many parts, the first is cut at a word; a link never is. */
export function fitted(words: string, ...rest: string[]): string {
  const end = rest.map(asTextLine).filter(Boolean).join(' ');
  const whole = (line: string) => [line, end].filter(Boolean).join(' ');
  const said = asTextLine(words.slice(0, longest)).split(' ');
  for (let kept = said.length; kept > 0; kept -= 1) {
    const text = whole(said.slice(0, kept).join(' ') + (kept < said.length ? '...' : ''));
    if (partsOfText(text) <= mostParts) return text;
  }
  return end;
}

/** The first link of a letter that leads to us; what is behind `#` is for eyes that read on a screen. */
export const ownLink = (letter: string, origin: string): string | null =>
  letter
    .split(/\s+/)
    .find((word) => word.startsWith(`${origin}/`))
    ?.replace(/#.*|[.,;:!?)]$/, '') ?? null;
