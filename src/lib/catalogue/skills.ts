/** What somebody must be able to do who comes about a kind of request. Slots are planned by it. */

export const skills = ['appliance', 'meter', 'works', 'cylinder'] as const;
export type Skill = (typeof skills)[number];

/** Who drives what is ordered: with goods on a lorry, or gas in a tanker. */
export const deliverySkills = ['cylinder_delivery', 'bulk_delivery'] as const;

/** By the kind's code: those not named are about pipes and appliances in the house. */
export const skillOf = (code: string): Skill => {
  if (code.startsWith('METER-')) return 'meter';
  if (code.startsWith('LPG-')) return 'cylinder';
  return code === 'NEW-SVC' || code === 'DISCONNECT' ? 'works' : 'appliance';
};
