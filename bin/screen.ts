/** Screens texts from a terminal: reads one a line, prints `emergency`, `possible` or `clear` a line. */
import './own-node.ts';
import { once } from 'node:events';
import { screen } from '#lib/safety/screen.ts';

const reader = new TextDecoder();
let rest = '';
for await (const piece of process.stdin as AsyncIterable<Buffer>) {
  const lines = (rest + reader.decode(piece, { stream: true })).split('\n');
  rest = lines.pop() ?? '';
  await answer(lines);
}
rest += reader.decode();
if (rest !== '') await answer([rest]);

/** A line ends with a line feed and nothing else, so that there are as many answers as lines. */
async function answer(lines: string[]) {
  const answers = lines.map((line) => `${screen(line).level}\n`).join('');
  if (!process.stdout.write(answers)) await once(process.stdout, 'drain');
}
