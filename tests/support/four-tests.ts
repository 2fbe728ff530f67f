/** The four tests that every command on a request must pass. */
import { describe, expect, test } from 'vitest';
import type { Status } from '#lib/requests/status.ts';
import type { Somebody } from './makers.ts';

export interface Command {
  /** Does it, on the request with this reference. */
  does: (by: Somebody, reference: string) => Promise<unknown>;
  /** Who may, and in which state of the request. */
  by: Somebody;
  on: Status;
  /** What of the request's row is different afterwards. */
  makes: Record<string, unknown>;
  /** Who may not, and how they are refused. */
  notBy: Somebody;
  says: 'missing' | 'forbidden';
  /** When it is too early or too late, if there is such a time. */
  notOn?: Status;
  /** What stands on the timeline afterwards, and which letters wait to be written. */
  events: string[];
  letters: string[];
}

interface Place {
  owner: Somebody;
  aRequest: (by: Somebody, also: { status: Status }) => Promise<{ id: string; reference: string }>;
  sql: (text: string, values?: unknown[]) => Promise<Record<string, unknown>[]>;
}

export function fourTests({ owner, aRequest, sql }: Place, commands: Record<string, Command>) {
  const rowOf = async (id: string) => (await sql('select * from request where id = $1', [id]))[0];
  const listed = async (id: string, text: string) => (await sql(text, [id])).map(({ name }) => name);
  const eventsOf = (id: string) =>
    listed(id, 'select kind as name from request_event where request_id = $1 order by number');
  const lettersOf = (id: string) =>
    listed(id, `select payload->>'kind' as name from outbox where payload->>'requestId' = $1 order by id`);

  describe.each(Object.entries(commands))(
    '%s',
    (_, { does, by, on, makes, notBy, says, notOn, ...leaves }) => {
      test('works', async () => {
        const { id, reference } = await aRequest(owner, { status: on });
        await does(by, reference);
        expect(await rowOf(id)).toMatchObject(makes);
      });

      test(`is refused to the wrong person as ${says}, and nothing changes`, async () => {
        const { id, reference } = await aRequest(owner, { status: on });
        const before = await rowOf(id);
        await expect(does(notBy, reference)).rejects.toMatchObject({ kind: says });
        expect([await rowOf(id), await eventsOf(id), await lettersOf(id)]).toEqual([before, [], []]);
      });

      test.runIf(notOn)(`is refused at the wrong moment, and nothing changes`, async () => {
        const { id, reference } = await aRequest(owner, { status: notOn ?? on });
        const before = await rowOf(id);
        await expect(does(by, reference)).rejects.toMatchObject({ name: 'Refusal' });
        expect([await rowOf(id), await eventsOf(id), await lettersOf(id)]).toEqual([before, [], []]);
      });

      test('stands on the timeline, and the customer is written to where that is due', async () => {
        const { id, reference } = await aRequest(owner, { status: on });
        await does(by, reference);
        expect([await eventsOf(id), await lettersOf(id)]).toEqual([leaves.events, leaves.letters]);
      });
    }
  );
}
