/** Every icon we name can be drawn, in the lines of the page. */
import lucide from '@iconify-json/lucide/icons.json' with { type: 'json' };
import { expect, test } from 'vitest';
import { iconNames } from './icons.ts';
import { sprite } from './sprite.ts';

test('every icon we name is in the collection', () => {
  const drawn = sprite(lucide, iconNames);
  for (const name of iconNames) expect(drawn).toContain(`<symbol id="${name}"`);
});

test('colour and weight of the lines are left to the page', () => {
  expect(sprite(lucide, iconNames)).not.toMatch(/stroke|fill=/);
});

test('an icon that does not exist stops the build', () => {
  expect(() => sprite(lucide, ['no-such-icon'])).toThrow('no-such-icon');
});

test('names stand once and in order', () => {
  expect(iconNames).toEqual([...new Set(iconNames)].toSorted());
});
