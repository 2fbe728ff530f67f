/** What tests of signing in need: the library on a fresh database, browsers with cookies, and a postman. */
import { parseSetCookieHeader } from 'better-auth/cookies';
import pg from 'pg';
import { afterAll } from 'vitest';
import { system } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { openAuth } from '#lib/people/server/auth.ts';
import { createPerson, type NewPerson } from '#lib/people/server/commands.ts';
import { peopleJobs } from '#lib/people/server/jobs.ts';
import { hashPassword, verifyPassword } from '#lib/people/server/password.ts';
import { sessionCookie, whoIsThere } from '#lib/people/server/session.ts';
import { freshDatabase } from './database.ts';

export const secret = 'a secret that only this test installation knows';
export const origin = 'http://localhost:3000';
export const password = 'three old kettles';

export interface Letter {
  to: string;
  subject: string;
  text: string;
}

/** Call it at the top of a test file. */
export async function aSignInDesk({ demo = false } = {}) {
  const urls = await freshDatabase();
  const web = openDatabase(urls.web, 'hearth_web');
  const database = openDatabase(urls.auth, 'hearth_auth', { size: 60 });
  const worker = openDatabase(urls.worker, 'hearth_worker');
  afterAll(() => Promise.all([web.close(), database.close(), worker.close()]));

  const hashed = { hash: 0, verify: 0 };
  const auth = openAuth({
    database,
    secret,
    origin,
    demo,
    passwords: {
      hash: (text) => (hashed.hash++, hashPassword(text)),
      verify: (text, hash) => (hashed.verify++, verifyPassword(text, hash))
    }
  });
  const passwordHash = await hashPassword(password);

  return {
    urls,
    web,
    auth,
    worker,
    /** How often a password was hashed and compared since the start. */
    hashed,
    /** Somebody whose password is `password`, unless told otherwise. */
    person: (also: Partial<NewPerson> & { email: string }) =>
      createPerson(auth.db, system, { name: 'Ada Lovelace', role: 'customer', passwordHash, ...also }),
    browser: (address?: string) => aBrowser(address),
    /** Who is signed in in a browser, by our own look-up. */
    async whoIs(browser: Browser) {
      return whoIsThere(web, secret, browser.cookie(sessionCookie));
    },
    /** Writes the letters that are due, and hands them over. */
    async post(): Promise<Letter[]> {
      const letters: Letter[] = [];
      const postman = { send: async (letter: Letter) => void letters.push(letter), close: () => {} };
      const jobs = peopleJobs(postman, { secret, origin });
      const db = worker.as(system);
      const due = await db
        .deleteFrom('outbox')
        .where('job', '=', 'people.send_letter')
        .returning('payload')
        .execute();
      // The outbox gives back what `later` was given.
      for (const { payload } of due) await jobs['people.send_letter'](db, payload as never);
      return letters;
    },
    /** What the owner of the database sees. */
    behindTheScenes,
    /** In the order of their transactions: a machine's clock, and an id made from it, may go back. */
    audited: (subject: string) =>
      behindTheScenes(
        'select action, actor_role, detail from audit_entry where subject_id = $1 order by xmin::text::bigint, id',
        [subject]
      )
  };

  async function behindTheScenes<Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []) {
    const client = new pg.Client({ connectionString: urls.owner });
    await client.connect();
    const { rows } = await client.query<Row>(sql, values).finally(() => client.end());
    return rows;
  }
}

export type Browser = ReturnType<typeof aBrowser>;

/** A browser that keeps cookies. */
export function aBrowser(address = '192.0.2.7') {
  const jar = new Map<string, string>();
  return {
    address,
    get headers() {
      const cookie = [...jar].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('; ');
      return new Headers({ cookie, 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Firefox/132.0' });
    },
    cookie: (name: string) => jar.get(name),
    /** Takes the cookies of an answer. */
    keep(headers: Headers) {
      for (const header of headers.getSetCookie())
        for (const [name, { value, ...attributes }] of parseSetCookieHeader(header))
          if (attributes['max-age'] === 0) jar.delete(name);
          else jar.set(name, value);
    },
    /** A stranger puts a cookie in. */
    plant: (name: string, value: string) => void jar.set(name, value)
  };
}

/** The token in the link of a letter. */
export const tokenIn = (letter: Letter | undefined) => /token=([\w-]+)/.exec(letter?.text ?? '')?.[1] ?? '';
