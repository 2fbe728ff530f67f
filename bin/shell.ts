/** The shell before the pages: what does not belong in them is answered here. The same under `start` and `dev`. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { closeAuth } from '#lib/people/server/runtime.ts';
import type { VisitorActor } from '#lib/platform/actor.ts';
import { clientAddress } from '#lib/platform/client-address.ts';
import { httpStatus, Refusal } from '#lib/platform/refusal.ts';
import { safeHeaders } from '#lib/platform/safe-headers.ts';
import { isUnreachable } from '#lib/platform/server/db.ts';
import { openStorage } from '#lib/files/server/storage.ts';
import { log } from '#lib/platform/server/log.ts';
import { keepFirstWords } from '#lib/platform/server/first-words.ts';
import { closeRuntime, config, database, secure } from '#lib/platform/server/runtime.ts';
import { watchBody } from '#lib/platform/server/slow-bodies.ts';
import { openStream } from '#lib/events/server/streams.ts';
import { readPosition } from '#lib/events/position.ts';
import { filesPath, serveFile } from '#lib/files/server/serve.ts';
import { uploadsEndpoint, uploadsPath } from '#lib/files/server/uploads.ts';
import { heldBy } from '#lib/requests/server/feed.ts';
import { hub } from '#lib/requests/server/live.ts';
import { home, senderOf, whoComes } from './comers.ts';
import { dangerInName } from './file-names.ts';
import { hearForeign, isFromHere, sendOn } from './foreign-forms.ts';
import { bringsForm, forSafety, inTheirWords, readPosted } from './posted-forms.ts';
import { takeShortRoad, type Send } from './short-road.ts';

type Answer = (req: IncomingMessage, res: ServerResponse, url: URL) => unknown;

/** Whoever answers what the shell does not: the pages. They may be handed another request than came in. */
export type Pages = (req: IncomingMessage, res: ServerResponse) => void;

/** What the shell answers itself, by path. */
const mounted: [prefix: string, answer: Answer][] = [
  ['/health', (_req, res) => plain(res, 200, 'ok')],
  ['/ready', ready],
  ['/live', live],
  [uploadsPath, (req, res) => upload(req, res)],
  [filesPath, async (req, res) => serveFile(req, res, storage, await senderOf(req))]
];

/** What a program posts is no form, and is read sign by sign where its signature is checked. */
const fromPrograms = ['/payments/webhook', '/texts/webhook'];

const storage = openStorage(join(config.dataDir, 'files'));
const uploads = uploadsEndpoint(storage);
const uploading = new Set<IncomingMessage>();

const headers = safeHeaders({ secure });

/** Answers one request, or hands it on to the pages. With `send`, pages that have a short road take it. */
export function shell(req: IncomingMessage, res: ServerResponse, pages: Pages, send?: Send) {
  for (const [name, value] of headers) res.setHeader(name, value);
  watchBody(req, () => giveUp(req, res));
  const url = URL.parse(req.url ?? '/', home);
  if (!url) return plain(res, 400, 'This address cannot be read.');
  req.headers['x-client-address'] = clientAddress(
    req.socket.remoteAddress,
    req.headers['x-forwarded-for']?.toString(),
    config.trustProxy
  );
  req.headers['x-forwarded-proto'] = home.protocol.slice(0, -1);
  req.headers['x-forwarded-host'] = config.originGiven ? home.host : (req.headers.host ?? home.host);

  const [, answer] =
    mounted.find(([prefix]) => url.pathname === prefix || url.pathname.startsWith(`${prefix}/`)) ?? [];
  if (url.pathname === uploadsPath) void upload(req, res, pages).catch((error: unknown) => fail(res, error));
  else if (answer) void Promise.resolve(answer(req, res, url)).catch((error: unknown) => fail(res, error));
  else if (bringsForm(req) && !fromPrograms.includes(url.pathname))
    void posted(req, res, pages).catch((error: unknown) => fail(res, error));
  else if (send && req.method === 'GET')
    void takeShortRoad(req, url)
      .then((drawn) => (drawn ? send(req, res, drawn) : pages(req, res)))
      .catch((error: unknown) => fail(res, error));
  else pages(req, res);
}

/** What could go on for hours is broken off: streams at once, uploads in a moment. Both come back where they were. */
export function breakOff() {
  hub.stop();
  setTimeout(() => uploading.forEach((req) => req.destroy()), 2_000).unref();
}

/** Lets go of the database, when nothing is under way any more. */
export const closeShell = () => Promise.all([closeRuntime(), closeAuth()]);

async function upload(req: IncomingMessage, res: ServerResponse, pages?: Pages) {
  const heard = pages && (await dangerInName(req));
  if (heard) return pages(heard, res);
  uploading.add(req);
  res.once('close', () => uploading.delete(req));
  await uploads(req, res, await senderOf(req));
}

/** Forms are read before the pages see them, and heard where they cannot be read. */
async function posted(req: IncomingMessage, res: ServerResponse, pages: Pages) {
  const firstWords = keepFirstWords(req);
  const form = await readPosted(req, storage).catch(async (refusal: unknown) => {
    if (!(refusal instanceof Refusal)) throw refusal;
    const heard = await forSafety(req, await firstWords(), refusal);
    if (!heard) plain(res, httpStatus[refusal.kind], inTheirWords(req, refusal));
    return heard;
  });
  if (!form) return;
  const answer = isFromHere(req) ? form : await hearForeign(form);
  if (answer instanceof Response) await sendOn(answer, res);
  else pages(answer, res);
}

/** Whoever may still hear it is told; the line is closed all the same. */
function giveUp(req: IncomingMessage, res: ServerResponse) {
  if (res.headersSent) return void req.destroy();
  res.setHeader('connection', 'close').once('finish', () => req.destroy());
  plain(res, 408, 'This took too long to arrive. Please send it again.');
}

/** Ready when the database answers. */
async function ready(_req: IncomingMessage, res: ServerResponse) {
  await database.pool.query('select 1');
  plain(res, 200, 'ready');
}

/** The live stream of whoever is signed in, or talks with us as a visitor: every change they may see, from where they left off. */
async function live(req: IncomingMessage, res: ServerResponse, url: URL) {
  const { person, actor } = await whoComes(req);
  const session = actor.kind === 'visitor' ? await sessionOfVisitor(actor) : person?.session;
  if (!session || actor.kind === 'system') return plain(res, 401, 'Please sign in.');

  const from = readPosition(String(req.headers['last-event-id'] ?? url.searchParams.get('from') ?? ''));
  await hub.join({ actor, session, stream: openStream(res), from });
}

/** A visitor listens only for what is theirs. */
async function sessionOfVisitor(actor: VisitorActor) {
  const held = actor.visitor ? await heldBy(database.as(actor)) : new Set();
  return held.size > 0 ? actor.visitor : null;
}

export function plain(res: ServerResponse, status: number, text: string) {
  res
    .writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' })
    .end(text);
}

function fail(res: ServerResponse, error: unknown) {
  if (!isUnreachable(error)) log.error('the shell failed', { error });
  if (res.headersSent) res.destroy();
  else plain(res, 503, 'We cannot reach our records right now. Please try again in a few minutes.');
}
