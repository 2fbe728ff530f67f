/**
 * The promise, kept or not: our newest figures beside those of the plain Django applications on the same work. Their
 * figures are lines of JSON, in the file that DJANGO_RESULTS names; only those of one sitting on one machine compare.
 * `npm run bench` prints it at its end; alone it is `DJANGO_RESULTS=… node bench/django.ts`.
 */
import '../bin/own-node.ts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { folder } from './ground.ts';

/** What is wanted of both: ten times the pages, a tenth of the CPU. */
interface Figures {
  perSecond: number;
  /** Milliseconds of application and database for one page. */
  cpu: number;
}

export function besideDjango(file: string): string {
  const ours = newest(
    join(folder, 'results.jsonl'),
    ({ work, clients }) => `${work} ${clients}`,
    (line) => ({
      perSecond: line.per_second,
      cpu: line.app_cpu_ms + line.db_cpu_ms
    })
  );
  const theirs = newest(
    file,
    ({ peer, workload, clients }) => `${peer} ${workload === 'login' ? 'sign-in' : workload} ${clients}`,
    (line) => ({
      perSecond: line.rps,
      cpu: line.app_cpu_ms_per_req + (line.db_cpu_ms_per_req ?? 0)
    })
  );
  const rows = [...theirs].flatMap(([name, django]) => {
    const [peer = '', work = '', clients = ''] = name.split(' ');
    const hearth = ours.get(`${work} ${clients}`);
    return peer.startsWith('django') && hearth ? [row([peer, work, clients], django, hearth)] : [];
  });
  return [heads, heads.map((head) => '-'.repeat(head.length)), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |\n`)
    .join('');
}

const heads = [
  'Django',
  'work',
  'clients',
  'its pages/s',
  'ours',
  'times',
  'its CPU ms',
  'ours',
  'times less'
];

const row = (names: string[], django: Figures, hearth: Figures) => [
  ...names,
  django.perSecond.toFixed(0),
  hearth.perSecond.toFixed(0),
  (hearth.perSecond / django.perSecond).toFixed(2),
  django.cpu.toFixed(2),
  hearth.cpu.toFixed(2),
  (django.cpu / hearth.cpu).toFixed(2)
];

/** A line of either file; each has half of these. */
interface Line {
  work: string;
  workload: string;
  peer: string;
  clients: number;
  per_second: number;
  app_cpu_ms: number;
  db_cpu_ms: number;
  rps: number;
  app_cpu_ms_per_req: number;
  db_cpu_ms_per_req: number | null;
}

/** The last line of each name. */
function newest(file: string, nameOf: (line: Line) => string, read: (line: Line) => Figures) {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
  return new Map(lines.map((line) => [nameOf(line), read(line)]));
}

if (import.meta.main) process.stdout.write(besideDjango(process.env.DJANGO_RESULTS ?? ''));
