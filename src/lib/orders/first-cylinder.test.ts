/** The first cylinder of a place is one where there is none of ours yet, and no cylinders of others are known. */
import { expect, test } from 'vitest';
import { bringsFirstCylinder } from './first-cylinder.ts';

const cylinder = { code: 'CYL-20', kind: 'cylinder', held: 0 };
const alarm = { code: 'CO-ALARM', kind: 'alarm', held: 0 };
const inCart = (product: string) => [{ product }];

test.each([
  ['a cylinder for a place without any', inCart('CYL-20'), [cylinder, alarm], null, true],
  ['a cylinder beside a tank', inCart('CYL-20'), [cylinder, alarm], 'tank', true],
  ['one more beside those there are', inCart('CYL-20'), [{ ...cylinder, held: 2 }, alarm], null, false],
  ['one of ours after another’s', inCart('CYL-20'), [cylinder, alarm], 'cylinder', false],
  ['an alarm alone', inCart('CO-ALARM'), [cylinder, alarm], null, false]
] as const)('%s', (_, lines, offers, supply, is) => {
  expect(bringsFirstCylinder(lines, offers, supply)).toBe(is);
});
