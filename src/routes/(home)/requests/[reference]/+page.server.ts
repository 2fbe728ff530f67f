/** One request as its customer follows it, and what they can do about it. */
import { keyOf, textIn } from '#lib/platform/posted.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { PersonActor } from '#lib/platform/actor.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { longRoad, type Coming, type Reader } from '#lib/platform/server/short-road.ts';
import { canCancel, canConfirm, canFollowUp, canReopen, canReply } from '#lib/requests/access.ts';
import { isDisputing } from '#lib/requests/about.ts';
import { allAnswers } from '#lib/forms/answers.ts';
import type { Answers } from '#lib/forms/form.ts';
import { saidAccountIn } from '#lib/requests/said-account.ts';
import { writePosition } from '#lib/events/position.ts';
import { listUnsent } from '#lib/files/server/queries.ts';
import { followRequest } from '#lib/requests/server/customer-queries.ts';
import { firstNews } from '#lib/requests/news.ts';
import { hub } from '#lib/requests/server/live.ts';
import { cancelRequest, confirmRequest, reopenRequest } from '#lib/requests/server/transitions.ts';
import { noteRead } from '#lib/requests/server/read-positions.ts';
import { foundRequest, getRequest } from '#lib/requests/server/queries.ts';
import { rateVisit, visitRating } from '#lib/visits/server/rating.ts';
import { answer } from '../../../form-action.ts';
import { takeRating } from '../../rate.ts';
import { bookSlot, callOffVisit, visitMoney, visitOf } from '#lib/visits/server/booking.ts';
import { expectedOf } from '#lib/requests/server/waits.ts';
import { receiptOf } from '#lib/requests/server/submit.ts';
import { isEnded } from '#lib/requests/status.ts';
import { cameToNothing, takesVisit } from '#lib/visits/access.ts';
import { fallenIn, tellFallen } from '#lib/visits/fallen.ts';
import { isOwn } from '#lib/requests/timeline.ts';
import { dayAt, stepsOf, tellPlace, tellPromises, tellStatus } from '#lib/requests/status-text.ts';
import { titleOf, writtenIn } from '#lib/requests/title.ts';
import { isLookedAt } from '../../../looking.ts';
import { customer, replyIn, sendReply } from './reply.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const _page = { ask, show };

export const load: PageServerLoad = longRoad(_page);

async function ask({ db, actor, url, params: { reference = '' }, headers, words }: Coming) {
  const position = writePosition(hub.position());
  const given = url.searchParams.get('key');
  const { more: rating = null, ...followed } = await followRequest(
    db,
    actor,
    { reference, key: given },
    (one) => visitRating(one, actor, foundRequest)
  );
  const { request, definition, timeline, begun, read } = followed;
  const last = timeline.at(-1)?.number ?? 0;
  const now = new Date();
  // Under a key that was used nothing is begun any more: the next message gets one of its own.
  const key = begun?.key ?? (given && (await receiptOf(db, keyOf(given))) ? keyOf(null) : keyOf(given));
  const comes = takesVisit(request, definition);
  // A plain view asks and writes nothing more: only what is new to the reader is noted, and only what is begun looked up.
  const [unsent, visit, money, expected] = await Promise.all([
    begun || given ? listUnsent(db, actor, key) : [],
    comes ? visitOf(db, actor, request, { now, zone: config.timeZone }) : null,
    !comes && cameToNothing(timeline) ? visitMoney(db, request.id) : null,
    expectedOf(db, { ...request, ...followed }, { t: words(), zone: config.timeZone, now }),
    isLookedAt({ headers }) && last > (read ?? 0) ? noteRead(db, request.id, last) : null
  ]);
  return { ...followed, position, given, last, key, rating, unsent, visit, money, expected };
}

function show(asked: Awaited<ReturnType<typeof ask>>, { actor, url, t, now }: Reader) {
  const { request, definition, timeline, begun, read, about, given } = asked;
  const { position, last, key, unsent, visit, attachments, linked, survivor } = asked;
  const fell = fallenIn(request.status, timeline);
  return {
    position,
    last,
    newFrom:
      read === null && isEnded(request.status)
        ? null
        : firstNews(timeline, read ?? 0, { id: actor.id, staff: false }),
    key,
    safe: url.searchParams.get('safe') ?? '',
    begun: begun !== null || given !== null,
    typed: begun?.text ?? '',
    unsent,
    request: {
      reference: request.reference,
      status: request.status,
      submitted_at: request.submitted_at,
      resolved_at: request.resolved_at,
      closed_at: request.closed_at,
      agent: request.agent_name,
      team: request.team_name,
      account: request.account_number,
      premises: request.premises_line,
      // What they wrote of an account, until it is linked.
      said: request.account_id ? null : saidAccountIn(request.contact as Answers),
      private: request.private,
      about,
      holds: about?.kind === 'bill' && isDisputing(request.status),
      description: request.description,
      answers: allAnswers(request)
    },
    definition,
    timeline: timeline.map(({ actor_id, ...entry }) => ({
      ...entry,
      own: isOwn(actor, { actor_id, ...entry }, request.requester_id)
    })),
    promises: tellPromises(asked.promises, t, config.timeZone, now),
    attachments,
    linked,
    survivor,
    told: fell ? tellFallen(fell, t) : tellStatus(request, t, config.timeZone, now),
    place: tellPlace(asked.before, t),
    expected: asked.expected,
    visit,
    money: asked.money,
    rating: asked.rating,
    steps: stepsOf(request, t),
    title: titleOf(writtenIn(request), definition.name[t.locale]),
    kind: definition.name[t.locale],
    may: {
      reply: canReply(actor, request, now),
      followUp: canFollowUp(actor, request, now),
      cancel: canCancel(actor, request, dayAt(now, config.timeZone)),
      reopen: canReopen(actor, request, now),
      confirm: canConfirm(actor, request)
    }
  };
}

export const actions: Actions = {
  reply: async (event) => sendReply(event, replyIn(await event.request.formData())),
  cancel: (event) =>
    act(event, (actor) =>
      cancelRequest(event.locals.db, actor, event.params.reference, {
        today: dayAt(new Date(), config.timeZone)
      })
    ),
  book: async (event) => {
    const slot = textIn(await event.request.formData(), 'slot');
    return act(event, async (actor) => {
      if (!slot) refuse('invalid', 'visits.choose_time');
      return bookSlot(event.locals.db, actor, event.params.reference, { slot, ...clock() });
    });
  },
  call_off: (event) =>
    act(event, (actor) => callOffVisit(event.locals.db, actor, event.params.reference, clock())),
  rate: (event) =>
    takeRating(event, {
      see: (customer) => getRequest(event.locals.db, customer, event.params.reference),
      say: (customer, rating) => rateVisit(event.locals.db, customer, event.params.reference, rating)
    }),
  reopen: (event) => act(event, (actor) => reopenRequest(event.locals.db, actor, event.params.reference)),
  confirm: (event) => act(event, (actor) => confirmRequest(event.locals.db, actor, event.params.reference))
};

const clock = () => ({ now: new Date(), zone: config.timeZone });

/** A second click finds the thing done: that is shown as a sentence over the page, with nothing lost. */
function act({ locals, url }: RequestEvent, command: (actor: PersonActor) => Promise<unknown>) {
  const done = async () => (await command(customer(locals.actor)), url.pathname);
  return answer(locals.t, done, (refusal) => ({ refusal }));
}
