/** A plain letter as simple HTML: its paragraphs, and its links made to be clicked. Nothing else can get in. */

export function asHtml(text: string, locale: string): string {
  const paragraphs = text
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${partsOf(paragraph).map(written).join('')}</p>`);
  return [
    `<!doctype html><html lang="${escape(locale)}"><head><meta charset="utf-8"></head>`,
    '<body style="max-width:36em;font:16px/1.5 sans-serif">',
    ...paragraphs,
    '</body></html>'
  ].join('\n');
}

export interface Part {
  text: string;
  isLink: boolean;
}

/** The text in pieces, its addresses apart from its words. A full stop after an address belongs to the sentence. */
export const partsOf = (text: string): Part[] =>
  text
    .split(/(https?:\/\/[^\s<]*[^\s<.,;:!?)])/)
    .map((piece, nth) => ({ text: piece, isLink: nth % 2 === 1 }))
    .filter((part) => part.text !== '');

function written({ text, isLink }: Part) {
  const safe = escape(text);
  return isLink ? `<a href="${safe}">${safe}</a>` : safe.replaceAll('\n', '<br>');
}

const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text as it stands, whatever signs are in it. */
export const escape = (text: string) => text.replace(/[&<>"']/g, (sign) => signs[sign] ?? '');
