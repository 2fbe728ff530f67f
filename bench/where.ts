/**
 * Where a page's time goes: the CPU of one warm web process, page by page, by whose code it was spent in, taken by V8's
 * profiler. What the profiler costs is in the figures: read them as shares. Run it with `node bench/where.ts`; it heeds
 * WORKLOADS, SECS and BENCH_DIR as `npm run bench` does, and with FUNCTIONS=20 names the dearest functions too.
 */
import '../bin/own-node.ts';
import { once } from 'node:events';
import { base, lay, works } from './ground.ts';
import { prove, type Work } from './targets.ts';
import { runWrk } from './wrk.ts';

const seconds = Number(process.env.SECS ?? 6);
const named = Number(process.env.FUNCTIONS ?? 0);
const inspector = '127.0.0.1:18699';

/** Whose code it is, by where it lies. The first that fits counts. */
const owners: [owner: string, place: RegExp][] = [
  ['garbage collection', /^\(garbage collector\)/],
  ['Node, system calls, other native code', /^\((program|root)\)| node:| :0$/],
  ['database driver', /node_modules\/pg/],
  ['query builder', /node_modules\/kysely/],
  ['Svelte', /node_modules\/(svelte|devalue|esm-env|clsx)\//],
  ['messages (intl-messageformat)', /node_modules\/(intl-|@formatjs)/],
  ['compression', /node_modules\/(compress|negotiator|accepts|on-headers|bytes|vary|mime)/],
  ['other libraries', /node_modules/],
  ['pages and components', /build\/server\/(chunks|entries|nodes)/],
  ['SvelteKit', /build\//],
  ['emergency screen', /lib\/safety/],
  ['our driver', /platform\/server\/(db|driver)/],
  ['our other code', /./]
];

interface Profile {
  nodes: { id: number; callFrame: { functionName: string; url: string; lineNumber: number } }[];
  samples: number[];
  /** Microseconds before each sample. */
  timeDeltas: number[];
}

const { targets, clear } = await lay(1, [`--inspect=${inspector}`]);
try {
  for (const work of works) await look(work);
} finally {
  await clear();
}

async function look(work: Work) {
  await prove(work, base, targets[work]);
  await runWrk({ base, targets: targets[work], clients: 4, seconds: 3, seed: 99 });
  const stopProfiling = await startProfiling();
  const { requests, refused, broken } = await runWrk({
    base,
    targets: targets[work],
    clients: 4,
    seconds,
    seed: 1
  });
  const profile = await stopProfiling();
  if (refused + broken > 0) throw new Error(`${work}: ${refused} refused, ${broken} broken off`);
  tell(work, requests, profile);
}

function tell(work: Work, requests: number, { nodes, samples, timeDeltas }: Profile) {
  const byOwner = new Map<string, number>();
  const byFunction = new Map<string, number>();
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  samples.forEach((id, index) => {
    const frame = frames.get(id);
    if (!frame || frame.functionName === '(idle)') return;
    const place = `${frame.functionName} ${frame.url}:${frame.lineNumber + 1}`;
    const [owner = ''] = owners.find(([, where]) => where.test(place)) ?? [];
    const spent = (timeDeltas[index] ?? 0) / requests;
    byOwner.set(owner, (byOwner.get(owner) ?? 0) + spent);
    byFunction.set(place, (byFunction.get(place) ?? 0) + spent);
  });

  const all = byOwner.values().reduce((sum, spent) => sum + spent, 0);
  process.stdout.write(`\n${work}: ${requests} requests, ${Math.round(all)} µs each\n`);
  const write = (what: string, spent: number) =>
    process.stdout.write(
      `${spent.toFixed(0).padStart(7)} µs ${((100 * spent) / all).toFixed(1).padStart(5)} %  ${what}\n`
    );
  for (const [owner, spent] of dearest(byOwner)) write(owner, spent);
  for (const [place, spent] of dearest(byFunction).slice(0, named)) write(place, spent);
}

function dearest(spent: Map<string, number>) {
  return [...spent].sort(([, a], [, b]) => b - a);
}

/** Begins a profile of the web process; what comes back ends it. */
async function startProfiling() {
  const list = (await (await fetch(`http://${inspector}/json/list`)).json()) as {
    webSocketDebuggerUrl: string;
  }[];
  const socket = new WebSocket(list[0]?.webSocketDebuggerUrl ?? '');
  await once(socket, 'open');
  let calls = 0;
  const call = async (method: string, params = {}) => {
    socket.send(JSON.stringify({ id: (calls += 1), method, params }));
    const [answer] = (await once(socket, 'message')) as [MessageEvent<string>];
    return (JSON.parse(answer.data) as { result: unknown }).result;
  };
  await call('Profiler.enable');
  await call('Profiler.setSamplingInterval', { interval: 250 });
  await call('Profiler.start');
  return async () => {
    const { profile } = (await call('Profiler.stop')) as { profile: Profile };
    socket.close();
    return profile;
  };
}
