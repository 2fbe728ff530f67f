/** The emergency screen against phrases it was not trained on, and against all that may surround them. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { freeText } from '#lib/forms/free-text.ts';
import { writtenSentences } from './corpus/examples.ts';
import { mostCharacters, screen, screenAll, screenSafely, type Level } from './screen.ts';

type Phrase = { label: string; lang: string; text: string };

const phrases = phrasesIn('./held-out.tsv');

/** Calls that name no cause, or say it in passing; every fifth that was written is kept apart here. */
const oblique = phrasesIn('./held-out-oblique.tsv');

const emergencies = phrases.filter(({ label }) => label === 'emergency');
const others = phrases.filter(({ label }) => label === 'not');
const rank: Record<Level, number> = { clear: 0, possible: 1, emergency: 2 };
const levelOf = (text: string) => screen(text).level;

function phrasesIn(file: string) {
  return readFileSync(new URL(file, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line): Phrase => {
      const [, label = '', lang = '', , text = ''] = line.split('\t');
      return { label, lang, text };
    });
}

function share(list: readonly Phrase[], levels: readonly Level[]) {
  return list.filter(({ text }) => levels.includes(levelOf(text))).length / list.length;
}

test('nothing held out is trained on', () => {
  const trained = new Set(writtenSentences().map(({ text }) => text.toLowerCase()));
  expect([...phrases, ...oblique].filter(({ text }) => trained.has(text.toLowerCase()))).toEqual([]);
});

test('calls for help are noticed, and most are called what they are', () => {
  expect(share(emergencies, ['emergency', 'possible'])).toBeGreaterThanOrEqual(0.98);
  expect(share(emergencies, ['emergency'])).toBeGreaterThanOrEqual(0.92);
});

test.each(['en', 'es', 'fr', 'hi', 'hi-Latn'])('calls for help in %s are noticed', (lang) => {
  const spoken = emergencies.filter((phrase) => phrase.lang === lang);
  expect(share(spoken, ['emergency', 'possible'])).toBeGreaterThanOrEqual(0.95);
});

test.each(['en', 'es', 'fr', 'hi', 'hi-Latn'])(
  'most oblique calls for help in %s are at least asked about',
  (lang) => {
    const spoken = oblique.filter((phrase) => phrase.lang === lang);
    expect(share(spoken, ['emergency', 'possible'])).toBeGreaterThanOrEqual(0.6);
  }
);

test('few near misses are called an emergency', () => {
  expect(share(others, ['emergency'])).toBeLessThanOrEqual(0.12);
});

test.each(['Side door, the bell is broken.', 'Not like this one.', 'The driver was friendly.'])(
  '"%s" is no danger beside what an order offers to pick',
  (text) => {
    const order = {
      ...{ key: randomUUID(), slot: randomUUID(), stands: 'unsure', access_notes: text },
      hazards: 'dog'
    };
    const typed = freeText(Object.entries({ ...order, pays: 'on_delivery' }), new Set());
    expect(typed).toEqual([text]);
    expect(levelOf(`${text}\ndog\non_delivery`)).toBe('clear');
  }
);

const letter =
  'I have been a customer for eleven years and have never had to write a letter like this. I called in January ' +
  'about the bill and nobody could tell me why the amount had doubled. A date for a new reading was set and your ' +
  'colleague never came. I was on hold for fifty minutes and then the line went dead.';
const ending =
  'Since then I have received two reminders although I pay every month by direct debit. Please do not send me ' +
  'another form letter. I want the late fees removed and a written answer by the end of the month.';
const unpunctuated = (text: string) => text.replace(/[\p{P}\p{S}]/gu, ' ');

