/** The people of the proof, and their hands: the product's own commands, each as somebody, with the bell rung after. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import pg from 'pg';
import { type PersonActor, type Role, system } from '#lib/platform/actor.ts';
import { hangBell } from '#lib/platform/server/notifier.ts';
import { connection, type Db, openDatabase } from '#lib/platform/server/db.ts';
import type { DatabaseUrls } from '#lib/postgres/server/supervisor.ts';
import { openStorage, originalFile } from '#lib/files/server/storage.ts';
import { serviceTypes } from '#lib/catalogue/all.ts';
import { beginFile, finishFile } from '#lib/files/server/commands.ts';
import { submitRequest } from '#lib/requests/server/submit.ts';

export type Somebody = PersonActor & { db: Db };
export type Town = Awaited<ReturnType<typeof visitTown>>;

/** A file as it is sent along. */
export interface Sent {
  name: string;
  type: string;
  content: Buffer;
}

export async function visitTown(urls: DatabaseUrls, dataDir: string) {
  const pool = new pg.Pool({ connectionString: urls.owner, max: 2 });
  pool.on('error', () => {});
  const bell = hangBell(connection(urls.web, 'hearth_web'), () => {});
  const web = openDatabase(urls.web, 'hearth_web', { size: 4, onCommit: () => bell.ring() });
  const jobs = openDatabase(urls.worker, 'hearth_worker', { size: 2, onCommit: () => bell.ring() });
  const storage = openStorage(join(dataDir, 'files'));

  const rows = async <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
    (await pool.query<Row>(text, values)).rows;

  async function somebody(email: string): Promise<Somebody> {
    const [row] = await rows<{ id: string; role: Role; team_id: string | null }>(
      'select id, role, team_id from person where email = $1',
      [email]
    );
    if (!row) throw new Error(`nobody is ${email}`);
    const actor: PersonActor = { kind: 'person', id: row.id, role: row.role, team: row.team_id };
    return { ...actor, db: web.as(actor) };
  }

  /** Somebody new who works beside somebody. */
  async function colleagueOf({ role, team }: Somebody): Promise<string> {
    const [row] = await rows<{ id: string }>(
      `insert into person (email, email_verified, name, role, team_id)
       values ($1, true, 'Leo Marsh', $2, $3) returning id`,
      [`${randomUUID()}@${role}.example`, role, team]
    );
    return row?.id ?? '';
  }

  /** Uploads files for a form, whole and received. */
  async function upload(by: Somebody, form_key: string, files: Sent[]) {
    const sender = { db: by.db, actor: by, address: '' };
    return Promise.all(
      files.map(async ({ name, type, content }) => {
        const begun = await beginFile(sender, { form_key, name, size: content.length, type });
        if (!('id' in begun)) throw new Error(`${name} was not taken: ${begun.reason}`);
        await storage.create(begun.id, originalFile);
        await new Promise<void>((done) =>
          storage.write(begun.id, originalFile, 0).end(content, () => done())
        );
        const problem = await finishFile(sender, storage, begun.id);
        if (problem) throw new Error(`${name} was turned away: ${problem.reason}`);
        return begun.id;
      })
    );
  }

  /** A new request, in nobody's hands, on Ada's account where Ben may see it too. */
  async function ask(by: Somebody, { files = [], requester }: { files?: Sent[]; requester?: string } = {}) {
    const type = serviceTypes.find(({ code }) => code === 'GENERAL');
    if (!type) throw new Error('the catalogue has no GENERAL');
    const key = randomUUID();
    const [account] = await rows<{ id: string }>(
      `select m.account_id as id from account_member m where m.person_id = $1 and m.scope = 'act'`,
      [requester ?? by.id]
    );
    const { reference } = await submitRequest(by.db, by, {
      key,
      type,
      team: null,
      answers: { subject: 'Rates' },
      contact: { contact_by: 'email' },
      description: `What does a unit cost? ${key.slice(0, 8)}`,
      account: account?.id ?? null,
      premises: null,
      attachments: await upload(by, key, files),
      channel: requester ? 'phone' : 'web',
      locale: 'en',
      requester: requester ?? null,
      now: new Date()
    });
    return reference;
  }

  const requestOf = async (reference: string) => {
    const [row] = await rows<{ id: string; seen: number; status: string }>(
      'select id, last_number as seen, status from request where reference = $1',
      [reference]
    );
    if (!row) throw new Error(`no request ${reference}`);
    return row;
  };

  return {
    rows,
    somebody,
    colleagueOf,
    upload,
    ask,
    requestOf,
    /** The database as somebody without an account sees it, who holds this cookie. */
    visitor: (digest: string) => web.as({ kind: 'visitor', visitor: digest }),
    /** The database as a job sees it. */
    worker: jobs.as(system),
    async leave() {
      await bell.stop();
      await Promise.all([web.close(), jobs.close(), pool.end()]);
    }
  };
}
