/** What whoever comes to a door should mind: asked before a visit and with an order, and told to nobody but who goes there. */
export const hazardCodes = ['dog', 'asbestos', 'electric_fence', 'hard_to_reach', 'key_safe'] as const;
export type Hazard = (typeof hazardCodes)[number];

/** The known ones among codes, each once and always in one order. */
export const hazardsIn = (codes: readonly string[]): Hazard[] =>
  hazardCodes.filter((code) => codes.includes(code));
