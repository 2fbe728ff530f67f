/** The desk's live feed: one stream for all tabs, what it told lately, and whether it stands. Browser only. */
import { isAfter, readPosition } from '../position.ts';
import { follow, type Change, type StreamState } from './stream.ts';

/** Off until the line first stands: without scripts the page is simply as fresh as its last reload. */
export const feed = $state<{ state: StreamState | 'off' }>({ state: 'off' });

/** A line that takes longer than this to stand for the first time is worth a word. */
const patience = 3000;

let started = false;

/** Called once, by the desk's frame, with the place at which its page was read, and who hears of emergencies. */
export function startFeed(from: string, onEmergency: (pulse: unknown) => void) {
  if (started) return;
  started = true;
  setTimeout(() => {
    if (feed.state === 'off') feed.state = 'connecting';
  }, patience);
  follow({
    from,
    onChange(change, position) {
      if (change) remember(change, position);
      listeners.forEach((hear) => hear(change === null));
    },
    onState: (state) => {
      if (state !== 'connecting' || feed.state !== 'off') feed.state = state;
    },
    onEmergency
  });
}

/** Calls `hear` on every change, and says whether so much happened that everything must be read anew. */
export function onNews(hear: (everything: boolean) => void): () => void {
  listeners.add(hear);
  return () => listeners.delete(hear);
}

/** Whether something read at this place is older than what we heard of: of a request and its customer, or of any. */
export function isStale(read: string, of?: { reference: string; customer: string | null }): boolean {
  const place = readPosition(read);
  const concerns = ({ reference, requester }: Change) =>
    !of || reference === of.reference || (of.customer !== null && requester === of.customer);
  return recent.some(({ change, position }) => concerns(change) && (!place || isAfter(position, place)));
}

const recent: { change: Change; position: NonNullable<ReturnType<typeof readPosition>> }[] = [];
const listeners = new Set<(everything: boolean) => void>();

function remember(change: Change, at: string) {
  const position = readPosition(at);
  if (position) recent.push({ change, position });
  if (recent.length > 500) recent.splice(0, 100);
}
