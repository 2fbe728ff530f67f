/** What went wrong with an order, put into somebody's hands: a request about it, with a team and a promise, once an order. */
import { createHash } from 'node:crypto';
import { offerOf } from '#lib/catalogue/server/catalogue.ts';
import type { PersonActor } from '#lib/platform/actor.ts';
import { keyOfDigest } from '#lib/platform/posted.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { localeOf } from '#lib/platform/language.ts';
import { wordsFor } from '#lib/platform/words.ts';
import { submitWithin } from '#lib/requests/server/submit.ts';
import { missedReasons, type MissedReason } from '../status.ts';
import type { OrderRow } from './queries.ts';

export type ExceptionWhy = 'unsafe' | 'missed_twice' | 'rated_low';

/** So few points of five are for somebody to look into. */
const low = 2;

/** After a driver came back with it: where it was not safe, or when it was not the first time. */
export async function raiseMissed(tx: Db, staff: PersonActor, order: OrderRow, why: MissedReason) {
  const before = await tx
    .selectFrom('order_event')
    .select('payload')
    .where('order_id', '=', order.id)
    .where('kind', '=', 'missed')
    .execute();
  const times = before.filter(({ payload }) => isByDriver(payload)).length;
  if (why === 'unsafe') await raise(tx, staff, order, { why: 'unsafe' });
  else if (times >= 2) await raise(tx, staff, order, { why: 'missed_twice' });
}

const isByDriver = (payload: unknown) =>
  typeof payload === 'object' &&
  payload !== null &&
  'why' in payload &&
  missedReasons.some((reason) => reason === payload.why);

/** After its customer said how it went. */
export async function raiseRated(
  tx: Db,
  customer: PersonActor,
  order: OrderRow,
  { score, words }: { score: number; words: string }
) {
  if (score <= low) await raise(tx, customer, order, { why: 'rated_low', score, words });
}

/** The request about what went wrong with an order, as the asker may see it. */
export async function exceptionOf(db: Db, order: string) {
  const found = await db
    .selectFrom('order_exception as x')
    .innerJoin('request as r', 'r.id', 'x.request_id')
    .select(['x.why', 'r.reference'])
    .where('x.order_id', '=', order)
    .executeTakeFirst();
  return found ?? null;
}

interface Raised {
  why: ExceptionWhy;
  score?: number;
  words?: string;
}

async function raise(tx: Db, actor: PersonActor, order: OrderRow, { why, score, words = '' }: Raised) {
  const offer = await offerOf(tx, 'GENERAL');
  if (!offer) return;
  // Whoever is second finds it raised.
  const first = await tx
    .insertInto('order_exception')
    .values({ order_id: order.id, why })
    .onConflict((there) => there.doNothing())
    .returning('order_id')
    .executeTakeFirst();
  if (!first) return;
  const { locale } = await tx
    .selectFrom('customer_order')
    .select('locale')
    .where('id', '=', order.id)
    .executeTakeFirstOrThrow();
  const t = wordsFor(localeOf(locale));
  const { reference } = order;
  const { reference: made } = await submitWithin(tx, actor, {
    ...{ key: keyOf(order.id), type: offer.type, team: offer.team_id, requester: order.person_id },
    answers: { subject: t('orders.exception_subject', { reference }) },
    contact: { contact_by: 'email' },
    description: [t(`orders.exception_${why}`, { reference, score: score ?? 0 }), words]
      .filter(Boolean)
      .join('\n\n'),
    ...{ account: order.account_id, premises: order.premises_id, attachments: [], channel: 'web', locale },
    now: new Date()
  });
  await tx
    .updateTable('order_exception')
    .set((set) => ({
      request_id: set.selectFrom('request_reference').select('request_id').where('reference', '=', made)
    }))
    .where('order_id', '=', order.id)
    .execute();
}

const keyOf = (order: string) => keyOfDigest(createHash('sha256').update(`exception ${order}`).digest('hex'));
