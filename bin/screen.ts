/** Screens texts from a terminal: reads one a line, prints `emergency`, `possible` or `clear` a line. */
import './own-node.ts';
import { createInterface } from 'node:readline';
import { screen } from '#lib/safety/screen.ts';

const lines = createInterface({ input: process.stdin, crlfDelay: Infinity });
let answers = '';
for await (const line of lines) {
  answers += `${screen(line).level}\n`;
  if (answers.length > 8192) flush();
}
flush();

function flush() {
  process.stdout.write(answers);
  answers = '';
}
