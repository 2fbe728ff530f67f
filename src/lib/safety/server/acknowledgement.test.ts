/** "I am safe" lets on what was meant, and stops what comes anew. */
import { expect, test } from 'vitest';
import { screen, type Verdict } from '#lib/safety/screen.ts';
import { signsIn } from '#lib/safety/signs.ts';
import { dangersIn, isVouchedFor, safeToken } from './acknowledgement.ts';

const key = '0f8fad5b-d9cb-469f-a165-70867728950e';
const first = 'Please change my billing date, and also I smell gas by the meter.';
const dangersOf = (text: string, verdict: Pick<Verdict, 'level' | 'hazard'> = screen(text)) =>
  dangersIn({ ...verdict, signs: signsIn(text) });
const token = safeToken(key, dangersOf(first));
const passes = (text: string, form = key) => isVouchedFor(form, token, dangersOf(text));

test.each([
  ['the same again', first],
  ['a typo mended', first.replace('smell', 'smel')],
  ['more about something else', `${first} My number is 555 0101. Thank you, and a good week to all of you!`],
  ['less of it', 'I smell gas by the meter.']
])('%s goes on', (_what, text) => {
  expect(screen(text).level).not.toBe('clear');
  expect(passes(text)).toBe(true);
});

test.each([
  ['another danger', `${first} And now the carbon monoxide alarm is going off.`],
  ['more of the same kind', `${first} There is a strong smell of gas in the cellar too.`],
  ['a worse one of the same hazard', `${first} The pipe is hissing, gas is leaking.`],
  ['another in its place', 'The carbon monoxide alarm is going off and we have headaches.']
])('%s stops', (_what, text) => expect(passes(text)).toBe(false));

test('what was only likely to be danger does not vouch for what surely is', () => {
  const text = 'There is an odd smell since your visit.';
  const weak = safeToken(key, dangersOf(text, { level: 'possible', hazard: 'gas' }));
  expect(isVouchedFor(key, weak, dangersOf(text, { level: 'emergency', hazard: 'gas' }))).toBe(false);
});

test('what is said not to be there vouches for nothing that is', () => {
  const before = dangersOf('There is no smell of gas.', { level: 'emergency', hazard: 'gas' });
  const after = dangersOf('There is a smell of gas.', { level: 'emergency', hazard: 'gas' });
  expect(isVouchedFor(key, safeToken(key, before), after)).toBe(false);
});

test('it is good for its own form only, and nothing is vouched for by nothing', () => {
  expect(passes(first, 'another-form')).toBe(false);
  for (const made of ['', null, undefined, 'dG9rZW4', '...'])
    expect(isVouchedFor(key, made, dangersOf(first))).toBe(false);
});
