/** Submitting a request: once, whatever is clicked twice, lost on the way or killed in the middle. */
import { forgetDraft } from '#lib/forms/server/drafts.ts';
import { randomBytes, randomUUIDv7 } from 'node:crypto';
import { sql, type Insertable } from 'kysely';
import type { DB } from '../../../../db/tables.ts';
import { isStaff, whoseIs, type Asker } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { together, writeTogether, type Db } from '#lib/platform/server/db.ts';
import { prepared } from '#lib/platform/server/prepared.ts';
import { later } from '#lib/platform/server/jobs.ts';
import { digestOf, once, type First } from '#lib/platform/server/once.ts';
import { dueFirst, promisesNow, wishEnds } from '#lib/sla/server/commands.ts';
import { promiseBetween, type Between } from '#lib/sla/promise.ts';
import type { ServiceType } from '#lib/forms/definition.ts';
import type { Answers } from '#lib/forms/form.ts';
import { referenceFrom } from '#lib/platform/reference.ts';
import { attachFiles } from '#lib/files/server/attach.ts';
import { isServedFirst } from '#lib/accounts/server/priority.ts';
import { attach, type Attached } from './about.ts';
import { mayComeFirst, urgencyOf } from '../urgency.ts';

/** Everything a request is made of. `key` is the idempotency key of the form it was typed into. */
export interface NewRequest {
  key: string;
  type: ServiceType;
  team: string | null;
  answers: Answers;
  contact: Answers;
  description: string;
  account: string | null;
  premises: string | null;
  attachments: string[];
  /** The key of the form that files and draft belong to, where the request itself goes under another. */
  form?: string;
  channel: 'web' | 'phone' | 'counter' | 'chat';
  locale: string;
  /** Set by staff who log what a caller says: the customer it is for, or null when we do not know them. */
  requester?: string | null;
  linkedTo?: string | null;
  /** The bill or the reading that it asks about. */
  attached?: Attached | null;
  /** Where it is to be answered between two moments that they chose. */
  between?: Between;
  now: Date;
}

export interface Receipt {
  reference: string;
  /** True when this key had been received before, and this is the first receipt again. */
  again: boolean;
}

/**
 * Stores a request with its first event, its promises and its letter in one transaction, and answers with the
 * receipt. The same key with the same content gives the first receipt again; with other content it is refused
 * (`conflict`), so that the page can ask whether this is another request.
 */
export async function submitRequest(db: Db, actor: Asker, request: NewRequest): Promise<Receipt> {
  const digest = digestOf(contentOf(request));
  const first = () => firstReceipt(db, request.key);
  return once({ digest, first, refuseOther }, () =>
    // One breath is a transaction of its own; files have to be found between two.
    request.attachments.length === 0
      ? store(db, actor, request, digest)
      : db.transaction().execute((tx) => store(tx, actor, request, digest))
  );
}

/** The same, as a part of a transaction that has already made sure that it is only once. */
export const submitWithin = (tx: Db, actor: Asker, request: NewRequest): Promise<Receipt> =>
  store(tx, actor, request, digestOf(contentOf(request)));

const refuseOther = ({ reference }: Receipt) =>
  refuse('conflict', 'requests.key_has_other_content', { reference });

async function store(tx: Db, actor: Asker, request: NewRequest, digest: string): Promise<Receipt> {
  const id = randomUUIDv7();
  const reference = referenceFrom(randomBytes(8));
  const first = await isFirst(tx, request);
  const begun = { id, reference, digest, ...begunBy(request, first) };
  const { attachments, form = request.key } = request;

  // All is known beforehand, so all of it travels in one breath; only files have to be found first.
  if (attachments.length === 0) {
    await writeTogether(tx, (one) =>
      Promise.all([writeRequest(one, actor, request, begun), begin(one, request, begun, [])])
    );
    return { reference, again: false };
  }

  await together(tx, (one) => writeRequest(one, actor, request, begun));
  const subject = { request_id: id };
  const found = await attachFiles(tx, { formKey: form, attachments }, subject, { visibility: 'public' });
  await together(tx, (one) => begin(one, request, begun, found));
  return { reference, again: false };
}

