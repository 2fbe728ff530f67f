/** A conversation from the assistant to a person and back, with two people; and the same as a page that only posts. */
import { expect, test, type Page } from './journey.ts';
import { expectNoBarriers } from './barriers.ts';
import { grace, sam, signIn } from './demo.ts';
import { aNewcomer, linkInLetter, newAddress } from './people.ts';

test('a question goes to the assistant, then to a person, whose answer is there at once', async ({
  browser,
  page
}) => {
  await aNewcomer(page);
  await page.goto('/');
  await page.getByRole('link', { name: 'Chat with us' }).click();
  await page.getByRole('link', { name: 'Open as a page' }).click();
  await say(page, 'I want to send a reading');
  await page.getByRole('button', { name: 'Send a meter reading' }).click();
  await page.locator('#live').getByRole('link', { name: 'Send a meter reading' }).click();
  await expect(page.getByText('What you wrote in the chat is filled in below.')).toBeVisible();
  await expect(page.locator('[name="description"]')).toHaveValue('I want to send a reading');
  await expectNoBarriers(page);
  await page.goto('/chat');
  await page.getByRole('button', { name: 'Talk to a person' }).click();
  const reference = await referenceOn(page);
  await expect(page.locator('#live')).toContainText('I want to send a reading');
  await expectNoBarriers(page);
  await expect(page.getByText(/^Live/)).toBeVisible();

  const desk = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  await signIn(desk, grace, '/desk');
  await desk.getByRole('link', { name: /in the chat$/ }).click();
  const waiting = desk.getByRole('listitem').filter({ has: desk.locator(`a[href$="${reference}"]`) });
  await waiting.getByRole('button', { name: 'Accept' }).click();
  await expect(desk.getByText('From the chat')).toBeVisible();
  await expect(desk.getByText('Automatic assistant').first()).toBeVisible();
  await expect(desk.getByText('Live', { exact: true })).toBeVisible();
  await expect(page.getByText('You are talking to Grace')).toBeVisible();
  await expectNoBarriers(page);
  await expectNoBarriers(desk);
  await page.getByLabel('Your message').pressSequentially('And un');
  await expect(desk.getByText('is writing', { exact: false })).toBeVisible();
  await answer(desk, 'On the page My meter.', async () => {
    await expect(page.getByText('Grace Lindholm is writing')).toBeVisible();
  });
  await expect(page.locator('#live')).toContainText('On the page My meter.');
  await expect(page.getByText('Grace Lindholm is writing')).toBeHidden();

  await say(page, 'And until when?');
  await expect(desk.getByRole('article').getByText('And until when?')).toBeVisible();

  await desk.getByText('Pass on', { exact: true }).first().click();
  await desk.locator('#transfer-to').selectOption({ index: 1 });
  await desk.locator('form[action^="?/transfer"] button').click();
  await expect(page.locator('#live')).toContainText('is passing you on to the team');
  await desk.goto('/desk/chats');
  await waiting.getByRole('button', { name: 'Accept' }).click();
  await desk.getByRole('button', { name: 'Back to the assistant' }).click();
  await expect(page.locator('#live')).toContainText('has given you back to me');
  await page.getByRole('button', { name: 'Talk to a person' }).click();
  expect(await referenceOn(page)).toBe(reference);
  await page.goto(`/requests/${reference}`);
  await expect(page.getByRole('article')).toContainText('And until when?');

  await page.goto('/chat');
  await page.getByText('End this conversation').first().click();
  await page.getByLabel('5 stars').check();
  await page.getByRole('button', { name: 'End this conversation' }).click();
  await expect(page.getByText('This conversation has ended.')).toBeVisible();

  const lead = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  await signIn(lead, sam, '/desk/today');
  const rated = lead.getByRole('listitem').filter({ hasText: reference });
  await expect(rated).toContainText('5, very good');
});

