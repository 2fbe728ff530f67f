/** Calling back: asked for once, called off by whoever asked, and tried by the desk until somebody is reached. */
import { sql } from 'kysely';
import { isCustomer, type Customer, type Staff, type VisitorActor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { later } from '#lib/platform/server/jobs.ts';
import { accountsToActOn } from '#lib/accounts/server/queries.ts';
import { offerOf } from '#lib/catalogue/server/catalogue.ts';
import { holdRequest } from '#lib/requests/server/queries.ts';
import { answeredPromises, promisedAgain } from '#lib/requests/server/promises.ts';
import { submitRequest } from '#lib/requests/server/submit.ts';
import { speak } from '#lib/requests/server/timeline.ts';
import { move } from '#lib/requests/server/transitions.ts';
import { numberOf, type Window } from '../call-back.ts';

export interface AskedCall {
  key: string;
  /** What a visitor says they are called; of a customer we know. */
  name: string;
  phone: string;
  about: string;
  window: Window;
  subject: string;
  locale: string;
  now: Date;
}

/** Asks for a call, once: who has one open already is told of that. */
export async function askForCall(db: Db, actor: Customer | VisitorActor, asked: AskedCall): Promise<string> {
  const offer = (await offerOf(db, 'GENERAL')) ?? refuse('missing', 'errors.missing');
  const [account, another] = isCustomer(actor) ? await accountsToActOn(db, actor) : [];
  const meant = another ? undefined : account;
  const { key, name, phone, about, window, subject, locale, now } = asked;
  if (await openCallOf(db)) refuse('conflict', 'calls.one_at_a_time');
  if ((await callsOn(db, phone)) >= mostOnNumber) refuse('conflict', 'calls.number_full');
  const { reference } = await submitRequest(db, actor, {
    ...{ key, locale, now, type: offer.type, team: offer.team_id, attachments: [], channel: 'chat' },
    answers: { subject },
    contact: {
      contact_by: 'phone',
      caller_phone: phone,
      ...(!isCustomer(actor) && { caller_name: name })
    },
    description: about || subject,
    account: meant?.id ?? null,
    premises: meant?.premises_id ?? null,
    between: window
  });
  await sql`insert into call_back (request_id, phone, begins_at, ends_at)
    select request_id, ${numberOf(phone)}, ${window.from}, ${window.to} from request_reference
    where reference = ${reference} on conflict (request_id) do nothing`.execute(db);
  return reference;
}

/** So many people of one home may wait for a call on one number; more is somebody else's mischief. */
const mostOnNumber = 3;

async function callsOn(db: Db, phone: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`select calls_on_number(${numberOf(phone)}) as count`.execute(
    db
  );
  return rows[0]?.count ?? 0;
}

/** The call that whoever asks waits for. */
export async function openCallOf(db: Db) {
  const row = await db
    .selectFrom('call_back as c')
    .innerJoin('request as r', 'r.id', 'c.request_id')
    .select(['r.reference', 'c.phone', 'c.begins_at', 'c.ends_at', 'c.tries'])
    .where('c.state', '=', 'waiting')
    .where((is) =>
      is.or([
        is('r.requester_id', '=', sql<string>`app_person()`),
        is('r.id', '=', sql<string>`any (app_visited())`)
      ])
    )
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

/** All calls that wait, the most pressing first, as this member of staff may see them. */
export const callsToMake = (db: Db) =>
  db
    .selectFrom('call_back as c')
    .innerJoin('request as r', 'r.id', 'c.request_id')
    .leftJoin('person as p', 'p.id', 'r.requester_id')
    .leftJoin('person as g', 'g.id', 'r.agent_id')
    .select([
      'r.reference',
      'r.description',
      'c.phone',
      'c.begins_at',
      'c.ends_at',
      'c.tries',
      'g.name as agent'
    ])
    .select(sql<string | null>`coalesce(p.name, r.contact->>'caller_name')`.as('name'))
    .select(sql<boolean>`(p.id is not null or r.contact ? 'caller_email')`.as('written'))
    .select(sql<number>`(calls_on_number(c.phone) - 1)`.as('others'))
    .where('c.state', '=', 'waiting')
    .orderBy('c.begins_at')
    .limit(100)
    .execute();

/** How a try went. `tries` is how many there were when the page was read: of two who press at once one is told. */
export type Try = { tries: number; now: Date } & (
  { outcome: 'reached' | 'given_up' } | { outcome: 'again'; window: Window }
);

/** Writes down how a try went, and tells the customer where they were not reached. */
export function noteTry(db: Db, actor: Staff, reference: string, tried: Try, say: Saying) {
  return db.transaction().execute(async (tx) => {
    const request = await holdRequest(tx, actor, reference);
    const ended = tried.outcome === 'again' ? null : tried.now;
    const { numUpdatedRows } = await tx
      .updateTable('call_back')
      .set({
        tries: tried.tries + 1,
        state: tried.outcome === 'again' ? 'waiting' : tried.outcome,
        ended_at: ended,
        ...(tried.outcome === 'again' && { begins_at: tried.window.from, ends_at: tried.window.to })
      })
      .where('request_id', '=', request.id)
      .where('state', '=', 'waiting')
      .where('tries', '=', tried.tries)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) refuse('conflict', 'calls.noted_already');

    const number = await speak(tx, request.id, { text: say(tried, request.locale), visibility: 'public' });
    await answeredPromises(tx, request.id);
    if (tried.outcome === 'again') await promisedAgain(tx, request.id, tried.window, tried.now);
    if (tried.outcome === 'reached') return move(tx, actor, request, 'resolved');
    if (request.status === 'submitted') await move(tx, actor, request, 'open', { occasion: null });
    await later(tx, 'requests.tell_customer', { requestId: request.id, number, kind: 'answered' });
  });
}

/** What the customer reads of a try, in their language. */
export type Saying = (tried: Try, locale: string) => string;
