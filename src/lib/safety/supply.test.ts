/** Whoever writes of a cylinder is told about cylinders; of anything else only what is sure. */
import { expect, test } from 'vitest';
import { supplyIn } from './supply.ts';

test.each([
  'the cylinder is hissing in the kitchen',
  'I smell LPG near the regulator',
  'our propane tank is leaking',
  'there is a smell by the bulk tank',
  'la bombona huele a gas',
  'se sale el gas del cilindro',
  'la bouteille de gaz siffle',
  'सिलेंडर से गैस निकल रही है',
  'silinder se gas leak ho raha hai'
])('"%s" is about a cylinder or a tank, whatever the utility supplies', (text) => {
  for (const supplied of ['piped', 'cylinder', 'both'] as const)
    expect(supplyIn(text, supplied)).toBe('cylinder');
});

test.each(['I smell gas by the meter', 'huele a gas', 'gas ki smell', 'the hot water tank hums', ''])(
  '"%s" is about what the utility supplies, and about both where it supplies both',
  (text) => {
    expect(supplyIn(text, 'piped')).toBe('piped');
    expect(supplyIn(text, 'cylinder')).toBe('cylinder');
    expect(supplyIn(text, 'both')).toBe('unknown');
  }
);

test('who speaks of both is told of both', () => {
  expect(supplyIn('not the cylinder, the gas meter smells', 'piped')).toBe('unknown');
});

test('what their account tells stands before what the utility supplies, and their words before both', () => {
  expect(supplyIn('I smell gas', 'both', 'cylinder')).toBe('cylinder');
  expect(supplyIn('I smell gas by the meter', 'piped', 'cylinder')).toBe('cylinder');
  expect(supplyIn('I smell gas', 'both', 'piped')).toBe('piped');
  expect(supplyIn('I smell gas', 'piped', 'unknown')).toBe('unknown');
  expect(supplyIn('the cylinder hisses', 'both', 'piped')).toBe('cylinder');
});
