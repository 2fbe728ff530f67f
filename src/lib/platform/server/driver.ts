/** Carries Kysely's queries to PostgreSQL so that every transaction begins by saying who acts, in one round trip. */
import type { CompiledQuery, DatabaseConnection, Driver, QueryResult, TransactionSettings } from 'kysely';
import pg from 'pg';
import { prepareValue } from 'pg/lib/utils.js';
import type { Actor } from '../actor.ts';
import { Refusal } from '../refusal.ts';
import { sendTogether, type Answer, type Statement } from './batch.ts';

const sayWhoActs = {
  name: 'who-acts',
  text: `select set_config('app.person', $1, true), set_config('app.role', $2, true),
                set_config('app.team', $3, true), set_config('app.visitor', $4, true),
                set_config('app.source', $5, true)`
};

/** How the database learns who acts: the statement before all others of a transaction, and who hears its answer first. */
export interface Naming {
  statement: Statement;
  heard?: (answer: Answer) => void;
}

/** Names somebody whom we know. */
export const naming = (actor: Actor): Naming => ({ statement: { ...sayWhoActs, values: settings(actor) } });

/** A driver for one actor. The pool is shared; nothing else is. */
export class ActorDriver implements Driver {
  #pool: pg.Pool;
  #actor: Naming;
  #onCommit: () => void;

  constructor(pool: pg.Pool, actor: Naming, onCommit: () => void) {
    this.#pool = pool;
    this.#actor = actor;
    this.#onCommit = onCommit;
  }

  async init() {}
  async destroy() {}

  async acquireConnection() {
    return new ActorConnection(this.#pool, this.#actor, this.#onCommit);
  }

  async beginTransaction(connection: ActorConnection, { isolationLevel }: TransactionSettings) {
    await connection.begin(isolationLevel);
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

/** A driver that knows one connection, which somebody else holds and lets go. It begins and ends nothing. */
export class HeldConnection implements Driver {
  #held: DatabaseConnection;

  constructor(held: DatabaseConnection) {
    this.#held = held;
  }

  async init() {}
  async destroy() {}
  async releaseConnection() {}

  async acquireConnection() {
    return this.#held;
  }

  async beginTransaction() {
    throw new Error('what is asked in one breath is a transaction already');
  }

  async commitTransaction() {}
  async rollbackTransaction() {}
}

export class ActorConnection implements DatabaseConnection {
  #pool: pg.Pool;
  #actor: Naming;
  #onCommit: () => void;
  /** Whether what is asked outside of a transaction that was begun writes something that others wait for. */
  tellsOfCommit = false;
  /** The connection of the transaction that was begun, if one was. */
  #client: pg.PoolClient | null = null;
  /** What was asked in the same breath, or while a batch is under way. */
  #waiting: Asked[] = [];
  #sending = false;

  constructor(pool: pg.Pool, actor: Naming, onCommit: () => void) {
    this.#pool = pool;
    this.#actor = actor;
    this.#onCommit = onCommit;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const values = query.parameters.map(prepareValue);
    return resultOf<R>(await this.#ask({ name: nameOf(query.sql), text: query.sql, values }));
  }

  // eslint-disable-next-line require-yield -- the interface asks for a generator; we do not stream.
  async *streamQuery(): AsyncGenerator<never> {
    throw new Error('streaming is not used here');
  }

  /** Opens a transaction. Its two statements travel with the first query; their failure shows there. */
  async begin(isolation: TransactionSettings['isolationLevel']) {
    this.#client = await this.#pool.connect();
    const text = isolation ? `begin isolation level ${isolation}` : 'begin';
    this.#ask({ name: text, text }).catch(() => {});
    this.#ask(this.#actor.statement).then(this.#actor.heard, () => {});
  }

  async end(how: 'commit' | 'rollback') {
    const client = this.#client;
    if (!client) return;

    try {
      const { command } = await this.#ask({ name: how, text: how });
      if (how === 'commit' && command !== 'COMMIT') throw new Error('the transaction was rolled back');
      client.release();
    } catch (error) {
      client.release(true);
      throw error;
    } finally {
      this.#client = null;
    }
  }

  #ask(statement: Statement): Promise<Answer> {
    return new Promise((answered, failed) => {
      this.#waiting.push({ ...statement, answered, failed });
      if (!this.#sending) this.#sendSoon();
    });
  }

  /** After the promises that are settled now, for these may ask more. */
  #sendSoon() {
    this.#sending = true;
    process.nextTick(() => {
      const batch = this.#waiting;
      this.#waiting = [];
      if (batch.length === 0) this.#sending = false;
      else if (this.#client) this.#send(this.#client, batch);
      else void this.#sendAlone(batch);
    });
  }

  /** In a transaction that was begun: what stood before a failure was answered, and what stood behind it never ran. */
  #send(client: pg.PoolClient, batch: Asked[]) {
    sendTogether(client, batch, (answers, error) => {
      for (const [place, { answered, failed }] of batch.entries()) {
        const answer = answers[place];
        if (answer) answered(answer);
        else
          failed(
            place === answers.length ? inWords(error) : new Error('not run: the statement before it failed')
          );
      }
      this.#sendSoon();
    });
  }

  /** Outside of one, a batch is a transaction of its own: who asks, and what. All of it holds, or nothing. */
  async #sendAlone(batch: Asked[]) {
    const refuse = (error: unknown) => batch.forEach(({ failed }) => failed(inWords(error)));
    try {
      const client = await this.#pool.connect();
      sendTogether(client, [this.#actor.statement, ...batch], ([who, ...answers], error) => {
        client.release();
        if (who) this.#actor.heard?.(who);
        if (error) refuse(error);
        else for (const [place, answer] of answers.entries()) batch[place]?.answered(answer);
        if (this.tellsOfCommit && !error) this.#onCommit();
        this.#sendSoon();
      });
    } catch (error) {
      refuse(error);
      this.#sendSoon();
    }
  }
}

/** Whoever writes more than their budget allows is told so, whichever page it was. The rest stays the database's word. */
const inWords = (error: unknown) =>
  error instanceof pg.DatabaseError && error.constraint === 'budget_spent'
    ? new Refusal('too_many', 'errors.too_many_writes')
    : error;

interface Asked extends Statement {
  answered: (answer: Answer) => void;
  failed: (error: unknown) => void;
}

function resultOf<R>({ rows, command, count }: Answer): QueryResult<R> {
  const changed = command === 'INSERT' || command === 'UPDATE' || command === 'DELETE' || command === 'MERGE';
  // What the rows are is Kysely's knowledge; the driver only carries them.
  const carried = rows as R[];
  return changed ? { rows: carried, numAffectedRows: BigInt(count) } : { rows: carried };
}

const names = new Map<string, string>();

/** A name for a statement, so that PostgreSQL parses and plans it once per connection. The list is bounded. */
function nameOf(sql: string): string | undefined {
  let name = names.get(sql);
  if (!name && names.size < 1000) names.set(sql, (name = `q${names.size}`));
  return name;
}

/** The settings that policies and budgets read: person, role, team, visitor, source. */
function settings(actor: Actor): string[] {
  if (actor.kind === 'person') return [actor.id, actor.role, actor.team ?? '', '', actor.source ?? ''];
  if (actor.kind === 'visitor') return ['', 'visitor', '', actor.visitor ?? '', actor.source ?? ''];
  return ['', 'system', '', '', ''];
}
