/**
 * Statements that travel together: written in one go, with one Sync behind them, and answered in one go. Without a
 * `begin` among them PostgreSQL runs them as one transaction, which ends with the Sync. So a single question that says
 * who asks costs two statements and one answer, not four of each.
 */
import pg from 'pg';
import type { prepareValue } from 'pg/lib/utils.js';

export interface Statement {
  /** Prepared once per connection under this name; parsed every time without one. */
  name?: string | undefined;
  text: string;
  /** As the wire carries them. */
  values?: readonly Value[];
}

export type Value = ReturnType<typeof prepareValue>;

export interface Answer {
  rows: object[];
  /** `SELECT`, `INSERT`, `COMMIT` … */
  command: string;
  count: number;
}

/** The answers there are, in order, and the error of the statement behind the last of them, or of the commit. */
type Over = (answers: Answer[], error: unknown) => void;

/** Sends the statements, and says once how they went. */
export const sendTogether = (client: pg.ClientBase, statements: readonly Statement[], over: Over) =>
  void client.query(new Batch(statements, over));

/** What we use of pg's connection; its types know an older one. */
interface Wire {
  stream: { cork(): void; uncork(): void };
  /** The texts that this connection has prepared, by name. The client keeps it. */
  parsedStatements: Record<string, string>;
  parse(message: { name: string; text: string }): void;
  bind(message: { statement: string; values: readonly Value[] }): void;
  describe(message: { type: 'P'; name: string }): void;
  execute(message: null): void;
  sync(): void;
}

interface Field {
  name: string;
  dataTypeID: number;
}

interface Column {
  name: string;
  read: (text: string) => unknown;
}

/** The columns of statements that a connection has answered before: it need not describe them again. */
const known = new WeakMap<Wire, Map<string, Column[]>>();

/** Tests look at what travels. */
export class Batch implements pg.Submittable {
  readonly statements: readonly Statement[];
  #over: Over | null;
  #answers: Answer[] = [];
  #columns: Column[] | null = null;
  #rows: object[] = [];
  #known = new Map<string, Column[]>();

  constructor(statements: readonly Statement[], over: Over) {
    this.statements = statements;
    this.#over = over;
  }

  // The client notes under these two what the connection has parsed: always the statement whose turn it is.
  get name() {
    return this.#current?.name;
  }

  get text() {
    return this.#current?.text;
  }

  get #current() {
    return this.statements[this.#answers.length];
  }

  submit(connection: unknown) {
    const wire = connection as Wire;
    this.#known = known.get(wire) ?? new Map<string, Column[]>();
    known.set(wire, this.#known);

    const parsed = new Set<string>();
    wire.stream.cork();
    try {
      for (const statement of this.statements) this.#write(wire, statement, parsed);
    } finally {
      wire.sync();
      wire.stream.uncork();
    }
  }

  #write(wire: Wire, { name = '', text, values = [] }: Statement, parsed: Set<string>) {
    if (!name || !(name in wire.parsedStatements || parsed.has(name))) wire.parse({ name, text });
    parsed.add(name);
    wire.bind({ statement: name, values });
    if (!this.#known.has(name)) wire.describe({ type: 'P', name: '' });
    wire.execute(null);
  }

  handleRowDescription({ fields }: { fields: Field[] }) {
    this.#columns = fields.map(({ name, dataTypeID }) => ({
      name,
      read: pg.types.getTypeParser(dataTypeID) as Column['read']
    }));
  }

  handleDataRow({ fields }: { fields: (string | null)[] }) {
    this.#columns ??= this.#known.get(this.name ?? '') ?? [];
    const row: Record<string, unknown> = {};
    let place = 0;
    for (const { name, read } of this.#columns) {
      const text = fields[place] ?? null;
      row[name] = text === null ? null : read(text);
      place += 1;
    }
    this.#rows.push(row);
  }

  handleCommandComplete({ text }: { text: string }) {
    const { name } = this;
    if (name && !this.#known.has(name)) this.#known.set(name, this.#columns ?? []);

    // `INSERT 0 1`, `SELECT 20`, `COMMIT`
    const [command = '', ...counts] = text.split(' ');
    this.#answers.push({ rows: this.#rows, command, count: Number(counts.at(-1) ?? 0) });
    this.#columns = null;
    this.#rows = [];
  }

  handleEmptyQuery() {
    this.handleCommandComplete({ text: '' });
  }

  /** Only now is it committed, where the batch was its own transaction: nothing is told before. */
  handleReadyForQuery() {
    this.#end(null);
  }

  /** PostgreSQL runs nothing more of the batch. */
  handleError(error: unknown) {
    this.#end(error);
  }

  #end(error: unknown) {
    const over = this.#over;
    this.#over = null;
    over?.(this.#answers, error);
  }
}
