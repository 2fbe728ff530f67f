/** The second factor: asked for at every sign-in, each code good for once, and a way back with recovery codes. */
import { expect, test } from 'vitest';
import { codeOf } from '../../../../tests/support/authenticator.ts';
import { aSignInDesk, password, type Browser } from '../../../../tests/support/signing-in.ts';
import { enter } from './authenticate.ts';
import {
  beginSecondFactor,
  confirmSecondFactor,
  renewRecoveryCodes,
  switchOffSecondFactor
} from './second-factor.ts';
import { sessionCookie } from './session.ts';
import { giveSecondFactor, owesSecondFactor, signIn } from './sign-in.ts';

const desk = await aSignInDesk({ demo: true });
const { auth } = desk;

test('after setting it up, a password alone opens no session', async () => {
  const { uri } = await withSecondFactor('ada@customer.example');
  const browser = await halfIn('ada@customer.example');

  expect(await desk.whoIs(browser)).toBeNull();
  expect(await owesSecondFactor(auth, browser)).toBe(true);
  // The code with which it was set up is spent; the app's next one is good.
  await expectIn(browser, codeOf(uri, 30));
  expect(await desk.whoIs(browser)).toMatchObject({ twoFactor: true });
});

test('a code is good for one time: whoever looked over the shoulder comes too late', async () => {
  const { uri } = await withSecondFactor('ben@customer.example');
  const code = codeOf(uri, 30);
  await expectIn(await halfIn('ben@customer.example'), code);

  expect(await giveSecondFactor(auth, await halfIn('ben@customer.example'), code)).toEqual({
    outcome: 'wrong'
  });
});

test('a recovery code works once, however it is typed', async () => {
  const { recoveryCodes } = await withSecondFactor('cleo@customer.example');
  expect(recoveryCodes).toHaveLength(10);
  const [code = ''] = recoveryCodes;

  await expectIn(await halfIn('cleo@customer.example'), code.toUpperCase().replace('-', ' '));
  expect(await giveSecondFactor(auth, await halfIn('cleo@customer.example'), code)).toEqual({
    outcome: 'wrong'
  });
});

test('nothing in a copy of the database gives codes', async () => {
  const { uri, recoveryCodes } = await withSecondFactor('dora@customer.example');
  const copy = JSON.stringify(await desk.behindTheScenes('select * from second_factor'));
  const secret = new URL(uri).searchParams.get('secret') ?? '';
  for (const hidden of [secret, ...recoveryCodes]) expect(copy).not.toContain(hidden);
});

test('guessing ends after ten codes, whether one asks anew or not', async () => {
  await withSecondFactor('eva@customer.example');
  let refused = 0;
  for (let guess = 0; guess < 14; guess++) {
    const code = String(100_000 + guess);
    await giveSecondFactor(auth, await halfIn('eva@customer.example'), code).catch(() => refused++);
  }
  expect(refused).toBeGreaterThanOrEqual(4);
});

test('a wrong password begins nothing, a wrong code confirms nothing', async () => {
  const browser = await signedIn('fay@customer.example');
  const person = await who(browser);
  expect(await beginSecondFactor(auth, browser, person, 'wrong password')).toBeNull();

  const begun = await beginSecondFactor(auth, browser, person, password);
  expect(begun?.uri).toContain('otpauth://totp/Hearth:');
  expect(await confirmSecondFactor(auth, browser, person, { code: '000000' })).toBeNull();
  expect(await who(browser)).toMatchObject({ twoFactor: false });
});

test('switching it on gives the session another id, ends the others, and writes to the owner', async () => {
  const other = await signedIn('gil@customer.example');
  const browser = desk.browser();
  const again = await signIn(auth, browser, { email: 'gil@customer.example', password });
  if (again.outcome === 'in') browser.keep(again.headers);
  const before = browser.cookie(sessionCookie);
  await desk.post();
  const person = await who(browser);
  const { uri } = await begin(browser);
  const code = codeOf(uri);
  browser.keep((await confirmSecondFactor(auth, browser, person, { code }))?.headers ?? new Headers());

  expect(browser.cookie(sessionCookie)).not.toBe(before);
  expect(await desk.whoIs(browser)).toMatchObject({ twoFactor: true });
  expect(await desk.whoIs(other)).toBeNull();
  expect((await desk.post()).map(({ subject }) => subject)).toEqual(['Two-step sign-in is now on']);
  expect((await desk.audited(person.id)).at(-1)).toMatchObject({ action: 'person.second_factor_on' });
});

test('new recovery codes put the old ones out of use', async () => {
  const { browser, recoveryCodes } = await withSecondFactor('hana@customer.example');
  const person = await who(browser);
  expect(await renewRecoveryCodes(auth, browser, person, 'wrong password')).toBeNull();
  const renewed = await renewRecoveryCodes(auth, browser, person, password);

  const half = await halfIn('hana@customer.example');
  expect(await giveSecondFactor(auth, half, recoveryCodes[1] ?? '')).toEqual({ outcome: 'wrong' });
  await expectIn(half, renewed?.[1] ?? '');
});

test('whoever goes away while setting up another phone still has the old one, and nothing happened', async () => {
  const { browser, uri, recoveryCodes } = await withSecondFactor('jon@customer.example');
  const before = await desk.audited((await who(browser)).id);
  await desk.post();
  await begin(browser);

  expect(await who(browser)).toMatchObject({ twoFactor: true });
  await expectIn(await halfIn('jon@customer.example'), codeOf(uri, 30));
  await expectIn(await halfIn('jon@customer.example'), recoveryCodes[0] ?? '');
  expect(await desk.post()).toEqual([]);
  expect(await desk.audited((await who(browser)).id)).toEqual(before);
});

