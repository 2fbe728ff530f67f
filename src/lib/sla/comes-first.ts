/** Why a request stands before all that do not. */
export const reasonsToComeFirst = ['safety', 'vulnerable'] as const;
export type ComesFirst = (typeof reasonsToComeFirst)[number];
