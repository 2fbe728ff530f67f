/** What others did for an account that somebody holds: one line each, with who and when. */
import type { HistoryLine } from './history.ts';

export interface Use extends Omit<HistoryLine, 'kind'> {
  /** Null where they are no longer known. */
  who: string | null;
}

/** The account, and whoever asks, whose own deeds are not among them. */
export interface Asked {
  account: string;
  me: string;
}
