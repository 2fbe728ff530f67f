/** The event hub of a process: reads the feed once for everybody, and hands each change to those who may hear it. */
import { sql } from 'kysely';
import { isStaff, nobody, type PersonActor } from '#lib/platform/actor.ts';
import type { Database, Db } from '#lib/platform/server/db.ts';
import type { Stream } from '#lib/platform/server/streams.ts';
import { hears, isAfter, writePosition, type Change, type Listener, type Position } from '../feed.ts';

/** A reader further behind than this many changes fetches its page anew instead of being told of each. */
const mostReplayed = 500;

interface Reader extends Listener {
  db: Db;
  stream: Stream;
  session: string;
  standing: string | null;
  /** Changes that arrived while older ones were still being looked up. */
  held: Change[] | null;
}

export interface Hub {
  /** Everything up to here can be seen by a page that is read from now on. */
  position(): Position;
  /** Opens somebody's stream, from a position they have seen up to, or from now. */
  join(reader: {
    actor: PersonActor;
    session: string;
    db: Db;
    stream: Stream;
    from: Position | null;
  }): Promise<void>;
  /** Tells all staff something beside the feed; who joins later is told the newest of each kind. */
  announce(event: string, data: unknown): void;
  /** Looks for news. Called on every ring of the bell, and once a second. */
  look(): void;
  stop(): void;
}

export function openHub(database: Database): Hub {
  const db = database.as(nobody);
  const readers = new Set<Reader>();
  const announced = new Map<string, unknown>();
  let position: Position = { xid: 0n, seq: 0n };
  let looking: Promise<void> | null = null;
  let again = false;

  const everySecond = setInterval(() => {
    look();
    void dismissThoseWhoLeft().catch(() => {});
  }, 1000).unref();
  look();

  function look() {
    if (looking) {
      again = true;
      return;
    }
    looking = catchUp()
      .catch(() => {})
      .finally(() => {
        looking = null;
        if (again) {
          again = false;
          look();
        }
      });
  }

  async function catchUp() {
    if (position.xid === 0n) position = await newest(db);
    for (;;) {
      const news = await changesAfter(db, position, mostReplayed);
      for (const change of news) tell(change);
      const last = news.at(-1);
      if (last) position = last.position;
      if (news.length < mostReplayed) return;
    }
  }

  function tell(change: Change) {
    for (const reader of readers) {
      // Somebody opened a request of another team with a reason, perhaps this reader.
      if (change.kind === 'viewed' && reader.actor.role === 'agent') void lookAgain(reader);
      if (!hears(reader, change)) continue;
      if (reader.held) reader.held.push(change);
      else send(reader.stream, change);
    }
  }

  async function lookAgain(reader: Reader) {
    reader.opened = await openedBy(reader.db, reader.actor).catch(() => reader.opened);
  }

  /** A stream ends within a second of sign-out, a changed role or team, or a changed membership. */
  async function dismissThoseWhoLeft() {
    if (readers.size === 0) return;
    const now = await standings(
      db,
      [...readers].map((reader) => reader.session)
    );
    for (const reader of readers) {
      const standing = now.get(reader.session);
      reader.standing ??= standing ?? null;
      if (standing === undefined || standing !== reader.standing) dismiss(reader);
    }
  }

  function dismiss(reader: Reader) {
    reader.stream.send('dismissed', {});
    reader.stream.end();
    readers.delete(reader);
  }

  return {
    position: () => position,
    look,
    announce(event, data) {
      announced.set(event, data);
      for (const { actor, stream } of readers) if (isStaff(actor)) stream.send(event, data);
    },
    stop() {
      clearInterval(everySecond);
      for (const reader of readers) reader.stream.end();
      readers.clear();
    },
    async join({ actor, session, db: own, stream, from }) {
      // Changes are held from before the look-ups on, so that none can fall between them and the stream.
      const held: Change[] = [];
      const reader: Reader = {
        actor,
        db: own,
        session,
        stream,
        standing: null,
        held,
        accounts: new Set(),
        opened: new Set()
      };
      readers.add(reader);
      stream.onEnd(() => readers.delete(reader));

      const here = position;
      reader.standing = (await standings(db, [session])).get(session) ?? 'gone';
      reader.accounts = await accountsOf(own, actor);
      reader.opened = await openedBy(own, actor);
      const missed = from && isAfter(here, from) ? await changesAfter(db, from, mostReplayed) : [];

      if (missed.length === mostReplayed) stream.send('reset', {});
      else
        for (const change of missed)
          if (!isAfter(change.position, here) && hears(reader, change)) send(stream, change);
      // Only now: whoever is cut off before this resumes from before what they missed.
      stream.send('hello', {}, writePosition(here));
      if (isStaff(actor)) for (const [event, data] of announced) stream.send(event, data);
      reader.held = null;
      for (const change of held) send(stream, change);
    }
  };
}

const send = (stream: Stream, { position, reference, number, kind }: Change) =>
  stream.send('change', { reference, number, kind }, writePosition(position));

async function newest(db: Db): Promise<Position> {
  const { rows } = await sql<{
    xid: string;
    seq: string;
  }>`select xid::text, seq::text from feed_position()`.execute(db);
  return rows[0] ? { xid: BigInt(rows[0].xid), seq: BigInt(rows[0].seq) } : { xid: 1n, seq: 0n };
}

async function changesAfter(db: Db, { xid, seq }: Position, most: number): Promise<Change[]> {
  const { rows } = await sql<Omit<Change, 'position'> & { xid: string; seq: string }>`
    select xid::text as xid, seq::text as seq, request_id, reference, number, kind, visibility, requester_id,
           account_id, private, team_id, agent_id
    from feed_after(${String(xid)}::xid8, ${String(seq)}::bigint, ${most})`.execute(db);
  return rows.map(({ xid: at, seq: order, ...row }) => ({
    ...row,
    position: { xid: BigInt(at), seq: BigInt(order) }
  }));
}

async function standings(db: Db, sessions: string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ session_id: string; standing: string }>`
    select session_id, standing from sessions_standing(${sessions}::uuid[])`.execute(db);
  return new Map(rows.map((row) => [row.session_id, row.standing]));
}

async function accountsOf(db: Db, actor: PersonActor) {
  const rows = await db
    .selectFrom('account_member')
    .select('account_id')
    .where('person_id', '=', actor.id)
    .where('scope', 'in', ['view', 'act'])
    .execute();
  return new Set(rows.map((row) => row.account_id));
}

async function openedBy(db: Db, actor: PersonActor) {
  const rows = await db
    .selectFrom('opening')
    .select('request_id')
    .where('person_id', '=', actor.id)
    .where('opened_at', '>', sql<Date>`now() - interval '12 hours'`)
    .execute();
  return new Set(rows.map((row) => row.request_id));
}
