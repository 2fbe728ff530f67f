/** Letters carry links to accounts, so they are shown where nobody else can come. */
import { expect, test } from 'vitest';
import { refuseOthersMail } from './access.ts';

test.each([
  ['in a demo', false, { demo: true, atHome: true }],
  ['to whoever works on it, on their own machine', true, { demo: false, atHome: true }]
])('letters are shown %s', (_where, dev, where) => expect(() => refuseOthersMail(dev, where)).not.toThrow());

test.each([
  ['where it is served for real', false, { demo: false, atHome: true }],
  ['to others who reach the machine of somebody at work', true, { demo: false, atHome: false }]
])('letters are not shown %s', (_where, dev, where) =>
  expect(() => refuseOthersMail(dev, where)).toThrow('errors.missing')
);
