/**
 * What the bot's classifier reaches on questions it was not trained on, beside the goals: `node bench/intents.ts`, with
 * the sets in `INTENTS` (default ../shared/data/intents) and `SPLITS` different splits (default 3). Only BANKING77's training
 * file is at hand: a fifth of it is kept apart here, so the "full" figures come from four fifths of the examples that
 * published figures had. What staff teach is taken from what is left by chance, or as hand-overs bring it: the least sure.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { serialize } from 'node:v8';
import { parse } from 'csv-parse/sync';
import { chance, shuffle } from '#lib/help/intent/chance.ts';
import {
  classifierOf,
  learnModel,
  trainClassifier,
  type Classifier,
  type Example,
  type Model
} from '#lib/help/intent/classifier.ts';
import { sureness } from '#lib/help/intent/sureness.ts';

const folder = process.env.INTENTS ?? new URL('../../shared/data/intents', import.meta.url).pathname;
if (!existsSync(folder)) {
  process.stdout.write(
    `No intents in ${folder}: set INTENTS to the folder that holds banking77-train.csv.\n`
  );
  process.exit(0);
}

const splits = Array.from({ length: Number(process.env.SPLITS ?? 3) }, (_, i) => splitOf(i + 1));

say('BANKING77, 10 of each', mean(splits.map(ofFew(10))), 75);
say('BANKING77, 5 of each', mean(splits.map(ofFew(5))), 62);
say('BANKING77, 10 of each and 750 taught', mean(splits.map(taughtByChance)), 84);
say('  the 750 it was least sure of, of 3,000 asked', mean(splits.map(taughtWhereUnsure)), 84);

const full = splits.map(measureFull);
say('BANKING77, 80 % learned', mean(full.map(({ right }) => right)), 91.5);
say('  the surest 85 %', mean(full.map(({ surest }) => surest)), 97.4);
say('  one typing error in each', mean(full.map(({ mistyped }) => mistyped)), 88.7);
say('  seconds to learn', mean(full.map(({ seconds }) => seconds)), 60, 'at most');
say('  99 in 100 answers, ms', mean(full.map(({ slowest }) => slowest)), 10, 'at most');
say('  milliseconds to load', mean(full.map(({ milliseconds }) => milliseconds)), 500, 'at most');
say('  memory that it adds, MB', mean(full.map(({ megabytes }) => megabytes)), 150, 'at most');

const clinc = trainClassifier(rowsOf('clinc150-train.csv'));
const inside = rowsOf('clinc150-validation.csv');
const outside = ['clinc150-outscope-train.csv', 'clinc150-outscope-validation.csv'].flatMap(rowsOf);
say('CLINC150 in scope', accuracy(clinc, inside), 92.5);
const [area, caught] = apart(clinc, inside, outside);
say('  area under the curve', area, 0.95);
say('  out of scope caught, 95 % kept', caught, 78);

function splitOf(seed: number) {
  const rows = mixed(rowsOf('banking77-train.csv'), seed);
  const cut = Math.floor(rows.length * 0.8);
  return { known: rows.slice(0, cut), unseen: rows.slice(cut) };
}

type Split = ReturnType<typeof splitOf>;

function ofFew(most: number) {
  return ({ known, unseen }: Split) => accuracy(trainClassifier(few(known, most)), unseen);
}

function taughtByChance({ known, unseen }: Split) {
  const begun = few(known, 10);
  const asked = without(known, begun).slice(0, 750);
  return accuracy(trainClassifier([...begun, ...asked]), unseen);
}

/** The bot hands over what it is not sure of, and staff label that. */
function taughtWhereUnsure({ known, unseen }: Split) {
  const begun = few(known, 10);
  const asked = without(known, begun).slice(0, 3_000);
  const sure = new Map(
    judged(trainClassifier(begun), asked).map(({ confidence }, i) => [asked[i], confidence])
  );
  const unsure = asked.toSorted((one, other) => (sure.get(one) ?? 0) - (sure.get(other) ?? 0)).slice(0, 750);
  return accuracy(trainClassifier([...begun, ...unsure]), unseen);
}

function measureFull({ known, unseen }: Split) {
  const began = performance.now();
  const model = learnModel(known);
  const seconds = (performance.now() - began) / 1000;
  const classifier = classifierOf(model);
  return {
    seconds,
    right: accuracy(classifier, unseen),
    surest: surest(classifier, unseen, 0.85),
    mistyped: accuracy(classifier, unseen.map(mistyped)),
    slowest: slowest(classifier, unseen),
    ...loaded(model)
  };
}

