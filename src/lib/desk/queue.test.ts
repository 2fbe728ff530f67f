import { expect, test } from 'vitest';
import { readView, usualQueue, writeView, type View } from './queue.ts';

const id = '01970000-0000-7000-8000-00000000abcd';
const read = (query: string) => readView(new URLSearchParams(query), 'team');

test('an address that says nothing shows the usual queue from its beginning', () => {
  expect(read('')).toEqual({ queue: 'team', search: '', after: null });
  expect(usualQueue(null)).toBe('all');
});

test('what is written into an address is read back from it', () => {
  const views: View[] = [
    { queue: 'mine', search: '', after: null },
    {
      queue: 'overdue',
      search: 'boiler & stove',
      after: { rank: 5, due: '2027-03-09T08:00:00.123456Z', id }
    },
    { queue: 'waiting', search: '', after: { rank: 10, due: 'infinity', id } }
  ];
  for (const view of views) expect(read(writeView(view))).toEqual(view);
});

test.each([
  `5~2027-02-30T08:00:00.000000Z~${id}`,
  `5~2027-03-09~${id}`,
  `10~infinity~' or 1=1`,
  `100~infinity~${id}`,
  `infinity~${id}`,
  `5~now~${id}`,
  '~',
  'infinity'
])('a place in the queue that is none is forgotten: %s', (after) => {
  expect(read(new URLSearchParams({ queue: 'mine', after }).toString()).after).toBeNull();
});

test('a queue nobody has heard of is the usual one', () => {
  expect(read('queue=everything').queue).toBe('team');
});
