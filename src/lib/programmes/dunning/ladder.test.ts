/** Reminding of what is overdue: one step at a time, each on its day, and held back where the law or a promise says so. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  climb,
  dunningSteps,
  ladderOf,
  type DunningFacts,
  type DunningStep,
  type OpenBill
} from './ladder.ts';

const bill: OpenBill = { due_on: '2026-05-01', open: 9000n, disputed: false, planned: false, bank: false };
const facts: DunningFacts = {
  ...{ bills: [bill], currency: 'USD', paying: false, priority: false, step: 'none', since: null }
};
const us = ladderOf('US');
const on = (today: string, more: Partial<DunningFacts> = {}, ladder = us) =>
  climb({ ...facts, ...more }, ladder, today);
const at = (step: DunningStep, since: string) => ({ step, since });

test('each step has its day, and comes only after the one before', () => {
  expect(on('2026-05-01')).toBeNull();
  expect(on('2026-05-02')?.step).toBe('none');
  expect(on('2026-05-03')?.step).toBe('reminder');
  expect(on('2026-05-14', at('reminder', '2026-05-03'))?.step).toBe('reminder');
  expect(on('2026-05-15', at('reminder', '2026-05-03'))?.step).toBe('notice');
  expect(on('2026-05-29', at('notice', '2026-05-15'))?.step).toBe('final');
  expect(on('2026-06-12', at('final', '2026-05-29'))?.step).toBe('credit_team');
  expect(on('2026-09-12', at('credit_team', '2026-06-12'))).toMatchObject({
    step: 'credit_team',
    next: null
  });
});

test('seen late, it still goes one step, and the next as many days later as they are apart', () => {
  expect(on('2026-06-20')).toMatchObject({ step: 'reminder', next: { step: 'notice', on: '2026-07-02' } });
  expect(on('2026-07-01', at('reminder', '2026-06-20'))?.step).toBe('reminder');
  expect(on('2026-07-02', at('reminder', '2026-06-20'))?.step).toBe('notice');
});

test('paid, it is over', () => {
  expect(on('2026-07-02', { ...at('notice', '2026-06-01'), bills: [{ ...bill, open: 0n }] })).toBeNull();
});

test('what is disputed or in a plan is not chased, and begins anew if it is the only thing', () => {
  const disputed = { ...bill, disputed: true };
  expect(on('2026-06-20', { ...at('notice', '2026-05-15'), bills: [disputed] })).toMatchObject({
    ...{ step: 'none', holds: ['dispute'], next: null, amount: 9000n }
  });
  expect(on('2026-06-20', { bills: [{ ...bill, planned: true }] })).toMatchObject({
    step: 'none',
    holds: ['plan']
  });
  expect(on('2026-05-10', { bills: [{ ...bill, bank: true }] })).toMatchObject({
    step: 'none',
    holds: ['bank']
  });
  const other = { ...bill, due_on: '2026-06-01', open: 4000n };
  expect(on('2026-06-20', { bills: [disputed, other] })).toMatchObject({
    ...{ step: 'reminder', amount: 4000n, due_on: '2026-06-01' }
  });
});

test.each([
  ['a payment is on its way', { paying: true, ...at('reminder', '2026-05-03') }, '2026-06-01', 'paying'],
  [
    'it is little',
    { bills: [{ ...bill, open: 1999n }], ...at('reminder', '2026-05-03') },
    '2026-06-01',
    'small'
  ],
  [
    'somebody there has priority services',
    { priority: true, ...at('notice', '2026-05-15') },
    '2026-06-01',
    'priority'
  ]
] as const)('while %s, it waits', (_, more, today, hold) => {
  const before = 'step' in more ? more.step : 'none';
  expect(on(today, more)).toMatchObject({ step: before, holds: [hold] });
});

test('in winter there is no final notice and no handing over; a reminder and a notice still go', () => {
  const winter = { bills: [{ ...bill, due_on: '2026-11-01' }] };
  expect(on('2026-12-01', winter)?.step).toBe('reminder');
  expect(on('2026-12-20', { ...winter, ...at('reminder', '2026-12-01') })?.step).toBe('notice');
  const noticed = { ...winter, ...at('notice', '2026-12-20') };
  expect(on('2027-03-31', noticed)).toMatchObject({ step: 'notice', holds: ['winter'] });
  expect(on('2027-04-01', noticed)?.step).toBe('final');
  expect(on('2026-12-31', noticed, ladderOf('IN'))?.holds).not.toContain('winter');
  expect(on('2027-02-01', noticed, ladderOf('UK'))?.holds).toEqual([]);
  expect(on('2027-02-01', { ...noticed, priority: true }, ladderOf('UK'))?.holds).toEqual([
    'priority',
    'winter'
  ]);
});

test('whatever happens, it never skips a step nor hands over somebody who is protected', () => {
  const days = fc.array(
    fc.record({
      ...{ paying: fc.boolean(), priority: fc.boolean(), disputed: fc.boolean(), planned: fc.boolean() },
      open: fc.bigInt({ min: 0n, max: 9000n }),
      gap: fc.integer({ min: 0, max: 40 })
    }),
    { maxLength: 30 }
  );
  fc.assert(
    fc.property(days, (some) => {
      let today = Temporal.PlainDate.from('2026-05-01');
      let now: { step: DunningStep; since: string | null } = { step: 'none', since: null };
      for (const { gap, open, disputed, planned, paying, priority } of some) {
        today = today.add({ days: gap });
        const day = today.toString();
        const state = on(day, { ...now, paying, priority, bills: [{ ...bill, open, disputed, planned }] });
        const step = state?.step ?? 'none';
        const [from, to] = [dunningSteps.indexOf(now.step), dunningSteps.indexOf(step)];
        expect(to === from || to === from + 1 || to === 0).toBe(true);
        if (to > from) {
          expect(disputed || planned || paying || open === 0n).toBe(false);
          if (to > 2) expect(priority || [11, 12, 1, 2, 3].includes(today.month)).toBe(false);
          if (now.since && to > 1) expect(day > now.since).toBe(true);
        }
        now = { step, since: step === now.step ? now.since : day };
      }
    })
  );
});
