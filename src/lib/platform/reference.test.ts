/** References are read back however people say them, and nothing else passes for one. */
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linesOf } from '../../../tests/support/cases.ts';
import { readReference, referenceFrom } from './reference.ts';

const reference = fc.uint8Array({ minLength: 8, maxLength: 8 }).map(referenceFrom);

test('a reference has two groups of four signs that nobody mistakes', () => {
  fc.assert(
    fc.property(reference, (made) => void expect(made).toMatch(/^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$/))
  );
});

test('it is understood in small letters, without its dash, and with what stands around and inside', () => {
  const spoken = (made: string) => [
    made,
    made.toLowerCase(),
    made.replace('-', ''),
    ` ${made.replace('-', ' - ')} `,
    `#${made.replace('-', '\u2013')}.`
  ];
  fc.assert(
    fc.property(reference, (made) => spoken(made).forEach((said) => expect(readReference(said)).toBe(made)))
  );
});

test.each(linesOf('searches').filter(([line]) => line.endsWith('find the request L6PL-ZVGK')))(
  '%s',
  (_line, said) => {
    expect(said.map(readReference)).toEqual(said.map(() => 'L6PL-ZVGK'));
  }
);

test.each(['', 'ABCD', '7KQ4-M2X', '7KQ4-M2XRR', '0KQ4-M2XR', 'IKQ4-M2XR', '7KQ4_M2XR', '../../etc'])(
  '%j is none',
  (typed) => {
    expect(readReference(typed)).toBeNull();
  }
);

test('ten thousand references made in a row are all different', () => {
  const made = Array.from({ length: 10_000 }, () => referenceFrom(randomBytes(8)));
  expect(new Set(made).size).toBe(made.length);
});

test('every sign is as likely as any other', () => {
  const counted = new Set(
    Array.from({ length: 256 }, (_, byte) => referenceFrom(new Uint8Array(8).fill(byte)))
  );
  expect(counted.size).toBe(32);
});
