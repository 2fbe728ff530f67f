/** Browsers with open pages that are followed live, and what a person sees on them, to hold against a fresh load. */
import { setTimeout as pause } from 'node:timers/promises';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { findBrowser } from '../../tests/support/browser.ts';
import { signIn } from '../customers.ts';
import { layLine, type Line } from './line.ts';

/** On a machine that does much else, too. */
const patience = 180_000;

/** An open page. `shows` are the parts that must be as fresh as a fresh load, in each of which a person may look. */
export interface Tab {
  name: string;
  page: Page;
  shows: string;
  /** The address when it follows one request or emergency, and what the references of those look like. */
  of?: (reference: string) => string;
  follows: RegExp;
}

/** Somebody's browser on a line of its own, and beside it a mirror without live updates, on a line that is never cut. */
export interface Seat {
  name: string;
  line: Line;
  context: BrowserContext;
  tabs: Tab[];
  mirror: BrowserContext;
  /** An empty page, to look at what was read. */
  glass: Page;
}

export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: findBrowser(),
    args: [
      '--disable-background-networking',
      '--disable-component-update',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])
    ]
  });

/** Opens a browser for one of the demo people and signs them in. */
export async function takeSeat(
  browser: Browser,
  port: number,
  email: string,
  password?: string
): Promise<Seat> {
  const line = await layLine(port);
  const straight = `http://127.0.0.1:${port}`;
  const options = { viewport: { width: 1400, height: 900 }, locale: 'en-US' };
  const context = await browser.newContext({ ...options, baseURL: line.url });
  context.setDefaultTimeout(patience);
  await context.addCookies(
    (await signIn(straight, email, password)).split('; ').map((one) => {
      const [name = '', value = ''] = one.split('=');
      return { name, value, domain: '127.0.0.1', path: '/' };
    })
  );
  const other = await browser.newContext({
    ...options,
    baseURL: straight,
    storageState: await context.storageState()
  });
  other.setDefaultTimeout(patience);
  await other.route('**/live?*', (route) => route.abort());
  return {
    name: email.split('@')[0] ?? email,
    line,
    context,
    tabs: [],
    mirror: other,
    glass: await other.newPage()
  };
}

export async function openTab(seat: Seat, tab: Omit<Tab, 'page'>, address: string) {
  const page = await seat.context.newPage();
  await page.goto(address);
  seat.tabs.push({ ...tab, page });
}

/** What the page says of its line: the words for people, and the state behind them. */
export const stateOf = (page: Page) =>
  page.evaluate(() => {
    const note = document.querySelector<HTMLElement>('[data-stream-state], .feed');
    return { state: note?.dataset['state'] ?? 'none', words: note?.innerText.trim() ?? '' };
  });

export const untilState = async (page: Page, wanted: 'live' | 'connecting', within: number) =>
  (await lastState(page, wanted, within)) === wanted;

/** Waits for a state that is said in words, and returns the last that was seen, with its words when they were missing. */
export async function lastState(page: Page, wanted: 'live' | 'connecting', within: number) {
  let last = 'none';
  for (const end = Date.now() + within; Date.now() < end; await pause(100)) {
    const { state, words } = await stateOf(page).catch(() => ({ state: 'unreadable', words: '' }));
    if (state === wanted && words !== '') return wanted;
    last = words === '' ? `${state}, without words` : state;
  }
  return `${last} at ${new URL(page.url()).pathname}`;
}

/** Waits until every tab shows what a fresh load shows. Returns where one does not, in the end. */
export async function differences(seat: Seat, within: number): Promise<string[]> {
  const found: string[] = [];
  for (const tab of seat.tabs) {
    const end = Date.now() + within;
    for (let tries = 0; ; tries += 1) {
      const shown = await lookAt(tab.page, tab.shows).catch(() => ['(the page is being loaded)']);
      const fresh = await loadAnew(seat, tab);
      const difference = firstDifference(shown, fresh);
      if (!difference) break;
      if (Date.now() > end) {
        found.push(`${seat.name}, ${tab.name}: ${difference}`);
        break;
      }
      await pause(Math.min(200 * 2 ** tries, 2000));
    }
  }
  return found;
}

/**
 * What the server says of the same address, read without scripts: pages are whole without them. A server may close a
 * line that rests just when it is used again, so a broken one is tried anew.
 */
async function loadAnew(seat: Seat, { page, shows }: Tab) {
  const { pathname, search } = new URL(page.url());
  const answer = await seat.mirror.request.get(pathname + search, { timeout: patience, maxRetries: 3 });
  return lookAt(seat.glass, shows, await answer.text());
}

/** What a new tab shows that somebody opens now, with everything that scripts make of it. */
export async function differsFromNewTab(seat: Seat, { name, page, shows }: Tab): Promise<string[]> {
  const { pathname, search } = new URL(page.url());
  const fresh = await seat.mirror.newPage();
  await fresh.goto(pathname + search);
  let difference: string | null = null;
  for (let tries = 0; tries < 10; tries += 1, await pause(500)) {
    difference = firstDifference(await lookAt(page, shows), await lookAt(fresh, shows));
    if (!difference) break;
  }
  await fresh.close();
  return difference ? [`${seat.name}, ${name}, beside a new tab: ${difference}`] : [];
}

function firstDifference(shown: string[], fresh: string[]): string | null {
  const at = fresh.findIndex((line, index) => line !== shown[index]);
  if (at < 0 && shown.length === fresh.length) return null;
  const where = at < 0 ? fresh.length : at;
  const around = (lines: string[]) =>
    lines.slice(Math.max(0, where - 1), where + 3).join(' | ') || '(nothing)';
  return `shows  ${around(shown)}\n      but is ${around(fresh)}`;
}

/**
 * What there is to see and to press, line by line: words, links, pictures, buttons, choices. Left out is what may
 * differ by right: what only scripts can do, clocks that count, who else is looking, what is new to whoever watched, and keys of forms.
 */
const lookAt = (page: Page, parts: string, html?: string): Promise<string[]> =>
  page.evaluate(
    ([selector, text]) => {
      const root = text === undefined ? document : new DOMParser().parseFromString(text, 'text/html');
      const leftOut =
        'script, style, template, .with-scripts, .left, .clock, .present, .fresh, .flag, .waits, [data-stream-state], [name="key"], [name="safe"], .uploader *';
      const told = [
        'href',
        'src',
        'poster',
        'alt',
        'datetime',
        'aria-current',
        'data-status',
        'data-state',
        'name',
        'action'
      ];
      const lines: string[] = [];
      let words = '';
      const endWords = () => {
        const said = words.replace(/\s+/g, ' ').trim();
        if (said) lines.push(said);
        words = '';
      };
      const walk = (node: Node) => {
        if (node instanceof Text) words += node.data;
        if (!(node instanceof Element) || node.matches(leftOut)) return;
        endWords();
        // Scripts write some addresses in full.
        const fact = (name: string) =>
          `${name}=${(node.getAttribute(name) ?? '').replace(/^https?:\/\/[^/]+/, '')}`;
        const facts = told.filter((name) => node.hasAttribute(name)).map(fact);
        if (node instanceof HTMLInputElement && node.type === 'hidden') facts.push(`value=${node.value}`);
        if (facts.length > 0) lines.push(`<${node.localName} ${facts.join(' ')}>`);
        node.childNodes.forEach(walk);
        endWords();
      };
      const found = root.querySelectorAll(selector);
      if (found.length === 0) lines.push(`(no ${selector})`);
      found.forEach(walk);
      return lines;
    },
    [parts, html] as const
  );
