/** Which cylinders are usual where, and when they are brought: what forms ask goes by it, and what the demo sells. */
import type { Jurisdiction } from '#lib/safety/wording.ts';
import type { Otherwise, ServiceType } from '#lib/forms/definition.ts';
import { say } from './questions.ts';

/** By what a form calls it: the sizes of a shop, the smallest first. */
export const cylinderSizes = {
  US: { small: say('20 lb', '20 lb'), household: say('30 lb', '30 lb'), large: say('100 lb', '100 lb') },
  UK: { household: say('13 kg', '13 kg'), large: say('47 kg', '47 kg') },
  IN: { small: say('5 kg', '5 kg'), household: say('14.2 kg', '14,2 kg') }
} as const satisfies Record<Jurisdiction, Partial<Record<'small' | 'household' | 'large', object>>>;

/** The hours in which cylinders are brought. */
export const cylinderHours = [
  ['08:00', '11:00'],
  ['11:00', '14:00'],
  ['14:00', '18:00'],
  ['18:00', '21:00']
] as const;

type Field = NonNullable<Otherwise['fields']>[string];

/** The sizes that a jurisdiction knows, and nothing of the others. */
const sizesIn = (jurisdiction: Jurisdiction): Field => {
  const sizes: Partial<Record<string, (typeof cylinderSizes.US)['small']>> = cylinderSizes[jurisdiction];
  return {
    without: ['small', 'household', 'large'].filter((value) => !sizes[value]),
    called: sizes as NonNullable<Field['called']>
  };
};

/** In each jurisdiction its own sizes, beside what else is different there. */
export const withSizes = (elsewhere: ServiceType['in'] = {}): NonNullable<ServiceType['in']> =>
  Object.fromEntries(
    (['US', 'UK', 'IN'] as const).map((where): [string, Otherwise | false] => {
      const otherwise = elsewhere[where];
      if (otherwise === false) return [where, otherwise];
      return [where, { ...otherwise, fields: { ...otherwise?.fields, cylinder_size: sizesIn(where) } }];
    })
  );
