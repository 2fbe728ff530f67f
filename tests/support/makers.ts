/** Makers for tests: a person, a kind of service, a request, each with only what the test is about. */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll } from 'vitest';
import type { PersonActor, Role } from '#lib/platform/actor.ts';
import { referenceFrom } from '#lib/platform/reference.ts';

export interface Somebody extends PersonActor {
  name: string;
  email: string;
}

/** Makes things behind the scenes, as the owner of the database. Ends by itself after the file. */
export async function makersOn(ownerUrl: string) {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  afterAll(() => owner.end());

  const one = async <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []) => {
    const { rows } = await owner.query<Row>(text, values);
    if (!rows[0]) throw new Error(`nothing came back from: ${text}`);
    return rows[0];
  };

  async function aPerson(
    role: Role = 'customer',
    { name = 'Ada Brook', locale = 'en', secondFactor = false } = {}
  ): Promise<Somebody> {
    const email = `${randomBytes(5).toString('hex')}@${role}.example`;
    const { id } = await one<{ id: string }>(
      `insert into person (email, email_verified, name, role, locale, two_factor_enabled)
       values ($1, true, $2, $3, $4, $5) returning id`,
      [email, name, role, locale, secondFactor]
    );
    return { kind: 'person', id, role, team: null, name, email };
  }

  /** Somebody comes to an account. */
  const aMember = (account: string, { id }: { id: string }, kind = 'authorised', scope = 'view') =>
    owner.query('insert into account_member (account_id, person_id, kind, scope) values ($1, $2, $3, $4)', [
      account,
      id,
      kind,
      scope
    ]);

  async function aServiceType(code = 'BILL-QUESTION', definition: object = {}) {
    await owner.query('begin');
    await owner.query('insert into service_type (code, version) values ($1, 1) on conflict do nothing', [
      code
    ]);
    await owner.query(
      'insert into service_type_version (code, version, definition) values ($1, 1, $2) on conflict do nothing',
      [
        code,
        {
          code,
          version: 1,
          name: { en: 'A question about a bill', es: 'Una pregunta sobre una factura' },
          ...definition
        }
      ]
    );
    await owner.query('commit');
    return code;
  }

  async function aRequest(by: Somebody, { status = 'submitted', resolved_at = null as Date | null } = {}) {
    const reference = referenceFrom(randomBytes(8));
    const { id } = await one<{ id: string }>(
      `insert into request (reference, requester_id, service_type, service_version, description, channel, status,
                            visit_on, visit_from, visit_to, resolved_at, closed_at)
       values ($1, $2, $3, 1, 'My bill is too high.', 'web', $4,
               case when $4 = 'scheduled' then current_date + 7 end, '08:00', '12:00',
               coalesce($5, case when $4 = 'resolved' then now() end),
               case when $4 in ('closed', 'cancelled') then now() end)
       returning id`,
      [reference, by.id, await aServiceType(), status, resolved_at]
    );
    await owner.query('insert into request_reference (reference, request_id) values ($1, $2)', [
      reference,
      id
    ]);
    return { id, reference };
  }

  /** Looks at the rows behind the scenes, or changes them as no command could. */
  const sql = async <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
    (await owner.query<Row>(text, values)).rows;

  return { aPerson, aMember, aServiceType, aRequest, sql };
}
