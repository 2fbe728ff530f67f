/** Tabs of one browser, each with a channel of its own: whichever sleeps, closes or comes back, one leads. */
import { randomUUID } from 'node:crypto';
import { afterEach, expect, test, vi } from 'vitest';
import { joinTabs, type Tabs } from './tabs.ts';

/** The usual times, a hundredth of them. */
const spans = { between: 30, unanswered: 60, moment: 20 };
const open: Tabs<string>[] = [];
afterEach(() => open.splice(0).forEach((tab) => tab.leave()));

test('seven tabs share one line', async () => {
  const tabs = browser(7);
  await vi.waitFor(() => expect(leaders(tabs)).toHaveLength(1));
  tabs[3]?.tell('news');
  await vi.waitFor(() =>
    expect(tabs.filter(({ heard }) => heard.includes('news'))).toEqual(tabs.filter((_tab, nth) => nth !== 3))
  );
});

test('when the leader closes another leads', async () => {
  const tabs = browser(3);
  await vi.waitFor(() => expect(leaders(tabs)).toHaveLength(1));
  const [first] = leaders(tabs);
  first?.leave();
  const rest = tabs.filter((tab) => tab !== first);
  await vi.waitFor(() => expect(leaders(rest)).toHaveLength(1));
});

test('when the leader sleeps the others doubt, another leads, and whoever wakes makes way', async () => {
  const tabs = browser(3);
  await vi.waitFor(() => expect(leaders(tabs)).toHaveLength(1));
  const [sleeper] = leaders(tabs);
  if (!sleeper) return;
  sleeper.sleep();
  const rest = tabs.filter((tab) => tab !== sleeper);
  await vi.waitFor(() => expect(rest.some(({ doubts }) => doubts > 0)).toBe(true));
  await vi.waitFor(() => expect(leaders(rest)).toHaveLength(1));

  sleeper.wake();
  await vi.waitFor(() => expect(sleeper.leads).toBe(false));
  expect(leaders(tabs)).toHaveLength(1);
});

test('a leader that cannot speak for its line is as good as asleep', async () => {
  const tabs = browser(2);
  await vi.waitFor(() => expect(leaders(tabs)).toHaveLength(1));
  const [deaf] = leaders(tabs);
  if (!deaf) return;
  deaf.isWell = false;
  await vi.waitFor(() => expect(deaf.leads).toBe(false));
  expect(leaders(tabs)).toHaveLength(1);
});

const leaders = (tabs: Tab[]) => tabs.filter(({ leads }) => leads);
type Tab = ReturnType<typeof aTab>;

function browser(count: number) {
  const name = randomUUID();
  return Array.from({ length: count }, () => aTab(name));
}

/** A tab that can be put to sleep: what is said to it then waits. */
function aTab(name: string) {
  const self = { leads: false, isWell: true, doubts: 0, heard: [] as string[], sleep, wake };
  let asleep: (() => void)[] | null = null;
  const awake =
    <Said extends unknown[]>(act: (...said: Said) => void) =>
    (...said: Said) => {
      if (asleep) asleep.push(() => act(...said));
      else act(...said);
    };
  const Real = globalThis.BroadcastChannel;
  class Sleepy extends Real {
    override set onmessage(hear: typeof Real.prototype.onmessage) {
      super.onmessage = awake((event) => hear?.call(this, event));
    }
  }
  vi.stubGlobal('BroadcastChannel', Sleepy);
  const tabs = joinTabs<string>(
    name,
    {
      lead: () => (self.leads = true),
      yield: () => (self.leads = false),
      answer: () => (self.isWell ? 'here' : null),
      doubt: () => (self.doubts += 1),
      hear: (news) => self.heard.push(news)
    },
    spans
  );
  vi.unstubAllGlobals();
  open.push(tabs);
  return Object.assign(self, tabs);

  function sleep() {
    asleep = [];
  }
  function wake() {
    const missed = asleep ?? [];
    asleep = null;
    missed.forEach((act) => act());
  }
}
