/** What a caller said, piece by piece, in order; nothing of it is ever taken away. */

export interface Saying {
  number: number;
  at: string;
  kind: 'words' | 'contact';
  text: string | null;
  phone: string | null;
  place: string | null;
  /** The address of theirs that they chose. */
  address: string | null;
  /** They said that it is not at the address of their account. */
  elsewhere: boolean;
}

/** How long a number and a place may be, in characters, whoever writes them down. */
export const mostOfContact = { phone: 100, place: 2_000 };

/** The words to be read: what was typed on until it stood in a later piece is read there. */
export function wordsOf(said: readonly Saying[]): string[] {
  const words = said.flatMap(({ kind, text }) => (kind === 'words' && text ? [text] : []));
  return words.filter((text, nth) => !words.slice(nth + 1).some((later) => later.includes(text)));
}

/** How they said they can be reached, and where it is: each thing once, the last one first. */
export function contactsOf(said: readonly Saying[]) {
  const contacts = said.filter(({ kind }) => kind === 'contact').toReversed();
  const each = (of: (one: Saying) => string | null) => [
    ...new Set(contacts.flatMap((one) => of(one)?.trim() || []))
  ];
  return { phones: each(({ phone }) => phone), places: each(({ place }) => place) };
}
