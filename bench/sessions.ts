/** Customers of the data set who have signed in, kept in the product's own session table, with their cookies. */
import { createHmac, randomBytes } from 'node:crypto';
import pg from 'pg';
import { sessionCookie } from '#lib/people/server/session.ts';
import { spokenCookie } from '#lib/platform/language.ts';
import { customerId, customerOf, referenceOf, roleOf, size, staff, staffId, teamOf } from './data.ts';

export interface Visitor {
  cookie: string;
  /** Which customer of the data set it is. */
  number: number;
  /** Two of their newest twenty requests. */
  references: string[];
}

export interface Colleague {
  cookie: string;
  role: 'agent' | 'supervisor' | 'admin';
  /** The numbers of requests that they may open. */
  requests: number[];
}

/** Signs in so many random customers out of those with the most requests. */
export async function signIn(owner: string, secret: string, how_many: number): Promise<Visitor[]> {
  const busy = size.customers / 10;
  const numbers = Array.from({ length: how_many }, () => 1 + Math.floor(Math.random() * busy));
  const cookies = await letIn(owner, secret, numbers.map(customerId));

  const newest = newestOf(new Set(numbers));
  return numbers.map((number, index) => {
    const theirs = (newest.get(number) ?? []).slice(0, 20);
    return {
      cookie: cookies[index] ?? '',
      number,
      references: [theirs[0], theirs[7]].flatMap((i) => (i === undefined ? [] : referenceOf(i)))
    };
  });
}

/** Signs in all of staff, each with the newest requests that lie in front of them. */
export async function signInStaff(owner: string, secret: string): Promise<Colleague[]> {
  const numbers = Array.from({ length: staff }, (_, nth) => nth + 1);
  const newest = Array.from({ length: 400 }, (_, nth) => size.requests - 1 - nth);
  const cookies = await letIn(owner, secret, numbers.map(staffId));
  return numbers.map((number, nth) => ({
    cookie: cookies[nth] ?? '',
    role: roleOf(number),
    requests: newest.filter((i) => roleOf(number) !== 'agent' || teamOf(i) === teamOf(number - 1))
  }));
}

/** A session for each of these people, and the cookie that tells it. */
async function letIn(owner: string, secret: string, people: readonly string[]) {
  const tokens = people.map(() => randomBytes(24).toString('base64url'));
  const client = new pg.Client({ connectionString: owner });
  await client.connect();
  await client.query(
    `insert into sign_in_session (person_id, token, expires_at, user_agent)
     select person, token, now() + interval '1 day', 'bench' from unnest($1::uuid[], $2::text[]) as t (person, token)`,
    [people, tokens]
  );
  await client.end();
  return tokens.map((token) => {
    const signature = createHmac('sha256', secret).update(token).digest('base64');
    // With the language that a browser is given on its first page.
    return `${sessionCookie}=${encodeURIComponent(`${token}.${signature}`)}; ${spokenCookie}=en`;
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
