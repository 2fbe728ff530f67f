/** What the owner of a topic hands in, so that the hub need not know what the news is about. */
import type { Asker } from '#lib/platform/actor.ts';
import type { Db } from '#lib/platform/server/db.ts';
import type { Position } from '../position.ts';

/** Something that happened, and its place in the feed. */
export interface News {
  position: Position;
}

/** News of one kind: how it is read, who hears of it, and what they are told. */
export interface Topic<Item extends News, Sight> {
  /** What happened after a place, oldest first. */
  after(db: Db, from: Position, most: number): Promise<Item[]>;
  /** What a reader may see beside what their role says: looked up as themselves when they join. */
  sightOf(db: Db, actor: Asker): Promise<Sight>;
  hears(actor: Asker, sight: Sight, item: Item): boolean;
  /** Whether this may have changed what they see, so that their sight is looked up anew. */
  changesSight(actor: Asker, item: Item): boolean;
  /** What is sent to them: ids only, never personal text. */
  told(actor: Asker, item: Item): unknown;
}

/**
 * How something stands, told at first and whenever it is another: only the newest counts, so nobody resumes from it and it
 * has no place in the feed. Counts and clocks are such, which change also where nothing happens.
 */
export interface Gauge {
  /** By which name it is told. */
  event: string;
  now(db: Db): Promise<unknown>;
  hears(actor: Asker): boolean;
}
