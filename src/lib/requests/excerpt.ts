/** The beginning of a text in at most so many characters, ended at a word and with a sign that it goes on. */
export function beginning(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most);
  const words = cut.slice(0, cut.search(/\s\S*$/));
  // One word without an end is cut where it is.
  return `${(words.length > most / 2 ? words : cut.slice(0, -1)).replace(/[\s.,;:]+$/, '')}…`;
}
