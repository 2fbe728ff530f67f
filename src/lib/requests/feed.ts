/** Who hears of which change: the live feed's own copy of "who may see", asked for every event and every stream. */
import type { Position } from '#lib/events/position.ts';
import type { Asker } from '#lib/platform/actor.ts';
import { seesNotes } from '#lib/events/visibility.ts';
import { isTheirTeams } from './access.ts';

/** A change on some request, as the feed tells it: ids only. */
export interface Change {
  /** Where the change stands in the feed, `transaction.sequence`. */
  position: Position;
  request_id: string;
  reference: string;
  number: number;
  kind: string;
  visibility: string;
  actor_id: string | null;
  requester_id: string | null;
  account_id: string | null;
  private: boolean;
  team_id: string | null;
  agent_id: string | null;
  /** Who had it before, where this change gave it to somebody else: they are to see it go. */
  taken_from: { team: string | null; agent: string | null } | null;
}

/** What is told beside the feed: it has no place in it, and nobody catches up with it. */
export type Passing = Omit<Change, 'position'>;

/**
 * What somebody may see beside their own: the accounts they may view, and the requests they opened today; a visitor, those
 * that they hold.
 */
export interface Sight {
  accounts: ReadonlySet<string>;
  opened: ReadonlySet<string>;
}

/** Somebody with an open stream. */
export interface Listener extends Sight {
  actor: Asker;
}

export function hears({ actor, accounts, opened }: Listener, change: Change): boolean {
  if (change.visibility !== 'public' && !seesNotes(actor)) return false;
  if (actor.kind === 'visitor') return change.requester_id === null && opened.has(change.request_id);
  if (actor.role === 'supervisor' || actor.role === 'admin') return true;
  if (actor.role === 'agent') {
    const had = change.taken_from;
    return (
      isTheirTeams(actor, change) ||
      (had !== null && isTheirTeams(actor, { team_id: had.team, agent_id: had.agent })) ||
      opened.has(change.request_id)
    );
  }
  if (change.requester_id === actor.id) return true;
  return !change.private && change.account_id !== null && accounts.has(change.account_id);
}

/** Whether somebody's own deed may have changed which requests they see: one was opened, or given out of sight. */
export const changesSight = ({ actor }: Pick<Listener, 'actor'>, { actor_id, kind }: Change) =>
  actor.kind === 'visitor'
    ? // Which visitor has sent it nobody tells: each looks whether it is theirs.
      kind === 'submitted' && actor_id === null
    : actor.role === 'agent' &&
      actor_id === actor.id &&
      (kind === 'viewed' || kind === 'assigned' || kind === 'submitted');
