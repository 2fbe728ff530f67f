/** What the forms of the desk accept, and what they say when they do not. */
import * as v from 'valibot';
import { clean, isBlank, lengthOf } from '#lib/platform/cleaning.ts';
import type { WordKey } from '#lib/platform/words.ts';
import { isDay } from '#lib/platform/dates.ts';
import { deskTexts } from '#lib/requests/desk-text.ts';
import { statuses } from '#lib/requests/status.ts';

export const priorities = [1, 2, 3, 4] as const;
export type Priority = (typeof priorities)[number];

/** Where a reply may leave a request. */
export const outcomes = ['open', 'waiting', 'resolved'] as const;

export type DeskReading<Form> = { ok: true; value: Form } | { ok: false; problem: WordKey; field: string };

/** Reads a posted form by one of the schemas below; the first problem is told. */
export function readDeskForm<Form>(
  schema: v.GenericSchema<unknown, Form>,
  posted: FormData
): DeskReading<Form> {
  const result = v.safeParse(schema, Object.fromEntries(posted));
  if (result.success) return { ok: true, value: result.output };

  const [issue] = result.issues;
  // The schemas below give no other messages than keys of words.
  return { ok: false, problem: issue.message as WordKey, field: fieldOf(issue.path?.[0]?.key) };
}

const key = v.pipe(v.string('desk.stale_form'), v.uuid('desk.stale_form'));

/** The number of the last event on the page. Whoever sends none has seen nothing. */
const seen = v.pipe(
  v.fallback(v.string(), ''),
  v.transform((text) => (/^\d{1,9}$/.test(text) ? Number(text) : 0))
);

const text = (empty: WordKey, tooLong: WordKey, most: number) =>
  v.pipe(
    v.string(empty),
    v.transform((typed) => (isBlank(typed) ? '' : clean(typed).trim())),
    v.minLength(1, empty),
    v.check((typed) => lengthOf(typed) <= most, tooLong)
  );

const message = text('requests.reply_empty', 'requests.reply_too_long', 10_000);

export const ReplyForm = v.object({
  key,
  seen,
  text: message,
  then: v.fallback(v.picklist(outcomes), 'open')
});

export const NoteForm = v.object({ key, seen, text: message });

/** As it is being typed: whatever is too long is kept as far as it goes. */
export const DraftForm = v.object({
  form: v.picklist(deskTexts, 'desk.stale_form'),
  text: v.pipe(
    v.string('desk.stale_form'),
    v.transform((typed) => clean(typed).slice(0, 10_000))
  )
});

export const SeenForm = v.object({ seen });

/** `agent:` or `team:` and an id. */
export const AssignForm = v.pipe(
  v.object({
    seen,
    to: v.pipe(v.string('desk.choose_owner'), v.regex(/^(agent|team):[0-9a-f-]{36}$/, 'desk.choose_owner'))
  }),
  v.transform(({ seen, to }) => {
    const [kind, id = ''] = to.split(':');
    return { seen, agent: kind === 'agent' ? id : null, team: kind === 'team' ? id : null };
  })
);

export const PriorityForm = v.object({
  seen,
  priority: v.pipe(
    v.string('desk.choose_priority'),
    v.transform(Number),
    v.picklist(priorities, 'desk.choose_priority')
  )
});

export const StatusForm = v.object({ seen, status: v.picklist(statuses, 'desk.choose_status') });

export const CancelForm = v.object({
  seen,
  reason: text('desk.reason_empty', 'requests.reply_too_long', 10_000)
});

const time = v.pipe(v.string('desk.choose_times'), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'desk.choose_times'));

export const VisitForm = v.object({
  seen,
  visit_on: v.pipe(v.string('desk.choose_day'), v.check(isDay, 'desk.choose_day')),
  visit_from: time,
  visit_to: time
});

/** Whether its customer may pick a time for somebody to come. */
export const NeedsVisitForm = v.object({ seen, needs: v.picklist(['yes', 'no']) });

export const SlotForm = v.object({
  seen,
  slot: v.pipe(v.string('visits.choose_one'), v.uuid('visits.choose_one'))
});

export const OpenForm = v.object({
  reason: v.pipe(text('desk.reason_empty', 'desk.reason_too_long', 500), v.minLength(3, 'desk.reason_empty'))
});

/** A request is named by its reference. */
export const MergeForm = v.object({
  seen,
  into: v.pipe(v.string('desk.choose_request'), v.minLength(1, 'desk.choose_request'))
});

/** `account:premises`, either of which may be missing; nothing at all takes the link off again. */
export const LinkForm = v.pipe(
  v.object({
    seen,
    place: v.pipe(
      v.string('desk.choose_account'),
      v.regex(/^([0-9a-f-]{36}:([0-9a-f-]{36})?)?$/, 'desk.choose_account')
    )
  }),
  v.transform(({ seen, place }) => {
    const [account, premises] = place.split(':');
    return { seen, account: account || null, premises: premises || null };
  })
);

const fieldOf = (key: unknown) => (typeof key === 'string' ? key : '');
