/**
 * A published version never changes, for requests go on showing it. `published.json` remembers what each version held:
 * whoever changes a definition raises its version, and writes there what this test prints.
 */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { serviceTypes } from './all.ts';
import published from './published.json' with { type: 'json' };

const known: Record<string, string> = published;

test.each(serviceTypes)('$code holds what its version held when it was published', (type) => {
  const version = `${type.code} ${type.version}`;
  const held = createHash('sha256')
    .update(JSON.stringify(inOrder(type)))
    .digest('hex')
    .slice(0, 16);

  const advice = known[version]
    ? `raise the version of ${type.code}`
    : `add "${version}": "${held}" to published.json`;
  expect(known[version], advice).toBe(held);
});

test('no version is forgotten', () => {
  for (const { code, version } of serviceTypes) {
    for (let each = 1; each <= version; each += 1) expect(known).toHaveProperty([`${code} ${each}`]);
  }
});

/** The database keeps no order of keys, so neither does the comparison. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const sorted = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(sorted.map(([key, each]) => [key, inOrder(each)] as const));
}
