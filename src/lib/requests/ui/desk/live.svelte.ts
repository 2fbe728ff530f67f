/** The desk's live feed: one stream for all tabs, what it told lately, and whether it stands. Browser only. */
import { isAfter, readPosition } from '../../feed.ts';
import { follow, type Change, type StreamState } from '../stream.ts';

/** Off until scripts have started: without them the page is simply as fresh as its last reload. */
export const feed = $state<{ state: StreamState | 'off' }>({ state: 'off' });

/** Called once, by the desk's frame, with the place at which its page was read, and who hears of emergencies. */
export function startFeed(from: string, onEmergency: (pulse: unknown) => void) {
  if (feed.state !== 'off') return;
  feed.state = 'connecting';
  follow({
    from,
    onChange(change, position) {
      if (change) remember(change, position);
      listeners.forEach((hear) => hear(change === null));
    },
    onState: (state) => (feed.state = state),
    onEmergency
  });
}

/** Calls `hear` on every change, and says whether so much happened that everything must be read anew. */
export function onNews(hear: (everything: boolean) => void): () => void {
  listeners.add(hear);
  return () => listeners.delete(hear);
}

/** Whether something read at this place is older than what we heard of: of one request, or of any. */
export function isStale(read: string, reference?: string): boolean {
  const place = readPosition(read);
  return recent.some(
    ({ change, position }) =>
      (!reference || change.reference === reference) && (!place || isAfter(position, place))
  );
}

const recent: { change: Change; position: NonNullable<ReturnType<typeof readPosition>> }[] = [];
const listeners = new Set<(everything: boolean) => void>();

function remember(change: Change, at: string) {
  const position = readPosition(at);
  if (position) recent.push({ change, position });
  if (recent.length > 500) recent.splice(0, 100);
}
