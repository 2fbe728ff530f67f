/** Looks again at a request before we write about it: to whom, in which language, and whether it still holds. */
import { sql } from 'kysely';
import type { Jobs } from '#lib/platform/jobs.ts';
import type { Occasion } from '../letters.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { localeOf, type Locale } from '#lib/platform/language.ts';
import type { LetterFacts } from '../letters.ts';
import type { MailCalendar } from '#lib/platform/server/mail.ts';
import { isOpen, type Status } from '../status.ts';
import { wayIn } from './way-in.ts';
import type { EventPayload } from '../timeline.ts';

export interface Addressed {
  /** Null for a visitor, who has nothing to turn off. */
  person: string | null;
  email: string;
  locale: Locale;
  facts: LetterFacts;
  chatting: boolean;
}

/** What a letter says of a visit, and brings for a calendar: handed in by whoever owns visits, who stand above. */
export interface VisitLetters {
  facts(
    db: Db,
    about: { requestId: string; kind: Occasion }
  ): Promise<Pick<LetterFacts, 'owed' | 'charge' | 'until'>>;
  calendar(
    db: Db,
    about: { requestId: string; kind: Occasion; locale: Locale; email: string }
  ): Promise<MailCalendar | undefined>;
}

interface Look extends LetterFacts {
  person: string | null;
  email: string;
  locale: string;
  status: Status;
  payload: EventPayload;
  answered_again: boolean;
  /** They talk with us in the chat, or have read it there. */
  chatting: boolean;
  read_in_chat: boolean;
  answered_by_us: boolean;
  visit_on: string | null;
  visit_from: string | null;
  visit_to: string | null;
}

/** The letter that is due about this event, or null when there is nothing to say any more, or nobody to say it to. */
export async function addressedLetter(
  db: Db,
  secret: string,
  { requestId, number, kind }: Jobs['requests.tell_customer'],
  visits: VisitLetters
) {
  const { rows } = await sql<Look>`
    select p.id as person, coalesce(p.email, r.contact->>'caller_email') as email, coalesce(p.locale, r.locale) as locale,
           p.name, r.reference, r.status,
           nullif(r.due_at, 'infinity') as due_at, r.visit_on, r.visit_from, r.visit_to, e.payload,
           case when not r.private then coalesce(v.definition->'name'->>coalesce(p.locale, r.locale), v.definition->'name'->>'en') end as about,
           exists (select 1 from request_event later
                   where later.request_id = r.id and later.number > e.number and later.kind = 'message'
                     and later.visibility = 'public' and later.actor_role <> 'customer') as answered_again,
           exists (select 1 from conversation c where c.request_id = r.id and c.ended_at is null) as chatting,
           exists (select 1 from conversation c where c.request_id = r.id and c.read_number >= e.number) as read_in_chat,
           r.first_response_at is not null as answered_by_us
    from request r
    join request_event e on e.request_id = r.id and e.number = ${number} and e.visibility = 'public'
    left join person p on p.id = r.requester_id
    join service_type_version v on v.code = r.service_type and v.version = r.service_version
    where r.id = ${requestId} and (p.id is not null or (r.logged_by is null and r.contact ? 'caller_email'))`.execute(
    db
  );
  const look = rows[0];
  if (!look || !stillHolds[kind](look)) return null;

  const { person, email, locale, name, reference, about, due_at } = look;
  // Of a visit that was called off, only its event still knows when it was.
  const visit = visitOf(kind.startsWith('visit_') && kind !== 'visit_soon' ? look.payload : look);
  const said = await visits.facts(db, { requestId, kind });
  const before = kind === 'visit_moved' ? (look.payload.was ?? null) : null;
  const way = person ? {} : { way: wayIn(requestId, secret) };
  const facts = { name, reference, about, due_at, visit, before, ...said, ...way };
  return { person, email, locale: localeOf(locale), facts, chatting: look.chatting } satisfies Addressed;
}

/** The world may have moved on since the job was queued. What came after has a letter of its own. */
const stillHolds: Record<Occasion, (look: Look) => boolean> = {
  received: () => true,
  // The letter about the resolution speaks for the answer that came with it.
  answered: (look) => look.status !== 'resolved' && !look.answered_again && !look.read_in_chat,
  asked_back: (look) => look.status === 'waiting' && !look.answered_again && !look.read_in_chat,
  booked: (look) => isComing(look),
  visit_moved: (look) => isComing(look),
  visit_soon: (look) => isComing(look),
  visit_on_way: (look) => isOpen(look.status),
  visit_done: (look) => look.status === 'resolved',
  visit_no_access: (look) => isOpen(look.status),
  visit_more: (look) => isOpen(look.status),
  // Whatever became of the request since: it is about what must not be used.
  visit_unsafe: () => true,
  visit_missed: () => true,
  visit_closed: (look) => look.visit_on === null,
  visit_off: (look) => look.visit_on === null,
  resolved: (look) => look.status === 'resolved',
  cancelled: (look) => look.status === 'cancelled',
  merged: (look) => look.status === 'merged',
  reopened: (look) => isOpen(look.status),
  // One letter for a whole talk, where the resolution has not spoken for it.
  chatted: (look) => look.answered_by_us && look.status !== 'resolved'
};

/** In the chat an answer is read as it comes, mostly: a letter about it waits for that, once. */
export const waitsForReading = (
  { kind, held }: Jobs['requests.tell_customer'],
  { chatting }: { chatting: boolean }
) => chatting && !held && (kind === 'answered' || kind === 'asked_back');

/** The visit that was booked then, and no other, is still to come. */
const isComing = ({ status, visit_on, visit_from, payload }: Look) =>
  (status === 'scheduled' || status === 'waiting') &&
  visit_on === payload.visit_on &&
  visit_from?.slice(0, 5) === payload.visit_from?.slice(0, 5);

const visitOf = ({
  visit_on,
  visit_from,
  visit_to
}: Pick<EventPayload, 'visit_on' | 'visit_from' | 'visit_to'> | Look) =>
  visit_on && visit_from && visit_to ? { visit_on, visit_from, visit_to } : null;
