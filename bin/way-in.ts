/** How somebody gets into a Hearth that has just been started: as a demo person, or as its first admin. */
import { wordsOf } from '#lib/emergencies/server/approving.ts';
import { system } from '#lib/platform/actor.ts';
import { type Config, readConfig } from '#lib/platform/server/config.ts';
import { withConnection } from '#lib/platform/server/connection.ts';
import { type Db, openDatabase } from '#lib/platform/server/db.ts';
import type { DatabaseUrls } from '#lib/postgres/server/supervisor.ts';
import { demoPassword, demoPeople } from '#lib/people/demo.ts';
import { hasDemoPeople } from '#lib/people/server/demo.ts';
import { firstAdminLink, hasAdmin } from '#lib/people/server/first-admin.ts';

/**
 * Whether this is a demo: if demo people are there, and may be. A database that holds them is never served where
 * they are not wanted, for everybody knows their password.
 */
export async function isDemo(urls: DatabaseUrls, config: Config): Promise<boolean> {
  const demo = await asking(urls, hasDemoPeople);
  if (demo && !config.demo) {
    throw new Error(
      'This database holds demo people, whose password is public, so it is only served on a loopback HOST and ' +
        'with DEMO on: start Hearth so, or set another DATA_DIR or DATABASE_URL.'
    );
  }
  // Real people where a demo was expected: their numbers cannot be made up.
  if (!demo && config.demo) readConfig({ ...process.env, DEMO: '0' });
  return demo;
}

/** What the terminal says about it. */
export async function wayIn(urls: DatabaseUrls, config: Config, demo: boolean): Promise<string> {
  if (demo) return `\nDemo people, all with the password ${demoPassword}:\n${demoPeople.map(line).join('')}`;
  if (await asking(urls, hasAdmin)) return '';
  const link = await asking(urls, (db) => firstAdminLink(db, config));
  return `\nThere is no admin yet. Whoever opens this link within a day, once, becomes the first:\n  ${link}\n`;
}

/** That nobody has approved what people in danger are shown; nothing once an admin has. `url` must be the owner's. */
export async function notApproved(url: string, { jurisdiction }: Pick<Config, 'jurisdiction'>) {
  const { version, digest } = wordsOf(jurisdiction);
  const { rowCount } = await withConnection(url, (client) =>
    client.query('select 1 from wording_approval where version = $1 and digest = $2', [version, digest])
  );
  if (rowCount) return '';
  return `\nNobody has approved the safety texts (${version}): an admin does so at /desk/emergencies/wording.\n`;
}

/** Where letters go, if it is not to those they are written to. Under `npm run dev` none leaves, wherever SMTP_URL points. */
export function mailStays(
  { smtpUrl, origin, atHome }: Pick<Config, 'smtpUrl' | 'origin' | 'atHome'>,
  { demo, dev }: { demo: boolean; dev: boolean }
): string {
  if (smtpUrl && !dev) return '';
  if (demo || (dev && atHome)) return `\nLetters stay here and can be read at ${origin}/mail\n`;
  return '\nNo letter reaches anybody, because SMTP_URL is not set: nobody can sign up, be invited or reset a password.\n';
}

/** What it costs to serve others than this machine without HTTPS; nothing where that is not so. */
export function costOfPlainHttp({ origin, atHome }: Pick<Config, 'origin' | 'atHome'>): string {
  if (atHome || origin.startsWith('https:')) return '';
  return (
    '\nOthers reach this Hearth over plain HTTP: passwords, and all that people write, can be read on the way, and a\n' +
    'browser has six lines to us for all its tabs. Put HTTPS in front, and set ORIGIN to its https:// address.\n'
  );
}

const line = ([email, , role]: (typeof demoPeople)[number]) => `  ${email.padEnd(24)} ${role}\n`;

async function asking<T>({ auth }: DatabaseUrls, ask: (db: Db) => Promise<T>): Promise<T> {
  const database = openDatabase(auth, 'hearth_auth', { size: 1 });
  try {
    return await ask(database.as(system));
  } finally {
    await database.close();
  }
}
