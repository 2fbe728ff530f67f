/** Replies to text messages, as the gateway tells of them: signed, fresh, heard once. Whoever says stop is texted no more. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { sql } from 'kysely';
import * as v from 'valibot';
import { system } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { digest } from '#lib/platform/server/seal.ts';
import { saysStop } from '../texts.ts';
import type { Auth } from './auth.ts';
import { noteAndTell } from './text-number.ts';
import { countTry, giveBackTry } from './throttle.ts';

export interface SignedReply {
  /** Sign by sign as it was sent: the signature is over that. */
  body: string;
  /** `t=<seconds>,v1=<hex of HMAC-SHA-256 over "<seconds>.<body>">` */
  signature: string | null;
  address: string;
}

const Reply = v.object({
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  from: v.pipe(v.string(), v.regex(/^\+[1-9]\d{7,14}$/)),
  text: v.pipe(v.string(), v.maxLength(5000))
});

/** How far their clock may be from ours, in seconds. */
const freshFor = 300;

/** Hears a reply, and gives it, the first time. Refuses what nobody signed with our secret, or signed too long ago. */
export async function hearReply(auth: Auth, secret: string, reply: SignedReply, now = Date.now()) {
  const { address } = reply;
  const tries = { account: address, address };
  await countTry(auth.db, auth.secret, 'text_reply', tries);
  if (!isSigned(secret, reply, now)) refuse('forbidden', 'account.texts_not_signed');
  await giveBackTry(auth.db, auth.secret, 'text_reply', tries);

  const { id, from, text } = readReply(reply.body);
  return auth.db.transaction().execute(async (tx) => {
    const first = await tx
      .insertInto('text_reply')
      .values({ digest: digest(id, auth.secret, 'text reply').toString('base64url') })
      .onConflict((known) => known.column('digest').doNothing())
      .executeTakeFirst();
    if (first.numInsertedOrUpdatedRows !== 1n) return null;
    if (saysStop(text)) await stopTextsTo(tx, from);
    return { from, text };
  });
}

/** A family may share a telephone: it is silent for all of them. */
async function stopTextsTo(tx: Db, number: string) {
  const stopped = await tx
    .updateTable('text_number')
    .set({ stopped_at: sql<Date>`now()` })
    .where('number', '=', number)
    .where('stopped_at', 'is', null)
    .returning('person_id')
    .execute();
  for (const { person_id } of stopped) await noteAndTell(tx, system, person_id, 'person.texts_stopped');
}

function readReply(body: string) {
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), Reply), body);
  return read.success ? read.output : refuse('invalid', 'account.texts_not_read');
}

function isSigned(secret: string, { body, signature }: SignedReply, now: number): boolean {
  const [, seconds, hex] = /^t=(\d{1,12}),v1=([\da-f]{64})$/.exec(signature ?? '') ?? [];
  if (!seconds || !hex || Math.abs(now / 1000 - Number(seconds)) > freshFor) return false;
  const ours = createHmac('sha256', secret).update(`${seconds}.${body}`).digest();
  return timingSafeEqual(ours, Buffer.from(hex, 'hex'));
}
