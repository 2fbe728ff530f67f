/** What people write, five hundred signs of it: no two alike, with words that many use and words that few do. */

const openings = [
  'Hello, ',
  'Good morning. ',
  'I am writing because ',
  'Please help: ',
  '',
  'To whom it may concern, '
];
const things = [
  'the boiler',
  'my last bill',
  'the meter in the cellar',
  'our new kitchen',
  'the flat upstairs',
  'a refund'
];
const happenings = [
  'went up again',
  'was read by nobody',
  'stopped in the night',
  'does not match',
  'came twice'
];
const wishes = [
  'Could somebody call me?',
  'What should I do now?',
  'I would like a visit.',
  'Please explain it.'
];
const rare = [
  'Hyacinth',
  'Quince',
  'Saffron',
  'Tamarind',
  'Juniper',
  'Larch',
  'Osier',
  'Rowan',
  'Spindle',
  'Yew'
];

/** The same for the same number, on every machine. */
export function proseOf(i: number, length = 500): string {
  const pick = (from: readonly string[], turn: number) =>
    from[(i * 31 + turn * 17 + ((i * turn) >> 3)) % from.length] ?? '';
  let text = `${pick(openings, 1)}it is about ${pick(things, 2)} at ${1 + (i % 400)} ${pick(rare, 3)} ${pick(rare, 5)} Road.`;
  for (let turn = 1; text.length < length; turn += 1)
    text += ` ${pick(things, turn + 7)} ${pick(happenings, turn + 3)} on day ${(i * turn) % 365}. ${pick(wishes, turn)}`;
  return text.slice(0, length);
}
