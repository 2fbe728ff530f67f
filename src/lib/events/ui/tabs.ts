/**
 * Which tab of a browser leads, so that one line serves them all. Phones freeze tabs in the background, and a frozen tab
 * neither hears nor says so: the others call on the leader, and where nobody answers the next takes its place. It needs
 * nothing but a channel between the tabs, for on plain HTTP there is nothing else.
 */

/** One tab, and what it does in its turn. */
export interface Member<News> {
  /** From now on it leads. */
  lead(): void;
  /** Somebody else leads now. */
  yield(): void;
  /** Called on the leader: what it says of itself, or null when it cannot speak for what it leads. */
  answer(): News | null;
  /** The leader has not answered yet, so that nothing it said last is certain. */
  doubt(): void;
  hear(news: News): void;
}

export interface Tabs<News> {
  tell(news: News): void;
  /** Calls on the leader now, as after a sleep, and waits no longer than a moment for the answer. */
  look(): void;
  /** This tab goes away. */
  leave(): void;
}

/** How often the leader is called, how long a call may stay unanswered, and the same in front of somebody. In milliseconds. */
export const usual = { between: 3_000, unanswered: 6_000, moment: 500 };

type Claim = { at: number; by: string };
type Word<News> =
  | { is: 'call' }
  | { is: 'gone' }
  | { is: 'claim'; claim: Claim }
  | { is: 'beat'; claim: Claim; news: News }
  | { is: 'news'; news: News };

export function joinTabs<News>(name: string, member: Member<News>, spans = usual): Tabs<News> {
  const channel = new BroadcastChannel(name);
  const me = Math.random().toString(36).slice(2);
  let mine: Claim | null = null;
  /** Since when a call of ours is unanswered. */
  let called: number | null = null;

  channel.onmessage = ({ data }: MessageEvent<Word<News>>) => take(data);

  const watch = setInterval(() => {
    if (mine) return;
    if (called === null) return call();
    if (Date.now() - called >= spans.unanswered) return claim();
    member.doubt();
  }, spans.between);
  look();

  return {
    tell: (news) => say({ is: 'news', news }),
    look,
    leave() {
      clearInterval(watch);
      if (mine) say({ is: 'gone' });
      mine = null;
      channel.close();
    }
  };

  function take(word: Word<News>) {
    if (word.is === 'call') return answer();
    if (word.is === 'gone') return after(Math.random() * spans.moment, () => mine ?? claim());
    if (word.is !== 'news') meet(word.claim);
    if (mine && word.is === 'beat') return;
    called = null;
    if (word.is !== 'claim') member.hear(word.news);
  }

  function look() {
    if (mine) return;
    call();
    after(spans.moment, () => mine ?? (called !== null && claim()));
  }

  function call() {
    called = Date.now();
    say({ is: 'call' });
  }

  function claim() {
    called = null;
    mine = { at: Date.now(), by: me };
    say({ is: 'claim', claim: mine });
    member.lead();
  }

  function answer() {
    const news = mine && member.answer();
    if (mine && news) say({ is: 'beat', claim: mine, news });
  }

  /** Of two that lead the later stays: the earlier one slept. */
  function meet(other: Claim) {
    if (!mine) return;
    const isLater = other.at > mine.at || (other.at === mine.at && other.by > mine.by);
    if (!isLater) return say({ is: 'claim', claim: mine });
    mine = null;
    member.yield();
  }

  function say(word: Word<News>) {
    channel.postMessage(word);
  }
}

const after = (span: number, act: () => unknown) => void setTimeout(act, span);
