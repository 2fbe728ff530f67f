/** The bill or the reading that a request is about: attached when it is asked, and found again on both sides. */
import type { Db } from '#lib/platform/server/db.ts';
import { prepared } from '#lib/platform/server/prepared.ts';
import type { About } from '../about.ts';
import { openStatuses } from '../status.ts';
import type { RequestId } from './queries.ts';

/** What is attached to a new request. */
export type Attached = { bill_id: string } | { reading_id: string };

/** Attaches it, in the transaction that begins the request. */
export const attach = (tx: Db, requestId: string, attached: Attached) =>
  tx
    .insertInto('request_about')
    .values({ request_id: requestId, ...attached })
    .execute();

/** The bill or the reading of a request, if it is about one that the asker may see. */
export async function aboutOf(db: Db, requestId: RequestId): Promise<About | null> {
  const [row] = await attachedTo(db, { id: requestId });
  if (!row) return null;
  const { number, total, currency, due_on, reading_id: id, digits, read_on, serial } = row;
  if (number && total && currency && due_on)
    return { kind: 'bill', number, total: BigInt(total), currency, due_on };
  return id && digits && read_on && serial ? { kind: 'reading', id, digits, read_on, serial } : null;
}

const attachedTo = prepared((db, { id }: { id: RequestId }) =>
  db
    .selectFrom('request_about as o')
    .leftJoin('bill as b', 'b.id', 'o.bill_id')
    .leftJoin('reading as g', 'g.id', 'o.reading_id')
    .leftJoin('meter as m', 'm.id', 'g.meter_id')
    .select([
      'b.number',
      'b.total',
      'b.currency',
      'b.due_on',
      'o.reading_id',
      'g.digits',
      'g.read_on',
      'm.serial'
    ])
    .where('o.request_id', '=', id)
);

/** The references of the open requests about a bill, as far as the asker may see them; newest first. */
export async function disputesOf(db: Db, billId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('request_about as o')
    .innerJoin('request as r', 'r.id', 'o.request_id')
    .select('r.reference')
    .where('o.bill_id', '=', billId)
    .where('r.status', 'in', openStatuses)
    .orderBy('r.id', 'desc')
    .limit(5)
    .execute();
  return rows.map(({ reference }) => reference);
}
