/** Patience: a page's data is asked for until it comes, and nothing else is. */
import { expect, test } from 'vitest';
import { patient } from './patient-fetch.ts';

const data = 'http://hearth.test/desk/__data.json?x-sveltekit-invalidated=01';

/** A line that gives these answers in turn, and then the last one for ever. Null is a line that is gone. */
function aLine(...answers: (number | null)[]) {
  let asked = 0;
  const fetch = patient(
    async () => {
      const answer = answers[Math.min(asked++, answers.length - 1)];
      if (typeof answer !== 'number') throw new TypeError('Failed to fetch');
      return new Response('{}', { status: answer });
    },
    async () => {}
  );
  return { fetch, asked: () => asked };
}

test('a line that broke is waited for', async () => {
  const line = aLine(null, null, 503, 200);
  expect((await line.fetch(data)).status).toBe(200);
  expect(line.asked()).toBe(4);
});

test('a refusal is an answer, and so is a server that stays away', async () => {
  expect((await aLine(404).fetch(data)).status).toBe(404);
  expect((await aLine(500).fetch(data)).status).toBe(500);
  expect((await aLine(503).fetch(data)).status).toBe(503);
});

test('what is sent is never sent twice', async () => {
  const line = aLine(null, 200);
  await expect(line.fetch('http://hearth.test/desk/requests/X?/reply')).rejects.toThrow('Failed to fetch');
  expect(line.asked()).toBe(1);
});

test('an answer that breaks in the middle counts as none', async () => {
  let asked = 0;
  const fetch = patient(
    async () => {
      asked += 1;
      const broken = new ReadableStream({ pull: (pipe) => pipe.error(new TypeError('network error')) });
      return new Response(asked === 1 ? broken : '{}');
    },
    async () => {}
  );
  expect(await (await fetch(data)).text()).toBe('{}');
});
