/** Places in the feed: where a page was read, how far a stream has got, and which of two is after the other. */

/** A place in the feed: transactions in order, and within one its events in order. */
export interface Position {
  xid: bigint;
  seq: bigint;
}

export const writePosition = ({ xid, seq }: Position) => `${xid}.${seq}`;

/** Reads a position back. Null when it is none: the reader must then fetch its page anew. */
export function readPosition(text: string | null | undefined): Position | null {
  const [, xid, seq] = /^(\d{1,19})\.(\d{1,19})$/.exec(text ?? '') ?? [];
  return xid && seq ? { xid: BigInt(xid), seq: BigInt(seq) } : null;
}

export const isAfter = (a: Position, b: Position) => a.xid > b.xid || (a.xid === b.xid && a.seq > b.seq);
