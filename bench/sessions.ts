/** Customers of the data set who have signed in, kept in the product's own session table, with their cookies. */
import { createHmac, randomBytes } from 'node:crypto';
import pg from 'pg';
import { sessionCookie } from '#lib/people/server/session.ts';
import { customerId, customerOf, referenceOf, size } from './data.ts';

export interface Visitor {
  cookie: string;
  /** Two of their newest twenty requests. */
  references: string[];
}

/** Signs in so many random customers out of those with the most requests. */
export async function signIn(owner: string, secret: string, how_many: number): Promise<Visitor[]> {
  const busy = size.customers / 10;
  const numbers = Array.from({ length: how_many }, () => 1 + Math.floor(Math.random() * busy));
  const tokens = numbers.map(() => randomBytes(24).toString('base64url'));

  const client = new pg.Client({ connectionString: owner });
  await client.connect();
  await client.query(`delete from sign_in_session where user_agent = 'bench'`);
  await client.query(
    `insert into sign_in_session (person_id, token, expires_at, user_agent)
     select person, token, now() + interval '1 day', 'bench' from unnest($1::uuid[], $2::text[]) as t (person, token)`,
    [numbers.map(customerId), tokens]
  );
  await client.end();

  const newest = newestOf(new Set(numbers));
  return numbers.map((number, index) => {
    const token = tokens[index] ?? '';
    const signature = createHmac('sha256', secret).update(token).digest('base64');
    const theirs = (newest.get(number) ?? []).slice(0, 20);
    return {
      cookie: `${sessionCookie}=${encodeURIComponent(`${token}.${signature}`)}`,
      references: [theirs[0], theirs[7]].flatMap((i) => (i === undefined ? [] : referenceOf(i)))
    };
  });
}

/** Their requests, newest first. */
function newestOf(numbers: Set<number>) {
  const newest = new Map<number, number[]>();
  for (let i = size.requests - 1; i >= 0; i -= 1) {
    const number = customerOf(i);
    if (!numbers.has(number)) continue;
    const theirs = newest.get(number) ?? [];
    theirs.push(i);
    newest.set(number, theirs);
  }
  return newest;
}
