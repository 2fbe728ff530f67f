/** The kinds of word the emergency screen looks for, and how a language writes them down. */

/**
 * One language's words, by concept. Words stand between commas; `leak/s/ed/ing` is short for leak, leaks, leaked
 * and leaking; several words make a phrase. Everything is written without accents and in lower case, Hindi in
 * Latin letters.
 */
export type Lexicon = Partial<Record<Concept, string>>;

export const concepts = [
  'gas', // the fuel itself
  'gear', // what carries gas: pipe, meter, valve, cylinder
  'appliance', // what burns it
  'burner', // the part of an appliance that can be left open
  'smell',
  'stench', // a smell that says gas by itself: rotten eggs, mercaptan
  'egg', // says nothing alone, and everything beside a smell
  'leak',
  'hiss',
  'flow', // gas that comes out and will not stop
  'alarm', // a thing that warns, or wakes
  'detector', // a thing that only warns
  'sounding', // what it does when it warns
  'co', // carbon monoxide
  'symptom',
  'collapse', // fainting, unconscious, dead
  'damage',
  'digging', // who or what breaks pipes
  'fire',
  'blast',
  'running', // has been on for a while
  'unlit', // open and not burning
  'soap',
  'bubbles',
  'withered', // dead grass or plants over a pipe
  'soot', // yellow flame, black marks
  'urgent',
  'cry', // a call for help, an evacuation or a question that names no cause
  'street',
  'home',
  'not',
  'past', // fixed, over, long ago
  'fluid', // water, oil, rain: other things that leak
  'plumbing', // tap, roof, washing machine: where other things leak
  'data', // the other thing that leaks
  'money',
  'trade', // buying, selling, ordering
  'motor', // cars and petrol stations
  'figure', // words that turn hazards into figures of speech
  'service', // appointments, accounts, readings
  'learn' // wanting to know how something works
] as const;

export type Concept = (typeof concepts)[number];
