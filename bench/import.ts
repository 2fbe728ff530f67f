/** Bringing data in: a million readings, also after a killed import, at 100,000 rows a minute or better, in 300 MB. `node bench/import.ts` */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const readings = Number(process.argv[2] ?? 1_000_000);
const meters = Math.ceil(readings / 100);
const bills = Math.ceil(readings / 20);

const folder = mkdtempSync(join(tmpdir(), 'hearth-import-'));
chmodSync(folder, 0o711);
const env = { ...process.env, DATA_DIR: join(folder, 'data') };
const file = (name: string) => join(folder, `${name}.csv`);
const account = (nth: number) => String(40_000_000 + nth);
const columnsOfReadings = 'meter,read_on,digits,source';

try {
  await run('bin/migrate.ts');
  await write('accounts', 'number,holder', meters, (n) => `${account(n)},"Holder ${n}, jr."`);
  await write('premises', 'reference,account,line,town,postcode', meters, (n) => {
    return `P-${n},${account(n)},${n} High St,Ashford,90210`;
  });
  await write('meters', 'serial,premises,digits,unit,installed_on,removed_on', meters, (n) => {
    return `M-${n},P-${n},5,ccf,2010-01-01,`;
  });
  await measure('accounts, premises, meters', meters * 3, 'accounts', 'premises', 'meters');
  await write('readings', columnsOfReadings, readings, good);
  await kill('readings, killed in the middle', 'readings');
  await measure('readings, repeated after that', readings, 'readings');
  await measure('the same readings again', readings, 'readings');

  await write(
    'bills',
    'number,account,currency,issued_on,due_on,period_from,period_to,total,quantity,unit,meter,opening,closing,estimated,temperature',
    bills,
    (n) =>
      `B-${1000 + n},${account(n % meters)},USD,2026-03-02,2026-03-23,2026-02-01,2026-02-28,30.03,,,,,,no,`
  );
  await write('bill-lines', 'bill,number,code,label,currency,quantity,unit,rate,amount', bills * 3, (n) => {
    return `B-${1000 + Math.floor(n / 3)},${(n % 3) + 1},gas,,USD,,,,10.01`;
  });
  await measure('bills and their lines', bills * 4, 'bills', 'bill-lines');

  await write('readings', columnsOfReadings, readings, (n) => (n % 50 ? good(n) : hostile(n)));
  await measure('readings, one in fifty hostile', readings, 'readings');
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function good(nth: number) {
  const month = Math.floor(nth / meters);
  const day = `${2015 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-28`;
  return `M-${nth % meters},${day},${String((month * 137) % 100_000).padStart(5, '0')},utility`;
}

function hostile(nth: number) {
  const kinds = [
    '=1+1,2026-01-01,00001,utility',
    'M-0,2026-02-30,00001,utility',
    'M-x,2026-01-01,00001,utility'
  ];
  const more = [
    good(nth - 1),
    'M-0,2026-01-01,1,utility',
    'M-\ufffd,2026-01-01,00001,utility',
    'M-0,2026-01-01'
  ];
  return [...kinds, ...more][(nth / 50) % 7] ?? '';
}

function write(name: string, header: string, count: number, row: (nth: number) => string) {
  const chunks = function* () {
    yield `${header}\n`;
    for (let from = 0; from < count; from += 1000) {
      const many = Array.from({ length: Math.min(1000, count - from) }, (_, nth) => row(from + nth));
      yield `${many.join('\n')}\n`;
    }
  };
  return pipeline(Readable.from(chunks()), createWriteStream(file(name)));
}

async function measure(what: string, rows: number, ...names: string[]) {
  const began = Date.now();
  const { peak, code } = await run('bin/import.ts', ...names.map(file));
  const seconds = (Date.now() - began) / 1000;
  const perMinute = Math.round((rows / seconds) * 60).toLocaleString('en');
  process.stdout.write(
    `${what}: ${rows.toLocaleString('en')} rows in ${seconds.toFixed(1)} s, ${perMinute} a minute, ${Math.round(peak)} MB, exit ${code}\n`
  );
}

/** Ends an import while it is writing, as a machine does that loses its power. What it says afterwards is what counts. */
async function kill(what: string, name: string) {
  const child = spawn(process.execPath, ['bin/import.ts', file(name)], { env, stdio: 'inherit' });
  const began = Date.now();
  setTimeout(() => child.kill('SIGKILL'), 12_000);
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  const seconds = (Date.now() - began) / 1000;
  process.stdout.write(`${what}: after ${seconds.toFixed(1)} s, ${signal ?? `exit ${code}`}\n`);
}

/** The most memory that the process itself held, in MB; Linux only. */
async function run(script: string, ...args: string[]) {
  const child = spawn(process.execPath, [script, ...args], { env, stdio: ['ignore', 'inherit', 'inherit'] });
  let peak = 0;
  const watch = setInterval(() => {
    try {
      const [, kilobytes = '0'] =
        /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? [];
      peak = Math.max(peak, Number(kilobytes) / 1024);
    } catch {
      // It has just ended.
    }
  }, 200);
  const [code] = (await once(child, 'exit')) as [number | null];
  clearInterval(watch);
  return { peak, code };
}
