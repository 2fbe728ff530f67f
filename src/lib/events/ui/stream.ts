/** The browser's end of the live feed: all tabs share one stream, and a tab that takes over misses nothing. */
import { joinTabs } from './tabs.ts';

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
  /** Customers only: called whenever somebody of ours writes a reply to a request of theirs. */
  onWriting?: (reference: string) => void;
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
  | { type: 'writing'; reference: string }
  | { type: 'who-leads'; from: string };

/**
 * Follows the feed until the page goes away. One tab leads: it holds the stream, and passes on what it hears. When it
 * closes, or a phone has put it to sleep, the next one leads and resumes where this browser had got to. "Live" is said
 * only while somebody answers for it.
 */
export function follow({ from, onChange, onState, onEmergency, onWriting }: Following): void {
  let position = from;
  let leading: EventSource | null = null;
  let state: StreamState = 'connecting';
  let lastSign = 0;
  let silence: ReturnType<typeof setTimeout> | undefined;

  onState('connecting');
  const tabs = joinTabs<News>('hearth.feed', {
    lead: () => lead(position),
    yield() {
      leading?.close();
      leading = null;
      clearTimeout(silence);
      catchUp();
    },
    answer: () =>
      state === 'live' && Date.now() - lastSign > longestSilence ? null : { type: 'state', state },
    doubt: () => state === 'live' && show('connecting'),
    hear(news) {
      if (news.type === 'change') hear(news.change, news.position);
      else if (news.type === 'state') show(news.state);
      else if (news.type === 'emergency') onEmergency?.(news.pulse);
      else if (news.type === 'writing') onWriting?.(news.reference);
      // A tab may have been read before the stream's present place: the leader starts again from there.
      else if (leading) lead(isBefore(news.from, position) ? news.from : position);
    }
  });
  catchUp();

  addEventListener('online', () => leading && lead(position));
  addEventListener('pagehide', tabs.leave);
  document.addEventListener('visibilitychange', wakeUp);
  document.addEventListener('resume', wakeUp);

  /** Who comes back to this page must not read "live" of a line that died while it slept. */
  function wakeUp() {
    if (document.hidden) return;
    tabs.look();
    if (leading && Date.now() - lastSign > longestSilence) callAgain();
  }

  function catchUp() {
    tabs.tell({ type: 'who-leads', from: position });
  }

  function lead(start: string) {
    leading?.close();
    const source = (leading = new EventSource(`/live?from=${start}`));
    callAgainAfter(longestCall);
    source.addEventListener('pulse', heardFrom);
    source.addEventListener('hello', () => {
      heardFrom();
      tellState('live');
    });
    source.addEventListener('change', ({ data, lastEventId }: MessageEvent<string>) =>
      pass(JSON.parse(data) as Change, lastEventId)
    );
    source.addEventListener('emergency', (event: MessageEvent<string>) => {
      const pulse: unknown = JSON.parse(event.data);
      tabs.tell({ type: 'emergency', pulse });
      onEmergency?.(pulse);
    });
    source.addEventListener('writing', ({ data }: MessageEvent<string>) => {
      const { reference } = JSON.parse(data) as Change;
      tabs.tell({ type: 'writing', reference });
      onWriting?.(reference);
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
    silence = setTimeout(callAgain, span);
  }

  function callAgain() {
    tellState('connecting');
    lead(position);
  }

  function heardFrom() {
    lastSign = Date.now();
    callAgainAfter(longestSilence);
  }

  function pass(change: Change | null, at: string) {
    tabs.tell({ type: 'change', change, position: at });
    hear(change, at);
  }

  function hear(change: Change | null, at: string) {
    if (isBefore(position, at)) position = at;
    onChange(change, at);
  }

  function tellState(now: StreamState) {
    tabs.tell({ type: 'state', state: now });
    show(now);
  }

  function show(now: StreamState) {
    state = now;
    onState(now);
  }
}

function isBefore(a: string, b: string): boolean {
  const [xidA = '0', seqA = '0'] = a.split('.');
  const [xidB = '0', seqB = '0'] = b.split('.');
  return BigInt(xidA) < BigInt(xidB) || (xidA === xidB && BigInt(seqA) < BigInt(seqB));
}
