/** What whoever comes to a door should mind: asked before a visit and with an order, and told to nobody but who goes there. */
export const hazardCodes = ['dog', 'asbestos', 'electric_fence', 'hard_to_reach', 'key_safe'] as const;
export type Hazard = (typeof hazardCodes)[number];

/** What forms offer: `nothing_else` says that whatever was named before, and is not named with it, is there no more. */
export const hazardAnswers = [...hazardCodes, 'nothing_else'] as const;
export type HazardAnswer = (typeof hazardAnswers)[number];

/** The known ones among codes, each once and always in one order. */
export const hazardsIn = (codes: readonly string[]): Hazard[] =>
  hazardCodes.filter((code) => codes.includes(code));

/** The same of what a form was answered. */
export const hazardAnswersIn = (codes: readonly string[]): HazardAnswer[] =>
  hazardAnswers.filter((code) => codes.includes(code));