test('another phone takes the place of the old one with its first code, and a letter tells', async () => {
  const { browser, uri, recoveryCodes } = await withSecondFactor('kim@customer.example');
  const elsewhere = await halfIn('kim@customer.example');
  await expectIn(elsewhere, codeOf(uri, 30));
  await desk.post();

  const another = await begin(browser);
  const person = await who(browser);
  const confirm = (code: string) => confirmSecondFactor(auth, browser, person, { ...another, code });
  expect(await confirm('000000')).toBeNull();
  const confirmed = await confirm(codeOf(another.uri));

  const again = await confirm(codeOf(another.uri));
  expect(again?.recoveryCodes, 'two clicks are told the same codes').toEqual(confirmed?.recoveryCodes);

  expect(await desk.whoIs(browser), 'this browser stays').toMatchObject({ twoFactor: true });
  expect(await desk.whoIs(elsewhere), 'every other session ends').toBeNull();
  const half = await halfIn('kim@customer.example');
  expect(await giveSecondFactor(auth, half, recoveryCodes[0] ?? '')).toEqual({ outcome: 'wrong' });
  await expectIn(half, confirmed?.recoveryCodes[0] ?? '');
  await expectIn(await halfIn('kim@customer.example'), codeOf(another.uri, 30));
  expect((await desk.post()).map(({ subject }) => subject)).toEqual([
    'Your sign-in codes now come from another phone'
  ]);
  expect((await desk.audited(person.id)).at(-1)).toMatchObject({ action: 'person.second_factor_replaced' });
});

test('a proposed phone is good only in the browser that gave the password, and only as we sealed it', async () => {
  const lea = await withSecondFactor('lea@customer.example');
  const another = await begin(lea.browser);
  const thief = await halfIn('lea@customer.example');
  await expectIn(thief, codeOf(lea.uri, 30));

  const given = { ...another, code: codeOf(another.uri) };
  for (const [browser, proposal] of [
    [thief, given.proposal],
    [lea.browser, ''],
    [lea.browser, 'never sealed by us, but long enough to be looked at']
  ] as const)
    await expect(
      confirmSecondFactor(auth, browser, await who(browser), { ...given, proposal })
    ).rejects.toMatchObject({ kind: 'conflict' });
});

test('customers may give it up again; staff may not', async () => {
  const ida = await withSecondFactor('ida@customer.example');
  expect(await switchOffSecondFactor(auth, ida.browser, await who(ida.browser), 'wrong password')).toBe(
    false
  );
  expect(await switchOffSecondFactor(auth, ida.browser, await who(ida.browser), password)).toBe(true);
  await signedIn('ida@customer.example', { there: true });

  const grace = await withSecondFactor('grace@agent.example', 'agent');
  await expect(
    switchOffSecondFactor(auth, grace.browser, await who(grace.browser), password)
  ).rejects.toMatchObject({
    kind: 'forbidden'
  });
});

test('staff who have not set it up may do no more than a visitor', async () => {
  const browser = await signedIn('hugo@agent.example', { role: 'agent' });
  const keeper = { database: desk.web, secret: auth.secret, secure: false };
  expect(await enter(keeper, { cookie: browser.cookie, source: 'here' })).toMatchObject({
    person: { role: 'agent' },
    actor: { kind: 'visitor' }
  });

  const demo = await signedIn('dan@agent.example', { role: 'agent', demo: true });
  expect(await enter(keeper, { cookie: demo.cookie, source: 'here' })).toMatchObject({
    actor: { kind: 'person', role: 'agent' }
  });
});

type Also = { role?: 'agent'; demo?: boolean; there?: boolean };

async function signedIn(email: string, { there = false, ...also }: Also = {}): Promise<Browser> {
  if (!there) await desk.person({ email, ...also });
  const browser = desk.browser();
  const answer = await signIn(auth, browser, { email, password });
  if (answer.outcome !== 'in') expect.unreachable();
  browser.keep(answer.headers);
  return browser;
}

async function withSecondFactor(email: string, role?: 'agent') {
  const browser = await signedIn(email, role ? { role } : {});
  const { uri } = await begin(browser);
  const confirmed = await confirmSecondFactor(auth, browser, await who(browser), { code: codeOf(uri) });
  browser.keep(confirmed?.headers ?? new Headers());
  return { browser, uri, recoveryCodes: confirmed?.recoveryCodes ?? [] };
}

/** A browser whose password was right, and which owes the code. */
async function halfIn(email: string) {
  const browser = desk.browser();
  const answer = await signIn(auth, browser, { email, password });
  if (answer.outcome !== 'second_factor') expect.unreachable();
  browser.keep(answer.headers);
  return browser;
}

async function expectIn(browser: Browser, code: string) {
  const answer = await giveSecondFactor(auth, browser, code);
  if (answer.outcome !== 'in') expect.unreachable();
  browser.keep(answer.headers);
}

const begin = async (browser: Browser) =>
  (await beginSecondFactor(auth, browser, await who(browser), password)) ?? expect.unreachable();

const who = async (browser: Browser) => (await desk.whoIs(browser)) ?? expect.unreachable();