/** What a process of its own says of loading this. */
function loaded(model: Model): { milliseconds: number; megabytes: number } {
  const place = mkdtempSync(join(tmpdir(), 'intents-'));
  const file = join(place, 'full.model');
  writeFileSync(file, serialize(model));
  const program = new URL('intents-loaded.ts', import.meta.url).pathname;
  const said = execFileSync(process.execPath, [program, file], { encoding: 'utf8' });
  rmSync(place, { recursive: true });
  // What `intents-loaded.ts` writes.
  return JSON.parse(said) as { milliseconds: number; megabytes: number };
}

function rowsOf(file: string): Example[] {
  return parse(readFileSync(`${folder}/${file}`), { columns: true });
}

function mixed(rows: Example[], seed: number): Example[] {
  return [...shuffle(Int32Array.from(rows.keys()), chance(seed))].flatMap((i) => rows[i] ?? []);
}

function few(rows: Example[], most: number): Example[] {
  const counts = new Map<string, number>();
  return rows.filter(({ category }) => {
    counts.set(category, (counts.get(category) ?? 0) + 1);
    return (counts.get(category) ?? 0) <= most;
  });
}

function without(rows: Example[], had: Example[]) {
  const gone = new Set(had);
  return rows.filter((row) => !gone.has(row));
}

function mean(figures: number[]) {
  return figures.reduce((sum, figure) => sum + figure, 0) / figures.length;
}

function judged({ classify }: Classifier, rows: Example[]) {
  return rows.map(({ text, category }) => {
    const [best] = classify(text);
    return { right: best?.category === category, confidence: best ? sureness(best) : 0 };
  });
}

function share(answers: { right: boolean }[]) {
  return (100 * answers.filter(({ right }) => right).length) / answers.length;
}

function accuracy(classifier: Classifier, rows: Example[]) {
  return share(judged(classifier, rows));
}

function surest(classifier: Classifier, rows: Example[], part: number) {
  const answers = judged(classifier, rows).sort((a, b) => b.confidence - a.confidence);
  return share(answers.slice(0, Math.floor(answers.length * part)));
}

/** How well the confidence tells what is asked from what is not answered here. */
function apart(classifier: Classifier, asked: Example[], strange: Example[]): [number, number] {
  const of = (rows: Example[]) => judged(classifier, rows).map(({ confidence }) => confidence);
  const low = of(asked).sort((a, b) => a - b);
  const other = of(strange);
  const won = other.reduce((sum, score) => sum + low.filter((kept) => kept > score).length, 0);
  const threshold = low[Math.floor(low.length * 0.05)] ?? 0;
  return [
    won / (low.length * other.length),
    (100 * other.filter((score) => score < threshold).length) / other.length
  ];
}

/** One slip of the finger: a letter left out, doubled, swapped or mistaken. */
function mistyped({ text, category }: Example, row: number): Example {
  const random = chance(row);
  const at = Math.floor(random() * (text.length - 1));
  const [before, here, next, rest] = [
    text.slice(0, at),
    text[at] ?? '',
    text[at + 1] ?? '',
    text.slice(at + 2)
  ];
  const letter = String.fromCharCode(97 + Math.floor(random() * 26));
  const slips = [
    before + next + rest,
    before + here + here + next + rest,
    before + next + here + rest,
    before + letter + next + rest
  ];
  return { text: slips[Math.floor(random() * 4)] ?? text, category };
}

/** The 99th percentile of the time an answer takes. */
function slowest(classifier: Classifier, rows: Example[]) {
  const times = rows.map(({ text }) => {
    const start = performance.now();
    classifier.classify(text);
    return performance.now() - start;
  });
  return times.sort((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? 0;
}

function say(what: string, value: number, goal?: number, way: 'at least' | 'at most' = 'at least') {
  const met = goal === undefined || (way === 'at least' ? value >= goal : value <= goal);
  const wanted = goal === undefined ? '' : `  ${way} ${goal}${met ? '' : '   NOT MET'}`;
  process.stdout.write(`${what.padEnd(46)} ${value.toFixed(2).padStart(8)}${wanted}\n`);
}
