/** A long form in a browser with scripts: step by step, only what applies, and out of the way of danger. */
import { chromium, type Browser, type Page } from '@playwright/test';
import { render } from 'svelte/server';
import { build } from 'vite';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { findBrowser } from '../../../../tests/support/browser.ts';
import { serviceTypes } from '#lib/catalogue/all.ts';
import type { ServiceType } from '../definition.ts';
import { readAnswers, type Answers } from '../form.ts';
import RequestFields from './RequestFields.svelte';

const address = 'http://hearth.example/form';
const today = '2026-11-20';
const definition = typeOf('METER-EXCH');
const stepOne = { danger_now: 'no', work: 'smart', location: 'outside', description: 'It is old' };
const stepTwo = { adult_present: 'yes', preferred_times: ['saturday'], contact_by: 'email' };

let browser: Browser;
let script: string;
let page: Page;
let sent: URLSearchParams[];

beforeAll(async () => {
  script = await bundled();
  browser = await chromium.launch({ executablePath: findBrowser(), args: ['--no-sandbox'] });
});
afterAll(() => browser.close());
beforeEach(async () => {
  await page?.close();
  page = await browser.newPage();
  sent = [];
});

test('shows one step at a time, and what comes after the questions only with the last', async () => {
  await open();
  await expectShown({ 'step-1': true, 'step-2': false, send: false });

  await fill(stepOne);
  await page.getByRole('button', { name: 'Next' }).click();
  await expectShown({ 'step-1': false, 'step-2': true, send: true });
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('The visit and you');
});

test("goes back with the browser's own button, and keeps what was typed", async () => {
  await open();
  await fill(stepOne);
  await page.getByRole('button', { name: 'Next' }).click();
  await page.goBack();

  await expectShown({ 'step-1': true, 'step-2': false });
  expect(await page.locator('#description').inputValue()).toBe('It is old');
});

test('does not go on past a question that was left out, and puts the reader there', async () => {
  await open();
  await fill({ ...stepOne, work: [] });
  await page.getByRole('button', { name: 'Next' }).click();

  await expectShown({ 'step-1': true, 'work-found': true });
  expect(await page.locator('#work-found span').textContent()).toBe('Please choose an answer.');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('work');

  await fill({ work: 'smart' });
  await expectShown({ 'work-found': false });
});

test('asks only what applies', async () => {
  await open();
  await expectShown({ new_location: false });
  await fill({ work: 'move' });
  await expectShown({ new_location: true });
  await fill({ work: 'smart' });
  await expectShown({ new_location: false });
});

test('checks an answer when it is left, and not before', async () => {
  await open({ ...stepOne, ...stepTwo, contact_by: 'phone', contact_phone: '555 010 9999' });
  await page.goto(`${address}#step-2`);
  const phone = page.locator('#contact_phone');

  await phone.fill('55');
  expect(await page.locator('#contact_phone-found').count()).toBe(0);
  await phone.blur();
  expect(await page.locator('#contact_phone-found').textContent()).toContain('7 to 15 digits');
  expect(await phone.getAttribute('aria-invalid')).toBe('true');
  expect(await phone.getAttribute('aria-describedby')).toBe('contact_phone-found');

  await phone.fill('555 010 9998');
  expect(await phone.getAttribute('aria-invalid')).toBeNull();
});

test('sends everything at the end, once it is right', async () => {
  await open();
  await fill(stepOne);
  await page.locator('#meter_serial').press('Enter');
  await expectShown({ 'step-2': true });

  await page.locator('#send').click();
  expect(sent).toEqual([]);
  const summary = page.getByRole('alert');
  await expect.poll(() => summary.getByRole('heading').textContent()).toMatch(/needs? another look/);
  expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('alert');
  const first = summary.getByRole('link').first();
  const place = await first.getAttribute('href');
  await first.click();
  await expectShown({ [place?.slice(1) ?? '']: true });

  await fill(stepTwo);
  await page.locator('#send').click();
  await expect.poll(() => sent.length).toBe(1);
  expect(readAnswers(definition, sent[0] ?? {}, { today, locale: 'en' })).toMatchObject({ ok: true });
});

test('sends a report of danger at once, whatever else is missing', async () => {
  await open();
  await fill({ danger_now: 'yes' });
  await expectShown({ 'danger_now-found': true });
  await page.getByRole('button', { name: 'Next' }).click();

  await expect.poll(() => sent[0]?.get('danger_now')).toBe('yes');
});

test('opens at the step that the server had to refuse, and lets its words go once that is mended', async () => {
  await open({ ...stepOne, ...stepTwo, contact_by: 'phone', contact_phone: '5' });

  await expectShown({ 'step-2': true, 'contact_phone-problem': true });
  await page.locator('#contact_phone').fill('555 010 9999');
  await expectShown({ 'contact_phone-problem': false });
});

test('follows a link from the list of problems into another step', async () => {
  await open({ ...stepTwo, danger_now: 'no', work: 'smart', location: 'outside' });
  await page.goto(`${address}#step-2`);
  await page.locator('#to-description').click();

  await expectShown({ 'step-1': true, 'step-2': false });
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('description');
});

/** Opens the form as the server sends it, after a refusal if something was posted. */
async function open(posted?: Answers) {
  const reading = posted && readAnswers(definition, posted, { today, locale: 'en' });
  const problems = reading && !reading.ok ? reading.problems : {};
  const { head, body } = render(RequestFields, {
    props: { definition, locale: 'en', today, values: reading?.typed ?? {}, problems }
  });
  await page.route('**/*', (route) => {
    if (route.request().method() === 'POST') sent.push(new URLSearchParams(route.request().postData() ?? ''));
    if (route.request().url().endsWith('.js'))
      return route.fulfill({ contentType: 'text/javascript', body: script });
    return route.fulfill({
      contentType: 'text/html; charset=utf-8',
      body: `<!doctype html><title>Form</title>${head}<a id="to-description" href="#description">Mend</a>
        <form method="post" novalidate>${body}<div data-after-steps><button id="send">Send</button></div></form>
        <script type="module" src="/steps.js"></script>`
    });
  });
  await page.goto(address);
}

async function fill(answers: Record<string, string | string[]>) {
  for (const [name, answer] of Object.entries(answers)) {
    const control = page.locator(`[name="${name}"]`);
    if ((await control.count()) === 1) await control.fill(String(answer));
    else
      for (const value of [answer].flat()) await page.locator(`[name="${name}"][value="${value}"]`).check();
  }
}

async function expectShown(parts: Record<string, boolean>) {
  for (const [id, shown] of Object.entries(parts)) {
    await expect.poll(() => page.locator(`#${id}`).isVisible(), { message: id }).toBe(shown);
  }
}

async function bundled() {
  const entry = 'virtual:entry';
  const result = await build({
    configFile: false,
    logLevel: 'error',
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === entry ? id : null),
        load: (id) =>
          id === entry
            ? `import { enhanceQuestions } from '/src/lib/forms/ui/form-steps.ts';
               enhanceQuestions(document.querySelector('form'));`
            : null
      }
    ],
    build: { write: false, rolldownOptions: { input: entry } }
  });
  const [output] = [result].flat();
  if (!output || !('output' in output)) throw new Error('nothing was bundled');
  return output.output[0].code;
}

function typeOf(code: string): ServiceType {
  const type = serviceTypes.find((each) => each.code === code);
  if (!type) throw new Error(`there is no ${code}`);
  return type;
}
