/** The event hub of a process: reads the feed once for everybody, and hands each change to those who may hear it. */
import { isStaff, nobody, type Asker } from '#lib/platform/actor.ts';
import type { Database } from '#lib/platform/server/db.ts';
import { isAfter, writePosition, type Position } from '../position.ts';
import type { Gauge, News, Topic } from './topic.ts';
import { isKnown, newest, standings } from './queries.ts';
import type { Stream } from './streams.ts';
import { watch } from './watch.ts';

/** A reader further behind than this many changes fetches its page anew instead of being told of each. */
const mostReplayed = 500;

/** All tabs of a browser share one stream. A few more may hang on lines that died without a word. */
const mostPerSession = 8;

/** After an hour a browser comes back by itself, and what it may hear is looked up again. */
const longest = 60 * 60_000;

interface Reader {
  actor: Asker;
  stream: Stream;
  session: string;
  since: number;
  /** Their role, team and memberships as they were when the stream began. */
  standing: string;
  /** What they may see, as the owner of the topic has it. */
  sight: unknown;
  /** Changes that arrive while something is being looked up, before which they must not be told. */
  held: News[] | null;
}

/** Whatever a topic is about, the hub handles its news in one way. */
type AnyTopic = Topic<News, unknown>;

/** Somebody who joins: from a position they have seen up to, or from none that can be read. */
export interface Joining {
  actor: Asker;
  /** The session of whoever has signed in; of a visitor, the digest of their cookie. */
  session: string;
  stream: Stream;
  from: Position | null;
}

export interface Hub {
  /** Everything up to here can be seen by a page that is read from now on. */
  position(): Position;
  join(reader: Joining): Promise<void>;
  /** Tells those outside the house who hear of it something that is true for a moment, and kept nowhere. */
  pass(event: string, item: News): void;
  /** Looks for news. Called on every ring of the bell, and once a second. */
  look(): void;
  stop(): void;
}

