/** Who hears of which change: the live feed's own copy of "who may see", asked for every event and every stream. */
import type { PersonActor } from '#lib/platform/actor.ts';

/** A change on some request, as the feed tells it: ids only. */
export interface Change {
  /** Where the change stands in the feed, `transaction.sequence`. */
  position: Position;
  request_id: string;
  reference: string;
  number: number;
  kind: string;
  visibility: string;
  requester_id: string | null;
  account_id: string | null;
  private: boolean;
  team_id: string | null;
  agent_id: string | null;
}

/** A place in the feed: transactions in order, and within one its events in order. */
export interface Position {
  xid: bigint;
  seq: bigint;
}

/** Somebody with an open stream. `accounts` are those they may view; `opened` the requests they opened today. */
export interface Listener {
  actor: PersonActor;
  accounts: ReadonlySet<string>;
  opened: ReadonlySet<string>;
}

export function hears({ actor, accounts, opened }: Listener, change: Change): boolean {
  if (actor.role === 'supervisor' || actor.role === 'admin') return true;
  if (actor.role === 'agent') {
    return (
      change.team_id === null ||
      change.team_id === actor.team ||
      change.agent_id === actor.id ||
      opened.has(change.request_id)
    );
  }
  if (change.visibility !== 'public') return false;
  if (change.requester_id === actor.id) return true;
  return !change.private && change.account_id !== null && accounts.has(change.account_id);
}

export const writePosition = ({ xid, seq }: Position) => `${xid}.${seq}`;

/** Reads a position back. Null when it is none: the reader must then fetch its page anew. */
export function readPosition(text: string | null | undefined): Position | null {
  const [, xid, seq] = /^(\d{1,19})\.(\d{1,19})$/.exec(text ?? '') ?? [];
  return xid && seq ? { xid: BigInt(xid), seq: BigInt(seq) } : null;
}

export const isAfter = (a: Position, b: Position) => a.xid > b.xid || (a.xid === b.xid && a.seq > b.seq);
