/** Every pair of colours that text is set in can be read, by day and by night (WCAG AA). */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync(new URL('../../app.css', import.meta.url), 'utf8');
const day = palette(0);
const night = palette(1);

const grounds = ['surface', 'surface-2', 'raised'];
const readable: [text: string, ground: string][] = [
  ...['ink', 'ink-soft', 'accent', 'accent-strong', 'flame', 'danger', 'ok', 'warn'].flatMap((text) =>
    grounds.map((ground): [string, string] => [text, ground])
  ),
  ...['accent', 'flame', 'danger', 'ok', 'warn'].flatMap((colour): [string, string][] => [
    [colour, `${colour}-soft`],
    ['ink', `${colour}-soft`],
    ['ink-soft', `${colour}-soft`]
  ]),
  ...['accent', 'flame', 'danger', 'emergency'].map((fill): [string, string] => [`${fill}-ink`, fill]),
  ['accent-ink', 'accent-strong'],
  ['surface', 'ink']
];
const visible: [edge: string, ground: string][] = [
  ...grounds.map((ground): [string, string] => ['line-strong', ground]),
  ...grounds.map((ground): [string, string] => ['emergency', ground])
];

describe.each([
  ['day', day],
  ['night', night]
])('by %s', (time, colours) => {
  test.each(readable)('%s on %s can be read', (text, ground) => {
    expect(contrast(colours, text, ground)).toBeGreaterThanOrEqual(4.5);
  });

  // The emergency bar at night carries its meaning in its words, which are white on red.
  test.each(visible.filter(([edge]) => time === 'day' || edge !== 'emergency'))(
    '%s stands out from %s',
    (edge, ground) => {
      expect(contrast(colours, edge, ground)).toBeGreaterThanOrEqual(3);
    }
  );
});

function palette(side: 0 | 1): Map<string, string> {
  const declared = css.matchAll(/--([a-z0-9-]+): (?:light-dark\((#\w{6}), (#\w{6})\)|(#\w{6}));/g);
  return new Map(
    [...declared].map(([, name = '', light, dark, same]) => [name, same ?? [light, dark][side] ?? ''])
  );
}

function contrast(colours: Map<string, string>, one: string, other: string): number {
  const [dim = 0, bright = 0] = [one, other]
    .map((name) => luminance(colours.get(name)))
    .sort((a, b) => a - b);
  return (bright + 0.05) / (dim + 0.05);
}

function luminance(colour = ''): number {
  const [r = NaN, g = NaN, b = NaN] = [1, 3, 5].map((at) =>
    linear(parseInt(colour.slice(at, at + 2), 16) / 255)
  );
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

const linear = (channel: number) =>
  channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
