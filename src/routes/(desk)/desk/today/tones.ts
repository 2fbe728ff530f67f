/** The colours of how a visit or a delivery stands. */
export const tones = {
  late: 'flame',
  at_risk: 'warn',
  under_way: 'accent',
  planned: 'neutral',
  done: 'ok',
  failed: 'warn'
} as const;
