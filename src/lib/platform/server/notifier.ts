/** The bell: rung once, soon after commits, and heard by every process. It says "look", or a word that is kept nowhere. */
import pg from 'pg';
import { log } from './log.ts';

export interface Bell {
  /** Asks for one ring. Never waits, never throws: whoever misses it looks once a second anyway. */
  ring(): void;
  /** Says a word (at most 7,000 bytes) to all processes, this one too. It may be lost. */
  say(word: string): void;
  stop(): Promise<void>;
}

/** Commits within this many milliseconds ring once … */
const gather = 5;
/** … and where they never stop, it rings and is heard no more often than this: each look costs as much as many commits. */
const apart = 25;
const patience = 500;
const channel = 'hearth';

/**
 * Keeps one connection that listens, and rings on the same one. `heard` is called on every ring and after each
 * reconnection, of which there may be any number. `connected` may use the connection for what lives as long as it;
 * `overheard` is called with each word that is said.
 */
export function hangBell(
  options: pg.ClientConfig,
  heard: () => void,
  connected: (client: pg.Client) => Promise<void> = async () => {},
  overheard: (word: string) => void = () => {}
): Bell {
  let client: pg.Client | null = null;
  let coming: NodeJS.Timeout | undefined;
  let stopped = false;
  const ringing = spaced(() => void client?.query(`notify ${channel}`).catch(() => {}), gather);
  const hearing = spaced(heard, 0);

  async function connect() {
    const fresh = new pg.Client(options);
    client = fresh;
    fresh.on('error', () => {}); // said once more, as 'end'
    fresh.once('end', () => comeBack(fresh));
    fresh.on('notification', ({ payload }) => (payload ? overheard(payload) : hearing.ask()));
    try {
      await fresh.connect();
      await fresh.query(`set synchronous_commit = off; listen ${channel}`);
      await connected(fresh);
      heard();
    } catch (problem) {
      if (!stopped) log.warn('cannot listen to the database yet', { code: codeOf(problem) });
      await fresh.end().catch(() => {});
      comeBack(fresh); // a connection that never stood may say no 'end'
    }
  }

  function comeBack(broken: pg.Client) {
    if (client !== broken) return;
    client = null;
    if (!stopped) coming = setTimeout(() => void connect(), patience);
  }

  void connect();

  return {
    ring: ringing.ask,
    say(word) {
      client?.query('select pg_notify($1, $2)', [channel, word]).catch(() => {});
    },
    async stop() {
      stopped = true;
      clearTimeout(coming);
      hearing.stop();
      if (ringing.stop()) await client?.query(`notify ${channel}`).catch(() => {});
      await client?.end().catch(() => {});
    }
  };
}

/** Does something soon after it was asked for: once for all who ask meanwhile, and not again before `apart` has passed. */
function spaced(run: () => void, soon: number) {
  let wanted: NodeJS.Timeout | null = null;
  let last = -apart;
  return {
    ask() {
      wanted ??= setTimeout(
        () => {
          wanted = null;
          last = performance.now();
          run();
        },
        Math.max(soon, last + apart - performance.now())
      );
    },
    /** Whether it was asked for, and is not done any more. */
    stop() {
      clearTimeout(wanted ?? undefined);
      return wanted !== null;
    }
  };
}

const codeOf = (problem: unknown) =>
  problem instanceof Error && 'code' in problem ? problem.code : undefined;
