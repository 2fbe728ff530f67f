/** The colours of how a visit or a delivery stands. */
export const tones = {
  late: 'danger',
  at_risk: 'flame',
  under_way: 'accent',
  planned: 'neutral',
  done: 'ok',
  failed: 'warn'
} as const;