const disguises: Record<string, (text: string) => string> = {
  'in capitals': (text) => text.toUpperCase(),
  'without punctuation': unpunctuated,
  'buried in a letter': (text) => `${letter.repeat(4)} ${text}. ${ending.repeat(4)}`,
  'buried in a letter without punctuation': (text) =>
    unpunctuated(`${letter.repeat(4)} ${text}. ${ending.repeat(4)}`),
  'after a question about a bill': (text) => `question about my bill, ${text}`,
  'in HTML': (text) => `<div><p>${text.replace(/(\S+) (\S+)/g, '<b>$1</b>&nbsp;$2')}</p></div>`,
  'among emoji': (text) => `😱🔥 ${text.replaceAll(' ', ' 🙏 ')} 🚨`,
  'with emoji for spaces': (text) => text.replaceAll(' ', '😱'),
  'spaced out by letter': (text) => [...text].join(' '),
  'dotted by letter': (text) =>
    text
      .split(' ')
      .map((word) => [...word].join('.'))
      .join(' '),
  'with invisible characters': (text) => [...text].join('\u200b'),
  'in full-width letters': (text) =>
    text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)),
  'quoted in a mail': (text) => `> ${text}\n>\n> On Tuesday you wrote:`
};

test.each(Object.entries(disguises))('the verdict does not drop %s', (_, disguise) => {
  expect(levelOf(disguise(''))).toBe('clear');
  const dropped = emergencies.filter(({ text }) => rank[levelOf(disguise(text))] < rank[levelOf(text)]);
  expect(dropped.map(({ text }) => text)).toEqual([]);
});

test('a call for help split over two messages is heard', () => {
  for (const { text } of emergencies) {
    const words = text.split(' ');
    const half = Math.ceil(words.length / 2);
    const { level } = screenAll([words.slice(0, half).join(' '), words.slice(half).join(' ')]);
    expect(rank[level], text).toBeGreaterThanOrEqual(rank[levelOf(text)]);
  }
});

test.each([
  'there is no gas smell, I only want the pilot relit',
  'no smell of gas and no alarm',
  'no huele a gas, solo quiero una revisión',
  'pas d’odeur de gaz, juste un entretien',
  'गैस की गंध नहीं आ रही है',
  'gas leak nahi hai'
])('"%s" is a question to ask back, never nothing and never an alarm', (text) => {
  expect(levelOf(text)).toBe('possible');
});

test('the hazard is named, so that the right steps are shown', () => {
  expect(screen('I smell gas in the kitchen').hazard).toBe('gas');
  expect(screen('the carbon monoxide alarm is going off').hazard).toBe('co');
  expect(screen('the boiler is on fire').hazard).toBe('fire');
  expect(screen('good morning')).toEqual({ level: 'clear', hazard: null, why: [] });
});

test('why names concepts and repeats nothing that was written', () => {
  const { why } = screen('my name is Zebulon Quist and I smell gas');
  expect(why.length).toBeGreaterThan(0);
  expect(why.join(' ')).not.toMatch(/zebulon|quist/i);
});

test('a text longer than the screen reads is for a person to read', () => {
  expect(levelOf('a fine day '.repeat(20_000))).toBe('possible');
});

test('of a text longer than the screen reads, the beginning and the end are read for outright danger', () => {
  const long = 'a fine day '.repeat(20_000);
  expect(levelOf(`I smell gas in the kitchen. ${long}`)).toBe('emergency');
  expect(levelOf(`${long}. I smell gas in the kitchen.`)).toBe('emergency');
  expect(levelOf(`${long}. I smell gas in the kitchen. ${long}`)).toBe('possible');
  expect(levelOf('Please change my billing date. '.repeat(mostCharacters / 31))).toBe('clear');
});

test('a screen that fails or takes too long asks for a person', () => {
  const broken = null as unknown as string; // what no caller should hand over
  expect(screenSafely(broken)).toEqual({ level: 'possible', hazard: null, why: ['failed'] });

  let now = 0;
  expect(screenSafely('hello', () => (now += 51)).why).toEqual(['late']);
  const once = [0, 51, 60, 61];
  expect(screenSafely('hello', () => once.shift() ?? 0).level).toBe('clear');
  expect(screenSafely('hello', () => 0).level).toBe('clear');
});

test('a very long message is read to its end', () => {
  expect(screen(`${'Please change my billing date. '.repeat(3500)}I smell gas.`).level).toBe('emergency');
});

test('there is no word in an id', () => {
  const asked = Array.from({ length: 2000 }, () => `What does a unit cost? ${randomUUID()}`);
  expect(asked.filter((text) => screen(text).level !== 'clear')).toEqual([]);
});
