/** What comes first when somebody asks: a person, then a call, then the bot. */
import { expect, test } from 'vitest';
import { nobody } from '#lib/platform/actor.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { wordsFor } from '#lib/platform/words.ts';
import { answerTo } from './answering.ts';
import type { Line } from './queries.ts';

const t = wordsFor('en');
const call = { label: t('calls.way'), href: '/call-me' };

/** Whoever asks for a person or a call is answered without any look-up. */
const ask = (text: string, lines: readonly Line[] = []) =>
  answerTo({} as Db, nobody, { text, topic: null, lines }, t);

const line = (spoken_by: Line['spoken_by'], text: string, ways: Line['ways'] = []): Line => ({
  ...{ number: 1, spoken_by, text, ways, at: new Date() },
  ...{ kind: spoken_by === 'assistant' ? 'service' : null, topic: null }
});

test.each(['Please call me back', 'can you ring me?', 'Llámeme'])('%s: a call is offered', async (text) => {
  expect(await ask(text)).toMatchObject({ kind: 'service', text: t('calls.offer'), ways: [call] });
});

test.each([
  'call me back, or give me a human',
  'Can a person call me back?',
  'supervisor please, or call me'
])('%s: a person takes over, with the way to a call beside it', async (text) => {
  expect(await ask(text)).toMatchObject({ kind: 'person', text: t('chat.to_person'), ways: [call] });
});

test('who wants no call but a person gets the person alone', async () => {
  expect(await ask('don’t call me, give me a human')).toMatchObject({ kind: 'person', ways: [] });
});

test('the same offer is not made twice: whoever asks again for a call gets a person', async () => {
  const offered = [line('customer', 'call me'), line('assistant', t('calls.offer'), [call])];
  expect(await ask('please call me', offered)).toMatchObject({ kind: 'person', ways: [call] });

  const between = [...offered, line('customer', 'And my bill?'), line('assistant', 'Here it is.')];
  expect(await ask('please call me', between)).toMatchObject({ kind: 'service', ways: [call] });
});
