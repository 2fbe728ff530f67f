/** Another process that answers: says again and again what its bot makes of a question (see `help/server/lessons.test.ts`). */
import { setTimeout as pause } from 'node:timers/promises';
import { nobody } from '#lib/platform/actor.ts';
import { database } from '#lib/platform/server/runtime.ts';
import { answer } from '#lib/help/server/bot.ts';
import { wordsFor } from '#lib/platform/words.ts';

const question = { text: process.env.ASKED ?? '', before: [] };
for (;;) {
  const { topic } = await answer(database.as(nobody), nobody, question, wordsFor('en'));
  process.send?.(topic ?? 'unsure');
  await pause(300);
}
