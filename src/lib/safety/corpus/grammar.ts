/** Makes sentences out of patterns: `{place}` in a pattern is replaced by one of the slot's phrases. */

/** Phrases stand between bars, so that a slot reads as a line: `in the hall | by the stove`. */
export type Grammar = {
  slots: Record<string, string>;
  emergency: string[];
  nearMiss: string[];
  ordinary: string[];
};

/** `count` sentences of a list of patterns, the same ones for the same `random`. */
export function* sentences(patterns: string[], slots: Grammar['slots'], count: number, random: () => number) {
  for (let i = 0; i < count; i++) yield fill(pick(patterns, random), slots, random);
}

/** A small seeded generator, so that training gives the same weights on every machine. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export function pick<T>(list: readonly T[], random: () => number): T {
  const chosen = list[Math.floor(random() * list.length)];
  if (chosen === undefined) throw new RangeError('nothing to pick from');
  return chosen;
}

function fill(pattern: string, slots: Grammar['slots'], random: () => number): string {
  const filled = pattern.replace(/\{(\w+)\}/g, (_, name: string) => {
    const choices = slots[name];
    if (choices === undefined) throw new RangeError(`no slot ${name} for "${pattern}"`);
    return fill(pick(choices.split('|'), random).trim(), slots, random);
  });
  return filled.replace(/\s+/g, ' ').trim();
}
