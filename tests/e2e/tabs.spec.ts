/** Many tabs on plain HTTP, where browsers keep six lines: one of them leads, and when it is frozen another hears. */
import { chromium, expect, test } from './journey.ts';
import { act, askByHand } from './asks.ts';
import { ada, grace, signIn } from './demo.ts';

test('seven tabs hear on one line, and go on hearing when a phone freezes the one that has it', async ({
  page,
  baseURL,
  launchOptions
}) => {
  test.slow();
  // To a browser this is another machine: what it grants to https and to itself alone is not there.
  const plain = new URL(baseURL ?? '');
  plain.hostname = 'hearth.test';
  const args = [...(launchOptions.args ?? []), '--host-resolver-rules=MAP hearth.test 127.0.0.1'];
  const browser = await chromium.launch({ ...launchOptions, args });
  const context = await browser.newContext({ baseURL: plain.origin });
  const first = await context.newPage();
  await signIn(first, ada);
  expect(await first.evaluate(() => 'locks' in navigator)).toBe(false);
  const reference = await askByHand(first, { words: 'Does it still hear?' });

  const streams = new Set<unknown>();
  context.on('request', (request) => request.url().includes('/live') && streams.add(request));
  context.on('requestfinished', (request) => streams.delete(request));
  context.on('requestfailed', (request) => streams.delete(request));
  const tabs = [first];
  while (tabs.length < 7) tabs.push(await context.newPage());
  for (const tab of tabs) {
    await tab.goto(`/requests/${reference}`);
    await expect(tab.getByText(/^Live/)).toBeVisible();
  }
  expect(streams.size).toBe(1);

  await signIn(page, grace);
  const front = tabs.at(-1) ?? first;
  await (await context.newCDPSession(first)).send('Page.setWebLifecycleState', { state: 'frozen' });
  await act(page, reference, 'take', {});
  await expect(front.getByText('Grace Lindholm has it now')).toBeVisible({ timeout: 25_000 });
  await expect(front.getByText(/^Live/)).toBeVisible();
  await browser.close();
});
