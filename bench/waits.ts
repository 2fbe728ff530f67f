/**
 * How good the wait estimate is on logs of others: `node bench/waits.ts`, with the logs in `WAITS` (default
 * ../shared/data/waiting). Relative to plain quantiles of what had closed when the scored part begins. What was still open
 * when a log ends counts as having taken until then: how long it really took is not in the log, so long waits look
 * shorter than they were, and the figures are no more than a guide to the goals beside them. So of the city's cases there is a
 * loss up to the age by which all of them are known (29 days), which is fair; and beside ours stand two plain estimates, of
 * which `waiting.md` says what they reach where all is known.
 */
import { existsSync, readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { pinball, shares } from '#lib/sla/waits/loss.ts';
import { plainly } from './waits-plainly.ts';
import { replay, type Past } from '#lib/sla/waits/replay.ts';

const folder = process.env.WAITS ?? new URL('../../shared/data/waiting', import.meta.url).pathname;
if (!existsSync(folder)) {
  process.stdout.write(`No logs in ${folder}: set WAITS to the folder that holds them.\n`);
  process.exit(0);
}

type Row = Record<string, string>;
const city = gunzipSync(readFileSync(`${folder}/boston-311-2011.csv.gz`)).toString();
const desk = readFileSync(`${folder}/helpdesk-italy.csv`).toString();
// A case of the city must be followed for weeks before its length says anything.
score(
  'city requests',
  read(city, { closed: 'closed', type: 'type', queue: 'queue', channel: 'source' }),
  0.3,
  0.65,
  29 * 24
);
score(
  'help desk',
  read(desk, { closed: 'resolved', type: 'product', queue: 'workgroup', channel: 'seriousness' }),
  0.3,
  1
);
process.stdout.write(
  'goals: city 0.45, log 0.565, covered 77–85, by the 80 % date 78–88; desk 0.72, 77–83, 76–84; 5 ms\n'
);

function read(text: string, names: { closed: string; type: string; queue: string; channel: string }): Past[] {
  const hours = (written = '') =>
    written === '' ? null : Date.parse(`${written.replace(' ', 'T')}Z`) / 3_600_000;
  return parse<Row>(text, { columns: true }).map((row) => ({
    id: row.id ?? '',
    opened: hours(row.opened) ?? 0,
    closed: hours(row[names.closed]),
    type: row[names.type] ?? '',
    queue: row[names.queue] ?? '',
    channel: row[names.channel] ?? ''
  }));
}

function score(name: string, history: Past[], from: number, to: number, known = Infinity) {
  const began = performance.now();
  const ours = replay(history);
  const each = `, ${((performance.now() - began) / history.length).toFixed(2)} ms each`;
  rate(name + each, history, ours, from, to, known);
  for (const [plain, said] of plainly(history)) rate(`  ${plain}`, history, said, from, to, known);
}

type Said = ReturnType<typeof replay>;

function rate(name: string, history: Past[], estimates: Said, from: number, to: number, known: number) {
  const said = new Map(estimates.map(({ id, estimate }) => [id, estimate]));
  const sorted = history.toSorted((one, other) => one.opened - other.opened);
  const scored = sorted.slice(Math.floor(sorted.length * from), Math.floor(sorted.length * to));
  const plain = plainAt(history, scored[0]?.opened ?? 0);
  const end = history.reduce((latest, { opened, closed }) => Math.max(latest, closed ?? opened), 0);
  const judged = scored.map((one) => ({
    hours: (one.closed ?? end) - one.opened,
    given: said.get(one.id) ?? plain
  }));
  const sum = (of: (one: (typeof judged)[number]) => number) =>
    judged.reduce((total, one) => total + of(one), 0);
  const log = (hours: number) => Math.log(Math.max(hours, 0.1));
  const loss = sum(({ given, hours }) => pinball(given, hours)) / sum(({ hours }) => pinball(plain, hours));
  const logLoss =
    sum(({ given, hours }) => pinball(given.map(log), log(hours))) /
    sum(({ hours }) => pinball(plain.map(log), log(hours)));
  const cut = (hours: number) => Math.min(hours, known);
  const cutLoss =
    sum(({ given, hours }) => pinball(given.map(cut), cut(hours))) /
    sum(({ hours }) => pinball(plain.map(cut), cut(hours)));
  const share = (hit: (one: (typeof judged)[number]) => boolean) =>
    ((100 * judged.filter(hit).length) / judged.length).toFixed(1);
  const covered = share(({ given, hours }) => hours >= given[0]! && hours <= given[3]!);
  const promised = share(({ given, hours }) => hours <= given[2]!);
  process.stdout.write(
    `${name}: ${judged.length} cases, loss ${loss.toFixed(3)}, of what is known ${cutLoss.toFixed(3)}, log ${logLoss.toFixed(3)}, covered ${covered} %, by the 80 % date ${promised} %\n`
  );
}

function plainAt(history: Past[], at: number): number[] {
  const known = history.flatMap(({ opened, closed }) =>
    closed !== null && closed < at ? [closed - opened] : []
  );
  known.sort((one, other) => one - other);
  return shares.map((share) => known[Math.floor(share * known.length)] ?? 0);
}
