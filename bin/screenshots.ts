/** Takes the README's pictures from the running product: `npm run screenshots -- http://127.0.0.1:3000`. */
import './own-node.ts';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import sharp from 'sharp';
import { findBrowser } from '../tests/support/browser.ts';

const base = process.argv[2] ?? 'http://127.0.0.1:3000';
const folder = join(import.meta.dirname, '../docs/pictures');
const phone = { width: 390, height: 844 };
const desktop = { width: 1280, height: 800 };

mkdirSync(folder, { recursive: true });
const quiet = [
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync'
];
const browser = await chromium.launch({
  ...(findBrowser() && { executablePath: findBrowser() ?? '' }),
  args: process.getuid?.() === 0 ? ['--no-sandbox', ...quiet] : quiet
});

const customer = await signedIn('ada@customer.example', phone);
await customer.goto(base);
await take(customer, 'home');
await customer.goto(`${base}/requests?show=open`);
await customer.locator('ol a').nth(1).click();
await take(customer, 'request');
await customer.goto(`${base}/requests/new/BILL-HIGH`);
await take(customer, 'asking');
await customer.goto(`${base}/orders`);
await customer.locator('article a[href^="/orders/O-"], li a[href^="/orders/O-"]').first().click();
await customer.locator('h1').waitFor();
await take(customer, 'order');
await customer.goto(`${base}/emergency`);
await take(customer, 'emergency');

const agent = await signedIn('grace@agent.example', desktop);
await agent.goto(`${base}/desk?queue=team`);
await agent.locator('a[href*="/desk/requests/"][href*="queue"]').first().click();
await agent.locator('h1').waitFor();
await take(agent, 'desk');

const driver = await signedIn('grace@agent.example', phone);
await driver.goto(`${base}/desk/deliveries`);
await driver.locator('article').first().scrollIntoViewIfNeeded();
await take(driver, 'delivery');
await driver.goto(`${base}/desk/day`);
await take(driver, 'visit');
await browser.close();

async function signedIn(email: string, viewport: { width: number; height: number }) {
  const page = await (
    await browser.newContext({ viewport, deviceScaleFactor: 2, locale: 'en-US' })
  ).newPage();
  await page.goto(`${base}/sign-in`);
  await page.locator('main input[name="email"]').fill(email);
  await page.locator('main input[name="password"]').fill('hearth-demo');
  await page.locator('main form button').first().click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  return page;
}

async function take(page: Page, name: string) {
  await page.waitForLoadState('load');
  await page.waitForTimeout(600);
  const picture = await page.screenshot();
  await sharp(picture)
    .resize({ width: 1000, withoutEnlargement: true })
    .webp({ quality: 78 })
    .toFile(join(folder, `${name}.webp`));
  process.stdout.write(`docs/pictures/${name}.webp\n`);
}
