/** What a turn of the talk with the assistant comes to. Pure: what it knows, it is handed. */

/** A way that is offered with an answer: a page of ours, by its name. */
export interface Way {
  href: string;
  label: string;
}

/** What the assistant has found to say. Without an answer it says what it can offer instead, and that it does not know. */
export interface Answer {
  text: string | null;
  ways: Way[];
}

/** After so many questions in a row without an answer a person takes over. */
export const mostMisses = 2;

/** So long may one message to us be. */
export const mostOfLine = 2000;

export type Turn = 'answered' | 'missed' | 'person';

export function turnOf({
  answer,
  asksForPerson,
  misses
}: {
  answer: Answer;
  asksForPerson: boolean;
  misses: number;
}): Turn {
  if (asksForPerson) return 'person';
  if (answer.text !== null) return 'answered';
  return misses + 1 >= mostMisses ? 'person' : 'missed';
}
