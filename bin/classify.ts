/**
 * Sorts texts from a terminal with the bot's own classifier: `npm run -s classify -- --train a.csv` learns from the columns
 * `text` and `category`, reads texts one a line, and prints `{"category","confidence"}` a line.
 */
import './own-node.ts';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { parse } from 'csv-parse';
import { trainClassifier, type Example } from '#lib/help/intent/classifier.ts';
import { sureness } from '#lib/help/intent/sureness.ts';

const { train } = parseArgs({ options: { train: { type: 'string' } } }).values;
if (!train) {
  process.stderr.write(
    'Say what to learn from: npm run -s classify -- --train examples.csv (text,category)\n'
  );
  process.exit(1);
}

const { classify } = trainClassifier(await examplesIn(train));
for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  const [best] = classify(line);
  const guess = best && { category: best.category, confidence: sureness(best) };
  if (!process.stdout.write(`${JSON.stringify(guess)}\n`)) await once(process.stdout, 'drain');
}

async function examplesIn(file: string): Promise<Example[]> {
  const rows = createReadStream(file).pipe(parse({ bom: true, columns: true, skip_empty_lines: true }));
  const examples: Example[] = [];
  for await (const row of rows as AsyncIterable<Partial<Example>>) {
    if (!row.text || !row.category) throw new Error(`${file}: each row needs a text and a category.`);
    examples.push({ text: row.text, category: row.category });
  }
  return examples;
}
