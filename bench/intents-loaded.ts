/** A process that only answers: how long what was learned takes to load, and what memory it adds. Asked by `intents.ts`. */
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { deserialize } from 'node:v8';
import { classifierOf, type Model } from '#lib/help/intent/classifier.ts';

const [file = ''] = process.argv.slice(2);
const before = process.memoryUsage().rss;
const began = performance.now();
// Written by the process that asks, a moment ago.
const { classify } = classifierOf(deserialize(readFileSync(file)) as Model);
classify('where is my card');
const milliseconds = performance.now() - began;
for (let i = 0; i < 500; i++) classify(`where is my card number ${i}`);
const megabytes = (process.memoryUsage().rss - before) / 1e6;
process.stdout.write(JSON.stringify({ milliseconds, megabytes }));
