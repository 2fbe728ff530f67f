/** Text messages: a mobile is proved, kinds are chosen, a request is told of by text, the desk sees it, and it is stopped. */
import { randomInt } from 'node:crypto';
import { expect, test, type Page } from './journey.ts';
import { askByHand } from './asks.ts';
import { expectNoBarriers, expectNoBarriersInAnyLook, looks } from './barriers.ts';
import { grace, signIn } from './demo.ts';
import { aNewcomer } from './people.ts';

const aMobile = () => `207 555 ${randomInt(1000, 9999)}`;
const dialled = (mobile: string) => `+1${mobile.replaceAll(' ', '')}`;

/** The newest text to a number, which the demo keeps. */
async function textTo(page: Page, mobile: string, words: RegExp) {
  const text = page
    .getByRole('listitem')
    .filter({ hasText: dialled(mobile) })
    .getByRole('link', { name: words });
  await expect(async () => {
    await page.goto(`/mail?q=${encodeURIComponent(dialled(mobile))}`);
    await expect(text.first()).toBeVisible({ timeout: 1000 });
  }).toPass({ timeout: 30_000 });
  await text.first().click();
  return (await page.locator('.text').innerText()).trim();
}

test.describe('without scripts, on a telephone', () => {
  test.use({ javaScriptEnabled: false, ...looks[0] });

  test('a newcomer proves their mobile, is texted about a request, and stops it', async ({
    page,
    browser
  }) => {
    const [email, mobile] = [await aNewcomer(page), aMobile()];
    await page.goto('/account');
    await page.getByRole('link', { name: 'Text messages' }).click();
    await expect(page.getByText('We do not have a phone number for you yet')).toBeVisible();
    await page.getByRole('link', { name: 'Enter your mobile number' }).click();
    await page.locator('#phone').fill(mobile);
    await page.getByRole('button', { name: 'Save' }).click();

    await page.goto('/account/texts');
    await page.getByRole('button', { name: 'Send me a code' }).click();
    await expect(page.getByLabel('The six digits from the text')).toBeVisible();
    await page.getByLabel('The six digits from the text').fill('12');
    await page.getByRole('button', { name: 'Confirm the number' }).click();
    await expect(page.getByText('This code is not right').first()).toBeVisible();
    const sent = await textTo(page, mobile, /confirms this number/);
    await expect(page.getByText('Text message of this demo')).toBeVisible();
    await page.goto('/account/texts');
    await page.getByLabel('The six digits from the text').fill(/\d{6}/.exec(sent)?.[0] ?? '');
    await page.getByRole('button', { name: 'Confirm the number' }).click();

    await expect(page.getByText('Your number is confirmed.')).toBeVisible();
    const requests = page.getByRole('group', { name: 'My requests' });
    await requests.getByLabel('By e-mail').uncheck();
    await requests.getByLabel('By text').check();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.goto('/account/details');
    await page.getByLabel('By text message').check();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.goto('/account/changes');
    await expect(page.getByText('Phone number confirmed for text messages')).toBeVisible();

    await askByHand(page, { words: 'Which papers do I need for a new garage?' });
    const told = await textTo(page, mobile, /We have your request/);
    expect(told).toMatch(/: We have your request \S+ http:\S+\/requests\/\S+ .*\/account\/texts$/);
    expect(told).not.toContain('garage');
    await page.goto(`/mail?q=${encodeURIComponent(email)}`);
    await expect(page.getByRole('link', { name: /We have your request/ })).toHaveCount(0);

    const desk = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
    await signIn(desk, grace, `/desk?queue=all&search=${encodeURIComponent(email)}`);
    await desk.getByRole('button', { name: 'customers' }).click();
    await expect(desk).toHaveURL('/desk/customers');
    await desk.getByRole('main').getByRole('listitem').getByRole('link').click();
    await expect(desk.getByText('verified for texts')).toBeVisible();
    await expect(desk.getByText('By text: Their requests')).toBeVisible();

    await page.goto('/account/texts');
    await page.getByRole('button', { name: 'Stop all text messages' }).click();
    await expect(page.getByText('You stopped text messages to')).toBeVisible();
    await desk.reload();
    await expect(desk.getByText('they stopped texts')).toBeVisible();
  });
});

test('the same in Spanish, on a telephone and a wide screen, with nothing in the way', async ({ page }) => {
  const mobile = aMobile();
  await aNewcomer(page);
  await page.goto('/account');
  await page.getByLabel('Phone number').fill(mobile);
  await page.getByLabel('Español').check();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.goto('/account/texts');
  await expectNoBarriersInAnyLook(page);
  await page.getByRole('button', { name: 'Enviarme un código' }).click();
  await expectNoBarriersInAnyLook(page);
  const sent = await textTo(page, mobile, /confirma este número/);
  await expectNoBarriers(page);
  await page.goto('/account/texts');
  await page.getByLabel('Las seis cifras del mensaje').fill(/\d{6}/.exec(sent)?.[0] ?? '');
  await page.getByRole('button', { name: 'Confirmar el número' }).click();
  await expect(page.getByText('Su número está confirmado.')).toBeVisible();
  await expectNoBarriersInAnyLook(page);
  await page.goto('/account/texts');
  await expectNoBarriersInAnyLook(page);
  await page.getByRole('button', { name: 'No recibir más mensajes de texto' }).click();
  await expectNoBarriersInAnyLook(page);
  await page.getByRole('button', { name: 'Volver a recibir mensajes' }).click();
  await expect(page.getByText(`Los mensajes de texto van al ${dialled(mobile)}`)).toBeVisible();
});
