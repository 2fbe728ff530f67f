/** How streams begin and end: a position that nobody knows, signing out, another role, a lost membership, too many. */
import { createHmac, randomBytes } from 'node:crypto';
import { get, type IncomingMessage } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { changeRole } from '#lib/people/server/manage-staff.ts';
import { sessionCookie } from '#lib/people/server/session.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import type { DatabaseUrls } from '#lib/postgres/server/supervisor.ts';
import { signIn } from '../customers.ts';
import type { Town } from './town.ts';

/** A second, and what a busy machine takes on top. */
const soon = 5000;

export interface Finding {
  name: string;
  wrong: boolean;
  detail: string;
}

interface Site {
  url: string;
  urls: DatabaseUrls;
  secret: string;
}

export async function endings(town: Town, site: Site): Promise<Finding[]> {
  const ben = await town.somebody('ben@customer.example');
  const ruth = await town.somebody('ruth@admin.example');
  const web = openDatabase(site.urls.web, 'hearth_web', { size: 1 });

  /** Somebody else on the staff, in a browser that nobody looks at. */
  async function another(role: string) {
    const [person] = await town.rows<{ id: string }>(
      `select id from person where role = $1 and email not in ('ada@customer.example', 'ben@customer.example',
         'grace@agent.example', 'sam@supervisor.example', 'ruth@admin.example') order by id limit 1`,
      [role]
    );
    await town.rows('update person set demo = true where id = $1', [person?.id]);
    return { id: person?.id ?? '', cookie: await sessionOf(person?.id ?? '') };
  }

  async function sessionOf(person: string) {
    const token = randomBytes(24).toString('base64url');
    await town.rows(
      `insert into sign_in_session (person_id, token, expires_at) values ($1, $2, now() + interval '1 hour')`,
      [person, token]
    );
    const signature = createHmac('sha256', site.secret).update(token).digest('base64');
    return `${sessionCookie}=${encodeURIComponent(`${token}.${signature}`)}`;
  }

  async function endsAfter(name: string, cookie: string, happens: () => Promise<unknown>): Promise<Finding> {
    const stream = await listen(site.url, cookie);
    await stream.until('hello');
    await happens();
    const since = Date.now();
    const ended = await Promise.race([stream.ended.then(() => true), pause(soon, false)]);
    stream.close();
    const detail = ended ? `${Date.now() - since} ms` : `still open after ${soon} ms`;
    return {
      name: `a stream ends at ${name}`,
      wrong: !ended || !stream.text().includes('event: dismissed'),
      detail
    };
  }

  async function beginsAnew(name: string, position: string): Promise<Finding> {
    const stream = await listen(site.url, await sessionOf(ben.id), { 'last-event-id': position });
    const reset = await stream.until('reset');
    stream.close();
    return {
      name: `a page fetches itself anew at ${name}`,
      wrong: !reset,
      detail: reset ? 'reset' : stream.text()
    };
  }

  try {
    const signedIn = await signIn(site.url, 'ben@customer.example');
    const agent = await another('agent');
    const expiring = await sessionOf(ben.id);
    return [
      await endsAfter('sign-out', signedIn, () => signOut(site.url, signedIn)),
      await endsAfter('another role', agent.cookie, () =>
        changeRole(web.as(ruth), ruth, agent.id, { role: 'supervisor', team: null })
      ),
      await endsAfter('another team', (await another('supervisor')).cookie, () =>
        town.rows(
          `update person set team_id = (select id from team t where t.id is distinct from person.team_id limit 1)
                   where id = $1`,
          [agent.id]
        )
      ),
      await endsAfter('a membership that is revoked', await sessionOf(ben.id), () =>
        town.rows(`delete from account_member where person_id = $1 and scope = 'view'`, [ben.id])
      ),
      await endsAfter('the end of a session', expiring, () =>
        town.rows(`update sign_in_session set expires_at = now() where person_id = $1`, [ben.id])
      ),
      await beginsAnew('an unknown position', 'nonsense'),
      await beginsAnew('a position of another database', '999999999999.1'),
      await beginsAnew('a position long past', '1.1'),
      await notTooMany(site.url, await sessionOf(ben.id))
    ];
  } finally {
    await web.close();
  }
}

/** One browser has one stream. Whoever opens many keeps a few. */
async function notTooMany(url: string, cookie: string): Promise<Finding> {
  const asked = 60;
  const streams = await Promise.all(Array.from({ length: asked }, () => listen(url, cookie)));
  await pause(3000);
  const open = streams.filter(({ isOpen }) => isOpen()).length;
  for (const { close } of streams) close();
  return { name: `one session does not keep ${asked} streams`, wrong: open > 20, detail: `${open} stayed` };
}

async function listen(url: string, cookie: string, headers: Record<string, string> = {}) {
  let text = '';
  let open = true;
  // Each on a line of its own, as from many browsers.
  const request = get(`${url}/live`, { headers: { cookie, ...headers }, agent: false });
  const answer = await new Promise<IncomingMessage>((done, fail) =>
    request.on('response', done).on('error', fail)
  );
  const ended = new Promise<void>((done) => answer.on('close', () => ((open = false), done())));
  answer
    .setEncoding('utf8')
    .on('error', () => {})
    .on('data', (more: string) => (text += more));
  return {
    ended,
    text: () => text,
    isOpen: () => open && answer.statusCode === 200,
    close: () => request.destroy(),
    async until(event: string) {
      for (const end = Date.now() + 10_000; Date.now() < end && open; await pause(20))
        if (text.includes(`event: ${event}\n`)) return true;
      return false;
    }
  };
}

const signOut = (url: string, cookie: string) =>
  fetch(`${url}/sign-out`, {
    method: 'POST',
    headers: { cookie, origin: url, 'content-type': 'application/x-www-form-urlencoded' },
    redirect: 'manual'
  });
