/** Every kind of change that a request and an emergency can undergo, as stories made with the product's own commands. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Status } from '#lib/requests/status.ts';
import type { EventKind } from '#lib/requests/timeline.ts';
import { visitLetters } from '#lib/visits/server/letters.ts';
import { requestJobs } from '#lib/requests/server/jobs.ts';
import { assignRequest, takeRequest } from '#lib/requests/server/assignment.ts';
import { mergeRequest } from '#lib/requests/server/merge.ts';
import {
  beginWork,
  bookVisit,
  cancelRequest,
  confirmRequest,
  reopenRequest,
  setPriority,
  setStatus
} from '#lib/requests/server/transitions.ts';
import { letGo } from '#lib/requests/server/offboarding.ts';
import { openRequest } from '#lib/desk/server/break-glass.ts';
import { addNote, replyToRequest } from '#lib/requests/server/messages.ts';
import { record } from '#lib/requests/server/timeline.ts';
import { signature } from '../../tests/support/clamd-server.ts';
import type { Sent, Somebody, Town } from './town.ts';

/** Of letters that nobody gets. */
const head = {
  ...{ origin: 'https://hearth.example', utilityName: '', emergencyPhone: '', timeZone: 'UTC', secret: '' },
  jurisdiction: 'US' as const
};

/** What happens to one request, from its beginning on. `then` names each change and makes it. */
export interface Story {
  name: string;
  begin: () => Promise<string>;
  then: [change: string, make: (reference: string) => Promise<unknown>][];
}

export interface Cast {
  ada: Somebody;
  grace: Somebody;
  sam: Somebody;
  ruth: Somebody;
  /** The id of one of Grace's team, who leaves on the way. */
  leaver: string;
  /** A team that Grace is not in. */
  otherTeam: string;
}

const fixture = (name: string) => readFileSync(join(import.meta.dirname, '../../tests/fixtures', name));

export const photo = (): Sent => ({ name: 'meter.heic', type: 'image/heic', content: fixture('phone.heic') });
const film = (): Sent => ({ name: 'dial.mp4', type: 'video/mp4', content: fixture('film.mp4') });
/** So long that it has been sent before it is looked through: what was found before that is told nobody. */
const infected = (): Sent => ({
  name: 'letter.pdf',
  type: 'application/pdf',
  content: Buffer.concat([Buffer.alloc(20_000_000, '%PDF-1.4\n'), Buffer.from(`${signature}\n%%EOF\n`)])
});

