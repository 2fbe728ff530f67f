/** What of a request travels to the desk's page: facts and words, without the rows they came from. */
import { definitionOf } from '#lib/catalogue/server/catalogue.ts';
import type { readForDesk } from '#lib/desk/server/request.ts';
import { findAccounts } from '#lib/accounts/server/account-search.ts';
import { candidatesOf } from '#lib/desk/server/candidates.ts';
import { saidAccountIn, type SaidAccount } from '#lib/requests/said-account.ts';
import { showAnswers } from '#lib/forms/answers.ts';
import type { Answers } from '#lib/forms/form.ts';
import type { PersonActor } from '#lib/platform/actor.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { visitOf } from '#lib/visits/server/booking.ts';
import { isOpen } from '#lib/requests/status.ts';
import type { Locale } from '#lib/platform/language.ts';
import { firstNews } from '#lib/requests/news.ts';
import { nextClock } from '#lib/desk/time-left.ts';
import { titleOf, writtenIn } from '#lib/requests/title.ts';

type Opened = Awaited<ReturnType<typeof readForDesk>>;

export async function shown({ db, locale }: App.Locals, actor: PersonActor, opened: Opened) {
  const { request, definition, promises, others, merged, may } = opened;
  const named = <Kind extends Named>(rows: readonly Kind[]) => withTypes(db, rows, locale);
  // Both columns hold what readAnswers made of a form.
  const answers = request.answers as Answers;
  const contact = request.contact as Answers;
  const clock = { now: new Date(), zone: config.timeZone };
  const { visit, slots } = isOpen(request.status)
    ? await visitOf(db, actor, request, clock)
    : { visit: null, slots: [] };
  const said = saidAccountIn(contact);
  const { reference, status, priority, comes_first, description, visit_on, visit_from, visit_to } = request;

  return {
    ...{ reference, status, priority, comes_first, description, visit_on, visit_from, visit_to },
    // The check of the table keeps the column to these.
    channel: request.channel as Channel,
    title: titleOf(writtenIn(request), definition.name[locale]),
    type: definition.name[locale],
    private: request.private,
    about: opened.subject,
    photos: opened.photos,
    last_number: request.last_number,
    submitted_at: request.submitted_at,
    resolved_at: request.resolved_at,
    work_began_at: request.work_began_at,
    agent: request.agent_id && { id: request.agent_id, name: request.agent_name ?? '' },
    team: request.team_name,
    logged: request.logged_by !== null,
    answers: showAnswers(definition, answers, locale),
    contact: showAnswers(definition, contact, locale),
    caller: {
      name: textOf(contact['caller_name']),
      phone: textOf(contact['caller_phone']),
      email: textOf(contact['caller_email'])
    },
    accounts: request.account_number
      ? [{ number: request.account_number, places: placesOf(request.premises_line, request.premises_town) }]
      : opened.accounts.map(({ number, premises }) => ({
          number,
          places: premises.flatMap(({ line, town }) => placesOf(line, town))
        })),
    // Whose customer wrote it and has not shown that the account is theirs.
    link: {
      said,
      linked: request.account_linked_at !== null,
      theirs: opened.accounts.map(({ id }) => id),
      candidates:
        may.link && !request.account_id && said
          ? candidatesOf(opened.accounts, await findAccounts(db, saidFor(said), 4))
          : []
    },
    promises,
    visiting: visit !== null,
    // A visit that its customer may pick a time for: not of a kind that always has one.
    needs_visit: definition.needs.appointment ? null : request.needs_visit,
    // What has no visit as a rule is arranged by day and hours.
    slots: (definition.needs.appointment || request.needs_visit ? slots : []).map(
      ({ id, on_day, from_time, to_time, free }) => ({
        id,
        on_day,
        from_time,
        to_time,
        free
      })
    ),
    clock: nextClock(promises),
    timeline: opened.timeline,
    // Whoever comes for the first time reads all of it.
    new_from:
      opened.read === null ? null : firstNews(opened.timeline, opened.read, { id: actor.id, staff: true }),
    attachments: opened.attachments,
    linked: opened.linked,
    present: opened.present,
    customer: opened.customer ? { ...opened.customer, letters_fail: opened.lettersFail } : null,
    others: await named(others),
    elsewhere: opened.elsewhere,
    survivor: opened.survivor,
    merged: await named(merged),
    drafts: opened.drafts,
    may: { ...may, mergeInto: await named(may.mergeInto.map(onlyShown)) }
  };
}

/** Requests with the name of what they ask for, in the words of the version they were made with. */
function withTypes<Kind extends Named>(db: App.Locals['db'], rows: readonly Kind[], locale: Locale) {
  return Promise.all(
    rows.map(async ({ service_type, service_version, written, ...row }) => {
      const type = (await definitionOf(db, service_type, service_version)).name[locale];
      return { ...row, type, title: titleOf(written, type) };
    })
  );
}

const onlyShown = ({
  reference,
  service_type,
  service_version,
  status,
  submitted_at,
  written
}: MergeTarget) => ({
  ...{ reference, service_type, service_version, status, submitted_at, written }
});

interface Named {
  service_type: string;
  service_version: number;
  written: string;
}

type MergeTarget = Opened['may']['mergeInto'][number];

const placesOf = (line: string | null, town: string | null) => (line ? [`${line}, ${town ?? ''}`] : []);

const saidFor = ({ number, address }: SaidAccount) => ({ number, words: address });

type Channel = 'web' | 'phone' | 'counter' | 'chat' | 'email' | 'api';

export type ShownRequest = Awaited<ReturnType<typeof shown>>;

const textOf = (answer: unknown) => (typeof answer === 'string' && answer !== '' ? answer : null);