test('without scripts and on a phone, a visitor reaches a person and finds the answer by the letter', async ({
  browser
}) => {
  const bare = { javaScriptEnabled: false, locale: 'es', viewport: { width: 390, height: 844 } };
  const page = await (await browser.newContext(bare)).newPage();
  await page.goto('/chat');
  await page.getByLabel('Su mensaje').fill('who won the football match in the champions league');
  await page.getByRole('button', { name: 'Hablar con una persona' }).click();
  await expect(page.locator('#live')).toContainText('champions league');
  await page.getByLabel('Su nombre').fill('Vicente Visita');
  await page.getByLabel('Correo electrónico').fill('vicente');
  await page.getByRole('button', { name: 'Pasar a una persona' }).click();
  await expect(page.getByLabel('Su nombre')).toHaveValue('Vicente Visita');
  const email = newAddress();
  await page.getByLabel('Correo electrónico').fill(email);
  await page.getByRole('button', { name: 'Pasar a una persona' }).click();
  await expect(page.locator('#live')).toContainText(email);
  const reference = /[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(await page.locator('#live').innerText())?.[0] ?? '';

  const desk = await browser.newPage();
  await signIn(desk, grace, `/desk/requests/${reference}`);
  await expect(desk.getByText('Vicente Visita').first()).toBeVisible();
  await expect(desk.getByText('Live', { exact: true })).toBeVisible();
  await answer(desk, 'I follow another team.');
  await expect(desk.getByRole('article').getByText('I follow another team.')).toBeVisible();

  const link = await linkInLetter(desk, email, reference);
  const elsewhere = await (await browser.newContext(bare)).newPage();
  await elsewhere.goto(link);
  await expect(elsewhere.locator('#live')).toContainText('I follow another team.');
  await elsewhere.getByLabel('Su mensaje').fill('Which one, please?');
  await elsewhere.getByRole('button', { name: 'Enviar', exact: true }).click();
  await expect(elsewhere.locator('#live')).toContainText('Which one, please?');
  await page.reload();
  await expect(page.locator('#live')).toContainText('Which one, please?');
});

test('danger told in two messages leads to safety before anything is answered', async ({ page }) => {
  await page.goto('/chat');
  await say(page, 'my alarm');
  await page.getByLabel('Your message').fill('is going off');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page).toHaveURL(/\/emergency\/heard/);

  // Who is safe is not answered by guesses: what they wrote goes to a person.
  await page.getByRole('button', { name: /I am safe/ }).click();
  await expect(page.getByLabel('Your message')).toHaveValue('is going off');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.locator('#live')).toContainText('I am passing you on');
});

test('danger told in two messages is heard as well when a person takes over between them', async ({
  page
}) => {
  await aNewcomer(page);
  await page.goto('/chat');
  await say(page, 'my alarm');
  await page.getByRole('button', { name: 'Talk to a person' }).click();
  await expect(page.locator('#live a[href^="/requests/"]').first()).toBeVisible();
  await page.getByLabel('Your message').fill('is going off');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page).toHaveURL(/\/emergency\/heard/);
});

async function say(page: Page, text: string) {
  await page.getByLabel('Your message').fill(text);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.locator('#live')).toContainText(text);
}

async function answer(desk: Page, text: string, meanwhile = async () => {}) {
  await desk.keyboard.press('r');
  await desk.getByLabel(/^Reply to/).fill(text);
  await meanwhile();
  await desk.getByRole('button', { name: 'Send reply' }).click();
}

async function referenceOn(page: Page) {
  const said = await page
    .locator('#live a[href^="/requests/"]:not([href*="/new"])')
    .first()
    .getAttribute('href');
  return said?.split('/')[2] ?? '';
}

test('a visitor asks to be called back, and the desk notes each try', async ({ browser, page }) => {
  await page.goto('/chat?person');
  await expectNoBarriers(page);
  await say(page, 'please call me back');
  await page.getByRole('link', { name: 'Ask us to call you' }).first().click();
  await page.getByLabel('Your name').fill('Carla Call');
  await page.getByLabel('Your telephone number').fill('12');
  await page.getByLabel(/ – /).first().check();
  await page.getByRole('button', { name: 'Ask for the call' }).click();
  await expect(page.getByText('This does not look like a telephone number.').first()).toBeVisible();
  await expectNoBarriers(page);
  const number = `207 5${Date.now().toString().slice(-6)}`;
  await page.getByLabel('Your telephone number').fill(number);
  await page.getByRole('button', { name: 'Ask for the call' }).click();
  await expect(page.getByText('We will call you')).toBeVisible();
  await expectNoBarriers(page);

  const desk = await (await browser.newContext()).newPage();
  await signIn(desk, grace, '/desk/calls');
  const call = desk.getByRole('listitem').filter({ hasText: number.replace(' ', '') });
  await call.getByLabel('Try again').selectOption({ index: 1 });
  await call.getByRole('button', { name: 'Not reached' }).click();
  await expect(call).toContainText('tried once');
  await expectNoBarriers(desk);
  await page.reload();
  await expect(page.getByText('We tried once and did not reach you.')).toBeVisible();
  await call.getByRole('button', { name: 'Reached, and done' }).click();
  await expect(call).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole('button', { name: 'Ask for the call' })).toBeVisible();
});
