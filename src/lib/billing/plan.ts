/** Programmes by which bills are paid on days of their own: an account has one of them at a time. */
export const plans = ['arrangement', 'extension', 'budget'] as const;
export type Plan = (typeof plans)[number];

export const isPlan = (kind: string): kind is Plan => plans.some((plan) => plan === kind);