/** Whoever owns the topic, or knows how something stands, hands it in, and with it the rule that says who hears of what. */
export function openHub(database: Database, topic: AnyTopic, gauges: readonly Gauge[] = []): Hub {
  const db = database.as(nobody);
  const sessions = new Map<string, Set<Reader>>();
  const begun = Promise.withResolvers<void>();
  let position: Position = { xid: 0n, seq: 0n };
  let looking = false;
  let again = false;
  let stopped = false;

  const watched = gauges.map((gauge) =>
    watch(db, gauge, (data) => {
      for (const { actor, stream } of readers()) if (gauge.hears(actor)) stream.send(gauge.event, data);
    })
  );

  const everySecond = setInterval(() => {
    look();
    void dismissThoseWhoLeft().catch(() => {});
  }, 1000).unref();
  look();

  function* readers() {
    for (const theirs of sessions.values()) yield* theirs;
  }

  function look() {
    for (const one of watched) one.look();
    again = true;
    if (!looking) void lookWhileAsked();
  }

  async function lookWhileAsked() {
    looking = true;
    while (again) {
      again = false;
      // The database is away; a second later it may be back.
      await catchUp().catch(() => {});
    }
    looking = false;
  }

  async function catchUp() {
    if (position.xid === 0n) {
      position = await newest(db);
      begun.resolve();
    }
    for (;;) {
      const news = await topic.after(db, position, mostReplayed);
      for (const change of news) {
        for (const reader of readers()) tell(reader, change);
        position = change.position;
      }
      if (news.length < mostReplayed) return;
    }
  }

  const hears = (reader: Reader, item: News) => topic.hears(reader.actor, reader.sight, item);

  function send({ actor, stream }: Reader, item: News) {
    stream.send('change', topic.told(actor, item), writePosition(item.position));
  }

  function tell(reader: Reader, change: News) {
    if (reader.held) hold(reader, reader.held, change);
    else if (topic.changesSight(reader.actor, change)) void lookAgain(reader, change);
    else if (hears(reader, change)) send(reader, change);
  }

  /** Whoever is looked up for so long that much happens meanwhile comes back, and resumes. */
  function hold(reader: Reader, held: News[], change: News) {
    if (held.push(change) > mostReplayed) leave(reader);
  }

  /** What somebody did has changed what they may see: a request was opened, or given away. */
  async function lookAgain(reader: Reader, change: News) {
    reader.held = [];
    try {
      reader.sight = await topic.sightOf(database.as(reader.actor), reader.actor);
    } catch {
      return leave(reader);
    }
    if (hears(reader, change)) send(reader, change);
    release(reader);
  }

  function release(reader: Reader) {
    const held = reader.held ?? [];
    reader.held = null;
    for (const change of held) tell(reader, change);
  }

  /** A stream ends within a second of sign-out, a changed role or team, or a changed membership. */
  async function dismissThoseWhoLeft() {
    if (sessions.size === 0) return;
    // Who joins while we ask was not asked about, and stays.
    const here = [...readers()];
    const signedIn = here.filter(({ actor }) => actor.kind === 'person');
    const now = await standings(db, [...new Set(signedIn.map(({ session }) => session))]);
    const tooOld = Date.now() - longest;
    for (const reader of here) {
      if (reader.actor.kind === 'person' && now.get(reader.session) !== reader.standing) dismiss(reader);
      else if (reader.since < tooOld) leave(reader);
    }
  }

  function dismiss(reader: Reader) {
    reader.stream.send('dismissed', {});
    leave(reader);
  }

  /** The browser comes back by itself, unless it was dismissed. */
  function leave(reader: Reader) {
    reader.stream.end();
    forget(reader);
  }

  function forget(reader: Reader) {
    const theirs = sessions.get(reader.session);
    theirs?.delete(reader);
    if (theirs?.size === 0) sessions.delete(reader.session);
  }

  /** Remembers a reader, and lets go of the oldest of a session that has too many. */
  function remember(reader: Reader) {
    const theirs = sessions.get(reader.session) ?? new Set();
    sessions.set(reader.session, theirs.add(reader));
    reader.stream.onEnd(() => forget(reader));
    const [oldest] = theirs;
    if (oldest && theirs.size > mostPerSession) leave(oldest);
  }

  return {
    position: () => position,
    look,
    pass(event, item) {
      for (const reader of readers())
        if (!isStaff(reader.actor) && !reader.held && hears(reader, item))
          reader.stream.send(event, topic.told(reader.actor, item));
    },
    stop() {
      stopped = true;
      clearInterval(everySecond);
      for (const reader of readers()) leave(reader);
    },
    async join({ actor, session, stream, from }) {
      if (stopped) return stream.end();
      await begun.promise;
      const standing = actor.kind === 'person' ? (await standings(db, [session])).get(session) : '';
      // Also when it changed between the door and here: what they may hear goes by who they are.
      const isSame = actor.kind === 'visitor' || standing?.startsWith(`${actor.role}:${actor.team ?? ''}:`);
      // Changes are held from before the look-ups on, so that none can fall between them and the stream.
      const reader: Reader = {
        ...{ actor, session, stream, standing: standing ?? '', since: Date.now(), held: [] },
        sight: null
      };
      remember(reader);
      if (!isSame) return dismiss(reader);

      const here = position;
      reader.sight = await topic.sightOf(database.as(actor), actor);

      const missed = await missedBetween(from, here);
      if (missed) for (const change of missed) if (hears(reader, change)) send(reader, change);
      if (!missed) stream.send('reset', {});
      // Only now: whoever is cut off before this resumes from before what they missed.
      stream.send('hello', {}, writePosition(here));
      for (const { event, newest, hears } of watched)
        if (hears(actor) && newest() !== undefined) stream.send(event, newest());
      release(reader);
    }
  };

  /** What a reader has missed who has seen up to `from`; null when nobody can tell, or it is too much. */
  async function missedBetween(from: Position | null, here: Position) {
    if (!from) return null;
    // Ahead of us may be another process. Ahead of the database is another database, or one set back.
    if (!isAfter(here, from)) return (await isKnown(db, from)) ? [] : null;
    const missed = await topic.after(db, from, mostReplayed);
    return missed.length < mostReplayed ? missed.filter((change) => !isAfter(change.position, here)) : null;
  }
}
