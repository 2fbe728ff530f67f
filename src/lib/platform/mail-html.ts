/** A plain letter as simple HTML: its paragraphs, and its links made to be clicked. Nothing else can get in. */

export function asHtml(text: string, locale: string): string {
  const paragraphs = text
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${linked(escape(paragraph)).replaceAll('\n', '<br>')}</p>`);
  return [
    `<!doctype html><html lang="${escape(locale)}"><head><meta charset="utf-8"></head>`,
    '<body style="max-width:36em;font:16px/1.5 sans-serif">',
    ...paragraphs,
    '</body></html>'
  ].join('\n');
}

const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const escape = (text: string) => text.replace(/[&<>"']/g, (sign) => signs[sign] ?? '');

/** Takes escaped text. A full stop after a link belongs to the sentence. */
const linked = (text: string) =>
  text.replace(/https?:\/\/[^\s<]*[^\s<.,;:!?)]/g, (address) => `<a href="${address}">${address}</a>`);
