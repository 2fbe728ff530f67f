/** What processes use, read from /proc: CPU time and memory of a process with all that it has started. Linux only. */
import { readdirSync, readFileSync } from 'node:fs';

/** CPU time of these processes and their children so far, in milliseconds. */
export function cpuOf(pids: readonly number[]): number {
  const all = processes();
  let ticks = 0;
  for (const pid of withChildren(pids, all)) ticks += all.get(pid)?.ticks ?? 0;
  return ticks * 10;
}

/** Memory of these processes and their children in MB, shared pages counted once (PSS). */
export function memoryOf(pids: readonly number[]): number {
  let kilobytes = 0;
  for (const pid of withChildren(pids, processes())) {
    try {
      kilobytes += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
    } catch {
      // It ended while we looked.
    }
  }
  return kilobytes / 1024;
}

/** How much of the machine everybody used so far, in milliseconds of one core: busy, and in all. */
export function machine() {
  const fields = (readFileSync('/proc/stat', 'utf8').split('\n')[0] ?? '')
    .trim()
    .split(/\s+/)
    .slice(1)
    .map(Number);
  const all = fields.slice(0, 8).reduce((sum, ticks) => sum + ticks, 0);
  const idle = (fields[3] ?? 0) + (fields[4] ?? 0);
  return { busy: (all - idle) * 10, all: all * 10 };
}

function processes() {
  const all = new Map<number, { parent: number; ticks: number }>();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8');
      // The name may hold anything, so the numbers are counted from behind it: parent 1, own time 11 and 12, reaped
      // children's 13 and 14.
      const field = stat
        .slice(stat.lastIndexOf(')') + 2)
        .split(' ')
        .map(Number);
      const ticks = [11, 12, 13, 14].reduce((sum, index) => sum + (field[index] ?? 0), 0);
      all.set(Number(entry), { parent: field[1] ?? 0, ticks });
    } catch {
      // It ended while we looked.
    }
  }
  return all;
}

function withChildren(pids: readonly number[], all: ReturnType<typeof processes>) {
  const found = new Set(pids.filter((pid) => all.has(pid)));
  for (let grew = true; grew;) {
    grew = false;
    for (const [pid, { parent }] of all) {
      if (!found.has(pid) && found.has(parent)) {
        found.add(pid);
        grew = true;
      }
    }
  }
  return found;
}
