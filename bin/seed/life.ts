/** One request's whole life up to today, as rows: what was asked, what happened on the way, and what was promised. */
import { randomUUIDv7 } from 'node:crypto';
import type { Calendars } from '#lib/sla/hours.ts';
import { start } from '#lib/sla/clock.ts';
import { endOfWish, promisesOf } from '#lib/sla/promise.ts';
import type { ServiceType } from '#lib/forms/definition.ts';
import type { Locale } from '#lib/platform/language.ts';
import { referenceFrom } from '#lib/platform/reference.ts';
import type { Status } from '#lib/requests/status.ts';
import { dayAt } from '#lib/requests/status-text.ts';
import type { EventKind, EventPayload } from '#lib/requests/timeline.ts';
import type { Visibility } from '#lib/events/visibility.ts';
import { urgencyOf } from '#lib/requests/urgency.ts';
import { answersTo } from './answers.ts';
import type { Chance } from './chance.ts';
import { notes, stories, talk } from './stories.ts';

export interface Customer {
  id: string;
  locale: Locale;
  account: string | null;
  premises: string | null;
}

export interface Agent {
  id: string;
  team: string;
}

/** Who asks, who answers, and what time it is in the town. */
export interface Town {
  types: readonly ServiceType[];
  customers: readonly Customer[];
  agents: readonly Agent[];
  teamOf: (group: string) => string;
  now: Date;
  zone: string;
  calendars: Calendars;
}

export interface Plan {
  type: ServiceType;
  customer: Customer;
  agent: Agent;
  submitted: Date;
  now: Date;
  zone: string;
  calendars: Calendars;
  /** Where the life has got to today. */
  status: Status;
  /** Left lying on purpose, so that its promise is missed. */
  neglected: boolean;
  description?: string;
  /** So many days from now, at this hour; where none is said, chance finds a day. */
  visit?: { days: number; from: string };
}

export interface EventRow {
  number: number;
  kind: EventKind;
  visibility: Visibility;
  actor_id: string | null;
  actor_role: string;
  at: Date;
  payload: EventPayload;
}

const hour = 3_600_000;

