/** Submitting a request: once, whatever is clicked twice, lost on the way or killed in the middle. */
import { forgetDraft } from '#lib/forms/server/drafts.ts';
import { randomBytes, randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import { isStaff, whoseIs, type Asker } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { together, type Db } from '#lib/platform/server/db.ts';
import { later } from '#lib/platform/server/jobs.ts';
import { digestOf, once, type First } from '#lib/platform/server/once.ts';
import { dueFirst, promisesNow, startPromises, wishEnds } from '#lib/sla/server/commands.ts';
import { promiseBetween, type Between } from '#lib/sla/promise.ts';
import type { ServiceType } from '#lib/forms/definition.ts';
import type { Answers } from '#lib/forms/form.ts';
import { referenceFrom } from '#lib/platform/reference.ts';
import { attachToRequest } from '#lib/files/server/commands.ts';
import { isServedFirst } from '#lib/accounts/server/priority.ts';
import { attach, type Attached } from './about.ts';
import { mayComeFirst, urgencyOf } from '../urgency.ts';
import { record } from './timeline.ts';

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
    db.transaction().execute((tx) => store(tx, actor, request, digest))
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
  const begin = (one: Db) => writeRequest(one, actor, request, { id, reference, digest, first });

  // All is known beforehand, so all of it travels in one breath; only files have to be found first.
  if (request.attachments.length === 0) {
    await together(tx, (one) => Promise.all([begin(one), tell(one, request, id, [])]));
    return { reference, again: false };
  }

  await together(tx, begin);
  const sent = { formKey: request.form ?? request.key, attachments: request.attachments, requestId: id };
  const attachments = await attachToRequest(tx, { ...sent, visibility: 'public' });
  await together(tx, (one) => tell(one, request, id, attachments));
  return { reference, again: false };
}

/** Whether somebody at the place is served first, where that makes a difference. */
const isFirst = async (tx: Db, { premises, type }: NewRequest) =>
  premises !== null && mayComeFirst(type) && (await isServedFirst(tx, premises));

interface Marks {
  /** Somebody at the place is registered for priority services. */
  first: boolean;
  id: string;
  reference: string;
  digest: string;
}

/** The request and what makes it one. The order is kept. */
function writeRequest(one: Db, actor: Asker, request: NewRequest, { id, reference, digest, first }: Marks) {
  const byStaff = isStaff(actor);
  const { priority, comes_first, pledge, wish } = urgencyOf(request.type, request.answers, first);
  const { between, now } = request;
  const promises = between
    ? [promiseBetween('first_response', between, now)]
    : promisesNow(pledge, now, wish);
  return Promise.all([
    one
      .insertInto('request')
      .values({
        id,
        reference,
        requester_id: byStaff ? (request.requester ?? null) : whoseIs(actor).person_id,
        logged_by: byStaff ? actor.id : null,
        account_id: request.account,
        premises_id: request.premises,
        service_type: request.type.code,
        service_version: request.type.version,
        private: request.type.private,
        priority,
        comes_first,
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
      })
      .execute(),
    // What is logged for another team would be out of sight before its first event is written.
    ...(byStaff ? [sql`select keep_in_sight(${id}::uuid)`.execute(one)] : []),
    one.insertInto('request_reference').values({ reference, request_id: id }).execute(),
    one
      .insertInto('submission')
      .values({ key: request.key, ...whoseIs(actor), form: request.type.code, digest, request_id: id })
      .execute(),
    ...(request.attached ? [attach(one, id, request.attached)] : []),
    startPromises(one, id, promises, now)
  ]);
}

/** Its first event, which the row has counted already, and the letter about it. The draft has become the request. */
function tell(one: Db, { key, form = key }: NewRequest, id: string, attachments: string[]) {
  const payload = attachments.length > 0 ? { attachments } : {};
  return Promise.all([
    record(one, id, { kind: 'submitted', payload }),
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
