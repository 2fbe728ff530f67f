/**
 * Replays a history through the wait estimate: `npm run -s replay-waits -- history.csv` (id,opened,closed,type,queue,channel)
 * prints for each case what would have been said at its opening, in hours, as JSON lines {id,q10,q50,q80,q90}.
 */
import './own-node.ts';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import { replay, type Past } from '#lib/sla/waits/replay.ts';

const [file] = process.argv.slice(2);
if (!file) {
  process.stderr.write('Say which history: npm run -s replay-waits -- history.csv\n');
  process.exit(1);
}

const rows = createReadStream(file).pipe(parse({ bom: true, columns: true, skip_empty_lines: true }));
const history: Past[] = [];
for await (const row of rows as AsyncIterable<Record<string, string>>) history.push(pastOf(row));
for (const { id, estimate } of replay(history)) {
  const [q10, q50, q80, q90] = estimate.map((hours) => Math.round(hours * 1_000) / 1_000);
  if (!process.stdout.write(`${JSON.stringify({ id, q10, q50, q80, q90 })}\n`))
    await once(process.stdout, 'drain');
}

function pastOf({
  id = '',
  opened = '',
  closed = '',
  type = '',
  queue = '',
  channel = ''
}: Record<string, string>): Past {
  const from = hoursOf(opened);
  if (from === null) throw new Error(`${file}: case ${id} has no time of opening that can be read.`);
  return { id, opened: from, closed: hoursOf(closed), type, queue, channel };
}

/** Hours since 1970; a time without a zone is read as UTC, whatever the machine's zone is. */
function hoursOf(written: string): number | null {
  if (written.trim() === '') return null;
  const zoned = /(Z|[+-]\d\d:?\d\d)$/.test(written.trim()) ? written : `${written.trim().replace(' ', 'T')}Z`;
  const time = Date.parse(zoned);
  return Number.isNaN(time) ? null : time / 3_600_000;
}
