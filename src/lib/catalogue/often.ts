/** The kinds of request that most people come for: six of them stand on the first page. */
import type { ServiceType } from '#lib/forms/definition.ts';

/** In the order they are shown. Where one is not offered, the next takes its place. */
const often = [
  'METER-READ',
  'BILL-HIGH',
  'MOVE-IN',
  'MOVE-OUT',
  'PAY-EXT',
  'E-NOGAS',
  'LPG-REFILL',
  'GENERAL',
  'COMPLAINT'
];

/** The first six of those on offer. */
export const oftenAsked = (offered: readonly ServiceType[]): ServiceType[] =>
  often.flatMap((code) => offered.find((type) => type.code === code) ?? []).slice(0, 6);
