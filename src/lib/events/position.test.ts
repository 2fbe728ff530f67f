/** Places in the feed are written and read back as they were, and stand in one order. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isAfter, readPosition, writePosition } from './position.ts';

const position = fc.record({ xid: fc.bigInt(0n, 2n ** 62n), seq: fc.bigInt(0n, 2n ** 62n) });

test('a position is read back as it was written', () => {
  fc.assert(fc.property(position, (at) => void expect(readPosition(writePosition(at))).toEqual(at)));
});

test.each([undefined, null, '', '7', '7.', '.7', '-1.2', '1.2.3', '1e3.4', `${'9'.repeat(20)}.1`])(
  '%j is none',
  (text) => {
    expect(readPosition(text)).toBeNull();
  }
);

test('of two positions one is after the other, unless they are the same', () => {
  fc.assert(
    fc.property(position, position, (a, b) => {
      const same = writePosition(a) === writePosition(b);
      expect([isAfter(a, b), isAfter(b, a)].filter(Boolean)).toHaveLength(same ? 0 : 1);
    })
  );
});