/** Lives it. Every time lies between the submission and now. */
export function live(plan: Plan, luck: Chance) {
  const { type, customer, agent, submitted, now, status } = plan;
  const description = plan.description ?? tell(stories[type.code], customer.locale, luck);
  const form = answersTo(type, description, dayAt(submitted, plan.zone), luck);
  const id = keyAt(submitted);
  const events: EventRow[] = [];
  const messages: {
    id: string;
    author_id: string;
    author_role: string;
    visibility: Visibility;
    text: string;
    at: Date;
  }[] = [];
  let at = submitted;
  let firstResponse: Date | null = null;
  /** Since when the customer waits for another answer. */
  let asked: Date | null = null;

  const later = (hours: number) =>
    (at = new Date(Math.min(at.getTime() + hours * hour, now.getTime() - 60_000)));
  const happen = (
    kind: EventKind,
    by: 'customer' | 'agent' | 'system',
    payload: EventPayload = {},
    visibility: Visibility = 'public'
  ) =>
    events.push({
      number: events.length + 1,
      kind,
      visibility,
      actor_id: by === 'customer' ? customer.id : by === 'agent' ? agent.id : null,
      actor_role: by,
      at,
      payload
    });
  const say = (by: 'customer' | 'agent', text: string, visibility: Visibility = 'public') => {
    // Of two that were said in one breath, the second is the newer.
    const message = keyAt(new Date(at.getTime() + messages.length));
    const author_id = by === 'customer' ? customer.id : agent.id;
    messages.push({ id: message, author_id, author_role: by, visibility, text, at });
    happen(visibility === 'public' ? 'message' : 'note', by, { message }, visibility);
    if (by === 'agent' && visibility === 'public') firstResponse ??= at;
  };
  const words = (kind: keyof typeof talk) => luck.one(talk[kind][customer.locale]);
  const become = (from: Status, to: Status, by: 'customer' | 'agent' | 'system') =>
    happen('status', by, { from, status: to });

  happen('submitted', 'customer');
  const taken = status !== 'submitted' && !(status === 'cancelled' && luck.falls(0.6));
  if (taken) {
    later(plan.neglected ? luck.whole(60, 120) : luck.whole(1, 7));
    happen('assigned', 'agent', { agent: agent.id, team: agent.team });
    become('submitted', 'open', 'agent');
    later(luck.next() * 2);
    if (luck.falls(0.25)) say('agent', luck.one(notes), 'internal');
    say('agent', words('answer'));
  }
  if (taken && (status === 'waiting' || luck.falls(0.35))) {
    later(luck.whole(1, 20));
    say('agent', words('ask'));
    become('open', 'waiting', 'agent');
    if (status !== 'waiting') {
      later(luck.whole(2, 40));
      say('customer', words('reply'));
      become('waiting', 'open', 'customer');
      asked = at;
    }
  }
  const visit =
    status === 'scheduled' || (type.needs.appointment && taken && luck.falls(0.6)) ? bookVisit() : null;
  if (status === 'resolved' || status === 'closed') {
    later(luck.whole(3, 60));
    say('agent', words('done'));
    become(visit ? 'scheduled' : 'open', 'resolved', 'agent');
  }
  const resolved = status === 'resolved' || status === 'closed' ? at : null;
  if (status === 'closed') {
    const thanked = luck.falls(0.4);
    later(thanked ? luck.whole(1, 48) : 14 * 24);
    if (thanked) say('customer', words('thanks'));
    become('resolved', 'closed', thanked ? 'customer' : 'system');
  }
  if (status === 'cancelled') {
    later(luck.whole(1, 30));
    become(taken ? 'open' : 'submitted', 'cancelled', 'customer');
  }
  const ended = status === 'closed' || status === 'cancelled' ? at : null;

  const { priority, comes_first, pledge, wish } = urgencyOf(type, form.answers);
  const promises = promisesOf(plan.calendars, pledge, submitted, wish).map(
    ({ kind, minutes, hours, due_at, begins_at }) => {
      const met = kind === 'first_response' ? firstResponse : resolved;
      const due = due_at ?? now;
      const base = {
        ...{ id: randomUUIDv7(), request_id: id, kind, minutes, hours, begins_at },
        started_at: submitted
      };
      if (met)
        return {
          ...base,
          state: met <= due ? 'kept' : 'missed',
          due_at: due,
          minutes_left: null,
          ended_at: met
        };
      if (ended) return { ...base, state: 'dropped', due_at: due, minutes_left: null, ended_at: ended };
      if (due < now) return { ...base, state: 'missed', due_at: due, minutes_left: null, ended_at: null };
      if (status === 'waiting')
        return {
          ...base,
          state: 'paused',
          due_at: null,
          minutes_left: Math.max(30, Math.round(minutes / 2)),
          ended_at: null
        };
      return { ...base, state: 'running', due_at: due, minutes_left: null, ended_at: null };
    }
  );

  const [first] = promises;
  if (asked && status === 'open' && first) {
    const { minutes, hours } = first;
    const { due_at } = start(plan.calendars[hours], minutes, asked);
    const late = due_at !== null && due_at < now;
    promises.push({
      ...{ id: randomUUIDv7(), request_id: id, kind: 'next_response', minutes, hours, started_at: asked },
      ...{ state: late ? 'missed' : 'running', due_at: due_at ?? now, minutes_left: null, ended_at: null },
      begins_at: null
    });
  }

  // A promise that was missed is owned up to on the timeline, and the request is still due by it.
  const open = status === 'submitted' || status === 'open' || status === 'scheduled';
  const owed = promises.filter(({ ended_at }) => ended_at === null);
  for (const { kind, due_at, state } of owed) {
    if (state === 'missed' && due_at && open) happenAt(due_at, kind);
  }
  const next = open
    ? owed.filter(({ due_at }) => due_at).sort((a, b) => Number(a.due_at) - Number(b.due_at))[0]
    : null;

  return {
    request: {
      id,
      reference: referenceFrom(Uint8Array.from({ length: 8 }, () => luck.whole(0, 255))),
      requester_id: customer.id,
      account_id: type.needs.account === 'none' ? null : customer.account,
      premises_id: type.needs.account === 'none' ? null : customer.premises,
      service_type: type.code,
      service_version: type.version,
      private: type.private,
      description: form.description,
      answers: form.answers,
      contact: form.contact,
      channel: 'web',
      locale: customer.locale,
      status,
      merged_into: null as string | null,
      priority,
      comes_first,
      team_id: agent.team,
      agent_id: taken ? agent.id : null,
      last_number: events.length,
      due_at: next?.due_at ?? 'infinity',
      rests_until: next?.begins_at && next.begins_at > now ? next.begins_at : null,
      wished_at: wish && endOfWish(plan.calendars, wish),
      work_began_at: null,
      visit_on: visit?.visit_on ?? null,
      visit_from: visit?.visit_from ?? null,
      visit_to: visit?.visit_to ?? null,
      submitted_at: submitted,
      first_response_at: firstResponse,
      resolved_at: resolved,
      closed_at: ended,
      updated_at: at
    },
    events: events.map((event) => ({ ...event, request_id: id })),
    messages: messages.map((message) => ({ ...message, request_id: id })),
    promises
  };

  function bookVisit() {
    later(luck.whole(1, 6));
    const from = plan.visit?.from ?? luck.one(['08:00', '10:00', '13:00', '15:00']);
    const days = plan.visit?.days ?? luck.whole(1, 9);
    const on = new Date((status === 'scheduled' ? now : at).getTime() + days * 24 * hour);
    const booked = {
      visit_on: dayAt(on, plan.zone),
      visit_from: from,
      visit_to: `${String(Number(from.slice(0, 2)) + 2).padStart(2, '0')}:00`
    };
    become('open', 'scheduled', 'agent');
    happen('visit', 'agent', booked);
    return booked;
  }

  function happenAt(when: Date, promise: string) {
    at = when > at ? when : at;
    happen('promise', 'system', { promise, state: 'missed' });
  }
}

/** A key as old as what it names: the newest are found by it. */
export function keyAt(at: Date): string {
  const time = at.getTime().toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}${randomUUIDv7().slice(13)}`;
}

function tell(story: { en: string[]; es: string[] } | undefined, locale: Locale, luck: Chance): string {
  const told = story?.[locale].length ? story[locale] : (story?.en ?? []);
  return told.length > 0 ? luck.one(told) : '';
}
