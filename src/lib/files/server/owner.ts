/** What a file belongs to: the module that owns the subject hands in how it is held, and how it hears of a file. */
import type { Visibility } from '#lib/events/visibility.ts';
import type { Db } from '#lib/platform/server/db.ts';

/** What became of a file that was sent. */
export interface Concluded {
  attachment: string;
  state: 'ready' | 'rejected';
  visibility: Visibility;
}

export interface FileOwner {
  /** Locks the subject until the transaction ends. */
  hold(tx: Db, subject: string): Promise<unknown>;
  /** Says on the subject's timeline what became of one of its files. */
  tell(tx: Db, subject: string, what: Concluded): Promise<unknown>;
}
