/** The bell: rung once, soon after commits, and heard by every process. It only ever says "look". */
import pg from 'pg';

/** Commits within this many milliseconds ring once. */
const gather = 5;

const channel = 'hearth';

export interface Bell {
  /** Asks for one ring. Never waits, never throws: whoever misses it looks once a second anyway. */
  ring(): void;
  stop(): Promise<void>;
}

/**
 * Keeps one connection that listens, and rings on the same one. `heard` is called on every ring and after each
 * reconnection. The connection is renewed for ever, a second apart.
 */
export function hangBell(options: pg.ClientConfig, heard: () => void): Bell {
  let client: pg.Client | null = null;
  let wanted: NodeJS.Timeout | null = null;
  let stopped = false;

  async function connect() {
    const fresh = new pg.Client({ ...options, pipeline: false });
    fresh.on('error', () => {});
    fresh.on('end', () => {
      client = null;
      if (!stopped) setTimeout(() => void connect(), 1000).unref();
    });
    fresh.on('notification', heard);
    try {
      await fresh.connect();
      await fresh.query(`set synchronous_commit = off; listen ${channel}`);
      client = fresh;
      heard();
    } catch {
      await fresh.end().catch(() => {});
    }
  }

  function send() {
    wanted = null;
    client?.query(`notify ${channel}`).catch(() => {});
  }

  void connect();

  return {
    ring() {
      wanted ??= setTimeout(send, gather);
    },
    async stop() {
      stopped = true;
      if (wanted) clearTimeout(wanted);
      await client?.end().catch(() => {});
    }
  };
}
