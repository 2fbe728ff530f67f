/** The browser's end of the live feed: all tabs share one stream, and a tab that takes over misses nothing. */

export interface Change {
  reference: string;
  number: number;
  kind: string;
  /** Whose request it is. Only staff are told. */
  requester?: string | null;
}

export type StreamState = 'connecting' | 'live' | 'dismissed';

export interface Following {
  /** Where the page stood when it was read, `transaction.sequence`. */
  from: string;
  /** Called for each change and its place; with null when the page is too far behind and must read itself anew. */
  onChange: (change: Change | null, position: string) => void;
  onState: (state: StreamState) => void;
  /** Staff only: called with the pulse of the emergencies, at first and whenever anything happens on one. */
  onEmergency?: (pulse: unknown) => void;
}

/** Two pulses of the server, and some patience. */
const longestSilence = 40_000;

/** A browser may call on an old line that is dead, too: until it is answered, we wait for half of that. */
const longestCall = 20_000;

/** What the tabs tell each other. */
type News =
  | { type: 'change'; change: Change | null; position: string }
  | { type: 'state'; state: StreamState }
  | { type: 'emergency'; pulse: unknown }
  | { type: 'who-leads'; from: string };

/**
 * Follows the feed until the page goes away. One tab leads: it holds a lock and the stream, and passes on what it
 * hears. When it closes, the lock falls to the next, which resumes where this browser had got to.
 */
export function follow({ from, onChange, onState, onEmergency }: Following): void {
  const channel = new BroadcastChannel('hearth.feed');
  let position = from;
  let leading: EventSource | null = null;
  let silence: ReturnType<typeof setTimeout> | undefined;

  channel.onmessage = ({ data }: MessageEvent<News>) => {
    if (data.type === 'change') hear(data.change, data.position);
    else if (data.type === 'state') onState(data.state);
    else if (data.type === 'emergency') onEmergency?.(data.pulse);
    // A new tab may have been read before the stream's present place: the leader starts again from there.
    else if (leading) lead(isBefore(data.from, position) ? data.from : position);
  };

  onState('connecting');
  channel.postMessage({ type: 'who-leads', from } satisfies News);
  addEventListener('online', () => leading && lead(position));
  // Held for as long as the page lives; the promise is never kept. Without https there are no locks: each tab leads.
  const { locks } = navigator as Partial<Navigator>;
  if (!locks) lead(position);
  void locks?.request('hearth.feed', () => {
    lead(position);
    return new Promise<never>(() => {});
  });

  function lead(start: string) {
    leading?.close();
    const source = (leading = new EventSource(`/live?from=${start}`));
    callAgainAfter(longestCall);
    source.addEventListener('pulse', () => callAgainAfter(longestSilence));
    source.addEventListener('hello', () => {
      callAgainAfter(longestSilence);
      tellState('live');
    });
    source.addEventListener('change', ({ data, lastEventId }: MessageEvent<string>) =>
      pass(JSON.parse(data) as Change, lastEventId)
    );
    source.addEventListener('emergency', (event: MessageEvent<string>) => {
      const pulse: unknown = JSON.parse(event.data);
      channel.postMessage({ type: 'emergency', pulse } satisfies News);
      onEmergency?.(pulse);
    });
    source.addEventListener('reset', (event) => pass(null, event.lastEventId));
    source.addEventListener('dismissed', () => {
      source.close();
      clearTimeout(silence);
      tellState('dismissed');
    });
    source.addEventListener('error', () => {
      if (source !== leading) return;
      tellState('connecting');
      // The browser comes back by itself after a broken line, but not after an answer that was an error.
      if (source.readyState === EventSource.CLOSED)
        setTimeout(() => source === leading && lead(position), 3000);
    });
  }

  /** A line can be dead without saying so, after a sleep above all: then there is no pulse, and we call again. */
  function callAgainAfter(span: number) {
    clearTimeout(silence);
    silence = setTimeout(() => {
      tellState('connecting');
      lead(position);
    }, span);
  }

  function pass(change: Change | null, at: string) {
    channel.postMessage({ type: 'change', change, position: at } satisfies News);
    hear(change, at);
  }

  function hear(change: Change | null, at: string) {
    if (isBefore(position, at)) position = at;
    onChange(change, at);
  }

  function tellState(state: StreamState) {
    channel.postMessage({ type: 'state', state } satisfies News);
    onState(state);
  }
}

function isBefore(a: string, b: string): boolean {
  const [xidA = '0', seqA = '0'] = a.split('.');
  const [xidB = '0', seqB = '0'] = b.split('.');
  return BigInt(xidA) < BigInt(xidB) || (xidA === xidB && BigInt(seqA) < BigInt(seqB));
}
