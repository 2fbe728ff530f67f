/** Carries Kysely's queries to PostgreSQL so that every transaction begins by saying who acts, in one round trip. */
import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from 'kysely';
import type pg from 'pg';
import type { Actor } from '../actor.ts';

const sayWhoActs = {
  name: 'who-acts',
  text: `select set_config('app.person', $1, true), set_config('app.role', $2, true),
                set_config('app.team', $3, true), set_config('app.visitor', $4, true)`
};

/** A driver for one actor. The pool is shared; nothing else is. */
export class ActorDriver implements Driver {
  #pool: pg.Pool;
  #actor: string[];
  #onCommit: () => void;

  constructor(pool: pg.Pool, actor: Actor, onCommit: () => void) {
    this.#pool = pool;
    this.#actor = settings(actor);
    this.#onCommit = onCommit;
  }

  async init() {}
  async destroy() {}

  async acquireConnection() {
    return new ActorConnection(this.#pool, this.#actor);
  }

  async beginTransaction(connection: ActorConnection) {
    await connection.begin();
  }

  async commitTransaction(connection: ActorConnection) {
    await connection.end('commit');
    this.#onCommit();
  }

  async rollbackTransaction(connection: ActorConnection) {
    await connection.end('rollback');
  }

  async releaseConnection() {}
}

class ActorConnection implements DatabaseConnection {
  #pool: pg.Pool;
  #actor: string[];
  #client: pg.PoolClient | null = null;

  constructor(pool: pg.Pool, actor: string[]) {
    this.#pool = pool;
    this.#actor = actor;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    return this.#client ? run<R>(this.#client, query) : this.#alone<R>(query);
  }

  // eslint-disable-next-line require-yield -- the interface asks for a generator; we do not stream.
  async *streamQuery(): AsyncGenerator<never> {
    throw new Error('streaming is not used here');
  }

  /** Opens a transaction. Its two statements travel with the first query; their failure shows there. */
  async begin() {
    this.#client = await this.#pool.connect();
    for (const sent of open(this.#client, this.#actor)) sent.catch(() => {});
  }

  async end(how: 'commit' | 'rollback') {
    const client = this.#client;
    this.#client = null;
    if (!client) return;

    try {
      const { command } = await client.query(how);
      if (how === 'commit' && command !== 'COMMIT') throw new Error('the transaction was rolled back');
      client.release();
    } catch (error) {
      client.release(true);
      throw error;
    }
  }

  /** One query in a transaction of its own: four statements, one round trip. */
  async #alone<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const client = await this.#pool.connect();
    for (const sent of open(client, this.#actor)) sent.catch(() => {});
    const asked = run<R>(client, query);
    const committed = client.query('commit');

    const [answer, end] = await Promise.allSettled([asked, committed]);
    client.release(end.status === 'rejected');
    if (answer.status === 'rejected') throw answer.reason;
    if (end.status === 'rejected') throw end.reason;
    return answer.value;
  }
}

const open = (client: pg.PoolClient, actor: string[]) => [
  client.query('begin'),
  client.query({ ...sayWhoActs, values: actor })
];

async function run<R>(client: pg.PoolClient, query: CompiledQuery): Promise<QueryResult<R>> {
  const { rows, rowCount, command } = await client.query({
    name: nameOf(query.sql),
    text: query.sql,
    values: [...query.parameters]
  });
  const changed = command === 'INSERT' || command === 'UPDATE' || command === 'DELETE' || command === 'MERGE';
  // What the rows are is Kysely's knowledge; the driver only carries them.
  const carried = rows as R[];
  return changed ? { rows: carried, numAffectedRows: BigInt(rowCount ?? 0) } : { rows: carried };
}

const names = new Map<string, string>();

/** A name for a statement, so that PostgreSQL parses and plans it once per connection. The list is bounded. */
function nameOf(sql: string): string | undefined {
  let name = names.get(sql);
  if (!name && names.size < 1000) names.set(sql, (name = `q${names.size}`));
  return name;
}

/** The four settings that policies read: person, role, team, visitor. */
function settings(actor: Actor): string[] {
  if (actor.kind === 'person') return [actor.id, actor.role, actor.team ?? '', ''];
  if (actor.kind === 'visitor') return ['', 'visitor', '', actor.visitor ?? ''];
  return ['', 'system', '', ''];
}
