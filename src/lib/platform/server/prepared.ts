/** Questions that are put into SQL once and asked again and again: putting them together takes longer than answering them. */
import type { CompiledQuery, Expression } from 'kysely';
import type { Db } from './db.ts';

/**
 * A question that always has the same words. `build` is called with places where values will stand, and cannot look at
 * them. What is given as an expression is part of the words: a lasting one (`foundRequest`) is put into SQL once, too.
 */
export function prepared<Given extends object, Row>(build: (db: Db, given: Given) => Question<Row>) {
  const built = new WeakMap<object, CompiledQuery<Row>>();

  return async (db: Db, given: Given): Promise<Row[]> => {
    const spoken = Object.values(given).find(isExpression) ?? build;
    let query = built.get(spoken);
    if (!query) built.set(spoken, (query = build(db, withPlaces(given)).compile(db)));
    const parameters = query.parameters.map((value) =>
      value instanceof Place ? given[value.name as keyof Given] : value
    );
    return (await db.executeQuery<Row>({ ...query, parameters })).rows;
  };
}

/** What the builder or `sql` makes. */
interface Question<Row> {
  compile(db: Db): CompiledQuery<Row>;
}

class Place {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

const withPlaces = <Given extends object>(given: Given): Given =>
  // To the builder a value is a value; which one is known when it is asked.
  Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, isExpression(value) ? value : new Place(name)])
  ) as Given;

const isExpression = (value: unknown): value is Expression<unknown> =>
  typeof value === 'object' && value !== null && 'toOperationNode' in value;
