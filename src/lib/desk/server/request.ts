/** A request as the desk works on it: its timeline, its promises, the customer at hand, and who could have it. */
import { sql } from 'kysely';
import { readAccounts, readCustomer } from '#lib/accounts/server/customers.ts';
import type { PersonActor } from '#lib/platform/actor.ts';
import { together, type Db } from '#lib/platform/server/db.ts';
import { lettersFailSince } from '#lib/platform/server/mail.ts';
import { listColleagues, listTeams } from '#lib/people/server/staff.ts';
import {
  canCancel,
  canGiveTo,
  canLink,
  canReply,
  canTake,
  canWorkOn,
  statusesByHand
} from '#lib/requests/access.ts';
import { photosOf } from '#lib/files/server/of-readings.ts';
import { listAttachments } from '#lib/files/server/queries.ts';
import { definitionOf } from '#lib/catalogue/server/catalogue.ts';
import { aboutOf } from '#lib/requests/server/about.ts';
import { readDeskDrafts } from '#lib/requests/server/desk-drafts.ts';
import { getRequest, type RequestRow } from '#lib/requests/server/queries.ts';
import { mergedInto, mergeTargets } from '#lib/requests/server/merge.ts';
import { othersAt } from './presence.ts';
import { readUpTo, written } from '#lib/requests/server/read-positions.ts';
import { readPromises, readTimeline, referenceOf } from '#lib/requests/server/timeline-queries.ts';

/**
 * Everything beside a request that its page shows, as it was at one moment: a change between two questions would be in
 * the timeline while the number of the last one is not, and then whoever answers it has not "seen" it. `today` is the
 * utility's local day.
 */
export function readForDesk(db: Db, actor: PersonActor, reference: string, today: string) {
  const atOneMoment = db.transaction().setIsolationLevel('repeatable read');
  return atOneMoment.execute(async (tx) => {
    const request = await getRequest(tx, actor, reference);
    const { id, requester_id } = request;
    const about = await together(tx, (one) =>
      allOf({
        definition: definitionOf(one, request.service_type, request.service_version),
        timeline: readTimeline(one, id),
        promises: readPromises(one, id),
        attachments: listAttachments(one, actor, id),
        linked: referenceOf(one, request.linked_to),
        subject: aboutOf(one, id),
        survivor: referenceOf(one, request.merged_into),
        merged: mergedInto(one, id),
        present: othersAt(one, actor, id),
        read: readUpTo(one, id),
        drafts: readDeskDrafts(one, id),
        customer: requester_id ? readCustomer(one, requester_id) : undefined,
        lettersFail: requester_id ? lettersFailSince(one, requester_id) : null,
        // Whose account it is about is said by the request; where it is not, all that the customer has may matter.
        accounts: requester_id && !request.account_id ? readAccounts(one, requester_id) : [],
        others: requester_id ? requestsOf(one, requester_id, { besides: id, most: 6 }) : [],
        elsewhere: requester_id ? requestsElsewhere(one, requester_id, id) : [],
        owners: ownersFor(one, actor, request),
        targets: mergeTargets(one, actor, request)
      })
    );
    const { owners, targets, ...beside } = about;
    const reading = beside.subject?.kind === 'reading' ? beside.subject.id : null;
    const photos = reading ? (await photosOf(tx, actor, [reading]))[reading] : undefined;

    return {
      request,
      ...beside,
      /** Of the dial, where it is about a reading that came with one. */
      photos: photos ?? [],
      may: {
        take: canTake(actor, request),
        work: canWorkOn(actor, request),
        link: canLink(actor, request),
        reply: canReply(actor, request, new Date()),
        cancel: canCancel(actor, request, today),
        owners,
        mergeInto: targets,
        statuses: statusesByHand(actor, request)
      }
    };
  });
}

/** All of it at once: what is asked in one transaction travels together. */
async function allOf<Asked extends Record<string, unknown>>(asked: Asked) {
  const answers = await Promise.all(Object.values(asked));
  // The answers stand in the order of the questions.
  return Object.fromEntries(Object.keys(asked).map((name, at) => [name, answers[at]])) as {
    [name in keyof Asked]: Awaited<Asked[name]>;
  };
}

/** What a customer has asked for, newest first, as far as the asker may see it. */
export function requestsOf(
  db: Db,
  personId: string,
  { besides = null, most }: { besides?: string | null; most: number }
) {
  return db
    .selectFrom('request as r')
    .select([
      'r.reference',
      'r.service_type',
      'r.service_version',
      'r.status',
      'r.submitted_at',
      written.as('written')
    ])
    .where('r.requester_id', '=', personId)
    .$if(besides !== null, (query) => query.where('r.id', '!=', besides))
    .orderBy('r.submitted_at', 'desc')
    .orderBy('r.id', 'desc')
    .limit(most)
    .execute();
}

/** What other teams have of a customer and this agent does not see: references by team, to be opened with a reason. */
export async function requestsElsewhere(db: Db, personId: string, besides: string | null = null) {
  const { rows } = await sql<{ reference: string; team: string | null }>`
    select reference, team from requests_elsewhere(${personId}, ${besides}::uuid)`.execute(db);
  return [...Map.groupBy(rows, ({ team }) => team ?? '')].map(([team, found]) => ({
    team,
    references: found.map(({ reference }) => reference)
  }));
}

/** The teams that this actor may give the request to, each with its people; people without a team come last. */
async function ownersFor(db: Db, actor: PersonActor, request: RequestRow) {
  const [teams, colleagues] = await Promise.all([listTeams(db), listColleagues(db)]);
  const all = [...teams, { id: null, name: null }];
  return all
    .filter(({ id }) => canGiveTo(actor, request, id ?? request.team_id))
    .map((team) => ({ ...team, colleagues: colleagues.filter(({ team_id }) => team_id === team.id) }))
    .filter(({ id, colleagues: people }) => id !== null || people.length > 0);
}
