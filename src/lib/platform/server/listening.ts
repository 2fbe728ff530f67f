/** A connection of our own that hears the database's notifications, and comes back after every break. */
import pg from 'pg';
import { connection, type DatabaseRole } from './db.ts';
import { log } from './log.ts';

export interface Listening {
  /** Ends the connection; nothing is heard afterwards. */
  stop(): Promise<void>;
}

interface Ear {
  channel: string;
  heard: (payload: string) => void;
  /** Called on every new connection, also the first: what was said in between was not heard. */
  connected?: (client: pg.Client) => Promise<void> | void;
}

const patience = 500;

export function listen(url: string, role: DatabaseRole, ear: Ear): Listening {
  let client: pg.Client | undefined;
  let again: NodeJS.Timeout | undefined;
  let stopped = false;

  const comeBack = (broken: pg.Client) => {
    if (client !== broken) return;
    client = undefined;
    if (!stopped) again = setTimeout(() => void connect(), patience);
  };

  const connect = async () => {
    const mine = new pg.Client(connection(url, role));
    mine.on('error', () => {}); // said once more, as 'end'
    mine.once('end', () => comeBack(mine));
    mine.on('notification', (message) => ear.heard(message.payload ?? ''));
    client = mine;
    try {
      await mine.connect();
      await mine.query(`listen ${pg.escapeIdentifier(ear.channel)}`);
      await ear.connected?.(mine);
    } catch (problem) {
      if (!stopped) log.warn('Could not listen to the database; trying again.', { code: codeOf(problem) });
      await mine.end().catch(() => {});
      // A connection that never stood says no 'end'.
      comeBack(mine);
    }
  };

  void connect();
  return {
    async stop() {
      stopped = true;
      clearTimeout(again);
      await client?.end().catch(() => {});
    }
  };
}

const codeOf = (problem: unknown) =>
  problem instanceof Error && 'code' in problem ? problem.code : undefined;