export function storiesOf(town: Town, { ada, grace, sam, ruth, leaver, otherTeam }: Cast): Story[] {
  const today = new Date().toISOString().slice(0, 10);
  const dayIn = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

  const seenOf = async (reference: string) => ({ seen: (await town.requestOf(reference)).seen });
  const asStaff =
    <T>(
      by: Somebody,
      act: (db: Somebody['db'], by: Somebody, ref: string, more: T & { seen: number }) => Promise<unknown>,
      more: T
    ) =>
    async (reference: string) =>
      act(by.db, by, reference, { ...more, ...(await seenOf(reference)) });

  const take = (by: Somebody) => asStaff(by, takeRequest, {});
  const give = (by: Somebody, agent: string | null, team: string | null) =>
    asStaff(by, assignRequest, { agent, team });
  const to = (status: Status, by = grace) => asStaff(by, setStatus, { status });
  const visit = (days: number) =>
    asStaff(grace, bookVisit, { visit_on: dayIn(days), visit_from: '08:00', visit_to: '12:00', today });

  const say =
    (
      by: Somebody,
      text: string,
      { files = [], then }: { files?: Sent[]; then?: 'open' | 'waiting' | 'resolved' } = {}
    ) =>
    async (reference: string) => {
      const key = randomUUID();
      const attachments = await town.upload(by, key, files);
      const seen = by.role === 'customer' ? {} : await seenOf(reference);
      await replyToRequest(by.db, by, reference, { key, text, attachments, ...seen, ...(then && { then }) });
      await prepared(attachments);
    };

  const note = (files: Sent[]) => async (reference: string) => {
    const key = randomUUID();
    const attachments = await town.upload(grace, key, files);
    await addNote(grace.db, grace, reference, { key, text: 'Between us: look twice.', attachments });
    await prepared(attachments);
  };

  /** Until the worker has looked through them all, and has said so on the timeline. */
  async function prepared(files: string[]) {
    for (const end = Date.now() + 120_000; Date.now() < end && files.length > 0; await pause(200)) {
      const states = await town.rows<{ state: string }>('select state from attachment where id = any ($1)', [
        files
      ]);
      if (states.every(({ state }) => state === 'ready' || state === 'rejected')) return;
    }
  }

  const cancel = (by: Somebody) => async (reference: string) =>
    cancelRequest(by.db, by, reference, {
      today,
      ...(by.role !== 'customer' && { reason: 'Asked for twice.', ...(await seenOf(reference)) })
    });

  const merge = async (reference: string) =>
    mergeRequest(sam.db, sam, reference, { into: await town.ask(ada), ...(await seenOf(reference)) });
  /** What the timeline knows and nothing does to a request that all of them may look on at. */
  const justRecorded = (kind: EventKind) => async (reference: string) => {
    const { id } = await town.requestOf(reference);
    await sam.db.transaction().execute((tx) => record(tx, id, { kind, payload: { reference } }));
  };

  const jobs = requestJobs({ send: async () => {}, close: () => {} }, head, visitLetters(head));
  const timeRunsOut = async (reference: string) => {
    const { id } = await town.requestOf(reference);
    await town.rows(
      `update promise set due_at = now() - interval '1 minute' where request_id = $1 and state = 'running'`,
      [id]
    );
    await jobs['requests.miss_promises'](town.worker, {});
  };
  const twoWeeksPass = async (reference: string) => {
    const { id } = await town.requestOf(reference);
    await town.rows('alter table request disable trigger request_guard');
    await town.rows(`update request set resolved_at = now() - interval '15 days' where id = $1`, [id]);
    await town.rows('alter table request enable trigger request_guard');
    await jobs['requests.close_resolved'](town.worker, {});
  };

  const asked = () => town.ask(ada);

  return [
    {
      name: 'all that is said and done',
      begin: () => town.ask(ada, { files: [photo()] }),
      then: [
        ['an agent takes it', take(grace)],
        ['another priority', asStaff(grace, setPriority, { priority: 2 })],
        ['a note with a file', note([photo()])],
        [
          'a message of the customer with files, one of them infected',
          say(ada, 'Here it is.', { files: [photo(), film(), infected()] })
        ],
        ['an answer, which keeps a promise', say(grace, 'Thank you.', { then: 'open' })],
        ['work begins', asStaff(grace, beginWork, {})],
        ['a visit is booked', visit(3)],
        ['the visit is moved', visit(5)],
        ['staff ask back', say(grace, 'At which door?', { then: 'waiting' })],
        ['the customer answers', say(ada, 'The blue one.')],
        ['a promise is missed', timeRunsOut],
        ['linked', justRecorded('linked')],
        [
          'another is merged into it',
          async (reference) => {
            const other = await town.ask(ada);
            await mergeRequest(sam.db, sam, other, { into: reference, ...(await seenOf(other)) });
          }
        ],
        ['details', justRecorded('details')],
        ['said to be about an account', justRecorded('account')],
        ['resolved with an answer', say(grace, 'It is done.', { then: 'resolved' })],
        ['reopened by the customer', (reference) => reopenRequest(ada.db, ada, reference)],
        ['resolved by hand', to('resolved')],
        ['confirmed by the customer', (reference) => confirmRequest(ada.db, ada, reference)]
      ]
    },
    {
      name: 'from hand to hand',
      begin: asked,
      then: [
        ['given to another team, out of sight', give(sam, null, otherTeam)],
        [
          'opened with a reason',
          (reference) => openRequest(grace.db, grace, reference, 'The caller asked for me.')
        ],
        ['a message while it is open by an opening', say(sam, 'We are on it.')],
        ['given to one of the first team', give(sam, grace.id, null)],
        ['taken by a supervisor', take(sam)],
        ['given to a team with nobody yet', give(sam, null, grace.team)],
        ['given to one who works beside her', give(sam, leaver, null)],
        [
          'who leaves, and it goes to another team',
          () => letGo(ruth.db, ruth, leaver, { agent: null, team: otherTeam })
        ]
      ]
    },
    {
      name: 'every way through its life',
      begin: asked,
      then: [
        ['submitted → open', to('open')],
        ['open → waiting', to('waiting')],
        ['waiting → open', to('open')],
        ['open → scheduled', visit(2)],
        ['scheduled → open', to('open')],
        ['open → waiting again', to('waiting')],
        ['waiting → scheduled', visit(4)],
        ['scheduled → waiting', to('waiting')],
        ['waiting → resolved', to('resolved')],
        ['resolved → open, by staff', to('open')],
        ['open → scheduled again', visit(6)],
        ['scheduled → resolved', to('resolved')],
        ['resolved → closed, by time', twoWeeksPass]
      ]
    },
    ended('submitted → waiting → cancelled, by staff', [to('waiting'), cancel(sam)]),
    ended('submitted → scheduled → cancelled, by the customer', [visit(3), cancel(ada)]),
    ended('submitted → resolved', [to('resolved')]),
    ended('submitted → cancelled', [cancel(ada)]),
    ended('open → cancelled', [to('open'), cancel(grace)]),
    ended('submitted → merged', [merge]),
    ended('open → merged', [to('open'), merge]),
    ended('waiting → merged', [to('waiting'), merge]),
    ended('scheduled → merged', [visit(3), merge]),
    { name: 'a call that is logged', begin: () => town.ask(grace, { requester: ada.id }), then: [] }
  ];

  function ended(name: string, moves: ((reference: string) => Promise<unknown>)[]): Story {
    return { name, begin: asked, then: moves.map((make, index) => [`${name} (${index + 1})`, make]) };
  }
}