/** Whether somebody at the place is served first, where that makes a difference. */
const isFirst = async (tx: Db, { premises, type }: NewRequest) =>
  premises !== null && mayComeFirst(type) && (await isServedFirst(tx, premises));

/** How urgent it is, what we promise, and what else is known before anything is written. */
function begunBy({ type, answers, between, now }: NewRequest, first: boolean) {
  const { priority, comes_first, pledge, wish } = urgencyOf(type, answers, first);
  const promises = between
    ? [promiseBetween('first_response', between, now)]
    : promisesNow(pledge, now, wish);
  return { priority, comes_first, wish, promises };
}

type Begun = ReturnType<typeof begunBy> & { id: string; reference: string; digest: string };

/** The request itself. The order is kept. */
function writeRequest(one: Db, actor: Asker, request: NewRequest, { id, wish, promises, ...begun }: Begun) {
  const byStaff = isStaff(actor);
  const { between, now } = request;
  return Promise.all([
    insertRequest(one, {
      id,
      reference: begun.reference,
      requester_id: byStaff ? (request.requester ?? null) : whoseIs(actor).person_id,
      logged_by: byStaff ? actor.id : null,
      account_id: request.account,
      premises_id: request.premises,
      service_type: request.type.code,
      service_version: request.type.version,
      private: request.type.private,
      priority: begun.priority,
      comes_first: begun.comes_first,
      wished_at: wishEnds(wish),
      team_id: request.team,
      description: request.description,
      answers: JSON.stringify(request.answers),
      contact: JSON.stringify(request.contact),
      channel: request.channel,
      last_number: firstNumber,
      due_at: dueFirst(promises),
      rests_until: between && between.from > now ? between.from : null,
      locale: request.locale,
      linked_to: request.linkedTo ?? null
    }),
    // What is logged for another team would be out of sight before anything else is done with it.
    ...(byStaff ? [sql`select keep_in_sight(${id}::uuid)`.execute(one)] : []),
    ...(request.attached ? [attach(one, id, request.attached)] : [])
  ]);
}

const insertRequest = prepared((db, request: Insertable<DB['request']>) =>
  db.insertInto('request').values(request)
);

/** What makes it a request: reference, key, promises, its first event and the letter about it. The draft has become it. */
function begin(
  one: Db,
  { key, form = key, now }: NewRequest,
  { id, digest, promises }: Begun,
  attachments: string[]
) {
  const payload = attachments.length > 0 ? { attachments } : {};
  const promised = JSON.stringify(promises.map((promise) => ({ ...promise, started_at: now })));
  return Promise.all([
    sql`select begin_request(${id}, ${key}, ${digest}, ${promised}::jsonb, ${JSON.stringify(payload)}::jsonb)`.execute(
      one
    ),
    forgetDraft(one, form),
    later(one, 'requests.tell_customer', { requestId: id, number: firstNumber, kind: 'received' })
  ]);
}

const firstNumber = 1;

/** The receipt that this key was given, if it was sent. For a form that comes again without its content. */
export async function receiptOf(db: Db, key: string): Promise<string | null> {
  return (await firstSubmission(db, key))?.reference ?? null;
}

async function firstReceipt(db: Db, key: string): Promise<First<Receipt> | null> {
  const first = await firstSubmission(db, key);
  return first ? { digest: first.digest, result: { reference: first.reference, again: true } } : null;
}

function firstSubmission(db: Db, key: string) {
  return db
    .selectFrom('submission as s')
    .innerJoin('request_reference as r', 'r.request_id', 's.request_id')
    .select(['s.digest', 'r.reference'])
    .where('s.key', '=', key)
    .executeTakeFirst();
}

/** What makes two submissions the same. */
const contentOf = ({ type, answers, contact, description, account, premises, attachments }: NewRequest) => [
  ...[type.code, answers, contact, description, account, premises],
  [...attachments].sort()
];
