/** What Hearth still does when the database is gone, or takes a call and says nothing: safety first, and no word lost. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { newVisitor, visitorCookie } from '#lib/people/server/visitor.ts';
import { serviceTypes } from '#lib/catalogue/all.ts';
import { publish } from '#lib/catalogue/server/catalogue.ts';
import { freshDatabase } from '../support/database.ts';
import { lineTo } from '../support/line.ts';
import { makersOn } from '../support/makers.ts';
import { secret, signedIn, startSite } from '../support/site.ts';

const urls = await freshDatabase();
const { sql, aPerson } = await makersOn(urls.owner);
await publish(urls.owner, serviceTypes);
const line = await lineTo(urls.web);
const site = await startSite(line.url);

const ada = await signedIn({ sql }, await aPerson());
/** Has been drawn once, so that the next would go the short road. */
const theirs = { headers: { cookie: `${ada}; hearth.spoken=en`, accept: 'text/html' } };
await fetch(`${site.url}/requests`, theirs);
const visitor = `${visitorCookie}=${newVisitor(secret)}`;

/** Longer than anybody has to wait for words that may save them. */
const inTime = 10_000;
const danger = 'Huele mucho a gas en la cocina, reading 00412';
const harmless = 'Please send the bill to my new address.';

describe.each(['cut', 'hush'] as const)('with a database that is %s', (how) => {
  beforeAll(() => line[how]());
  afterAll(() => line.mend());

  test.concurrent.each([
    ['a customer', ada, false],
    ['a customer with a photo', ada, true],
    ['a visitor', visitor, false],
    ['a visitor with a photo', visitor, true]
  ])('%s who writes of gas sees what to do, and every word', async (_who, cookie, photo) => {
    const began = Date.now();
    const { status, html } = await ask(danger, { cookie, photo });
    expect(Date.now() - began).toBeLessThan(inTime);
    expect(status).toBe(200);
    expect(html).toContain('data-version="US');
    expect(html).toContain('<html lang="es"');
    expect(html).toContain('No hemos podido');
    expect(html).toContain(danger);
    expect(html).not.toContain('Se ha avisado');
  });

  test.concurrent('what is harmless is not taken, and comes back to be copied', async () => {
    const { status, html } = await ask(harmless, { cookie: ada, photo: true, language: 'en' });
    expect(status).toBe(503);
    expect(html).toContain(harmless);
    expect(html).toContain('saw no reference, we do not have it yet');
  });

  test.concurrent('the page that says what to do in danger is there, and the plain papers', async () => {
    for (const path of ['/emergency', '/emergency/heard?hazard=co', '/contact']) {
      const page = await fetch(site.url + path, { headers: { cookie: ada } });
      expect([path, page.status]).toEqual([path, 200]);
    }
  });

  test.concurrent(
    'a page of theirs says that it cannot be shown, and does not ask them to sign in',
    async () => {
      const page = await fetch(`${site.url}/requests`, theirs);
      expect(page.status).toBe(503);
      expect(await page.text()).toContain('href="/emergency"');
    }
  );

  test.concurrent('what a script keeps while it is typed is heard as well', async () => {
    const answer = await fetch(`${site.url}/requests/new/GENERAL/draft`, {
      method: 'POST',
      headers: { cookie: ada, origin: site.url },
      body: new URLSearchParams({ key: randomUUID(), description: 'I smell gas in the hall' })
    });
    expect(await answer.json()).toMatchObject({ kept: false, safety: expect.stringContaining('/heard?') });
  });
});

test('whoever says there that they are safe reads every word again', async () => {
  line.cut();
  onTestFinished(() => line.mend());
  const { html } = await ask(danger, { cookie: ada });
  const [, action = ''] = /action="([^"]*\?\/safe[^"]*)"/.exec(html) ?? [];
  const typed = [...html.matchAll(/name="typed" value="([^"]*)"/g)].map(([, words = '']) => ['typed', words]);
  const answer = await post(
    new URL(action.replaceAll('&amp;', '&'), site.url),
    ada,
    new URLSearchParams(typed)
  );
  const back = await answer.text();
  expect(answer.status).toBe(200);
  expect(back).toContain(danger);
  expect(back).toMatch(/href="\/requests\/new\/GENERAL\?key=[^"]*safe=/);
});

async function ask(description: string, asked: { cookie: string; photo?: boolean; language?: string }) {
  const form = new FormData();
  const typed = { key: randomUUID(), subject: 'Hola', description, contact_by: 'email' };
  for (const [name, value] of Object.entries(typed)) form.append(name, value);
  if (asked.photo) form.append('file', new Blob([new Uint8Array(50_000)], { type: 'image/jpeg' }), 'a.jpg');
  const to = new URL('/requests/new/GENERAL?/review', site.url);
  const answer = await post(to, asked.cookie, form, asked.language);
  return { status: answer.status, html: await answer.text() };
}

const post = (to: URL, cookie: string, body: BodyInit, language = 'es-ES') =>
  fetch(to, {
    method: 'POST',
    headers: { cookie, origin: site.url, accept: 'text/html', 'accept-language': language },
    redirect: 'manual',
    body
  });
