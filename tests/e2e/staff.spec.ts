/** Staff come by invitation, are given another role, lose their phone and leave: all by an admin, from the desk. */
import { randomBytes } from 'node:crypto';
import { expect, test, type Browser, type Page } from './journey.ts';
import { codeOf } from '../support/authenticator.ts';
import { expectNoBarriersInAnyLook } from './barriers.ts';
import { ada, grace, ruth, sam, signIn } from './demo.ts';
import { fillSignIn, linkInLetter, password } from './people.ts';

const heading = (page: Page) => page.getByRole('heading', { level: 1 });

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('an invitation leads by letter to a password, a second step and the desk; then comes another role, and the end', async ({
    page,
    browser
  }) => {
    const { name, email } = someone();
    await signIn(page, ruth, '/desk/staff');
    await invite(page, { name, email, role: 'Agent', team: 'Bills and payments' });
    await expect(page.getByRole('main')).toContainText('The invitation is on its way.');

    const newcomer = await someBrowser(browser);
    const uri = await join(newcomer, email, name);
    await newcomer.getByRole('link', { name: 'I have saved them' }).click();
    await expect(newcomer).toHaveURL('/desk');
    await expect(newcomer.getByRole('link', { name: 'Staff' })).toHaveCount(0);
    expect((await newcomer.goto('/desk/staff'))?.status()).toBe(404);

    await open(page, name);
    await page.getByLabel('Supervisor').check();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('main')).toContainText('Supervisor');
    await newcomer.goto('/desk');
    await expect(newcomer, 'another role ends the session').toHaveURL(/\/sign-in/);
    await signInWithCode(newcomer, email, uri, 30);
    await newcomer.goto('/desk/staff');
    await expect(newcomer.getByRole('table')).toContainText('Grace Lindholm');
    await expect(newcomer.getByRole('link', { name: 'Invite somebody' })).toHaveCount(0);

    await page.locator('summary', { hasText: 'Deactivate' }).click();
    await page.getByRole('button', { name: `Deactivate ${name}` }).click();
    await expect(page.getByRole('main')).toContainText('They are deactivated');
    await newcomer.goto('/desk');
    await fillSignIn(newcomer, email);
    await expect(newcomer.getByRole('alert')).toContainText('do not match');

    await page.getByRole('button', { name: `Reactivate ${name}` }).click();
    await expect(page.getByRole('button', { name: 'Reset two-step sign-in' })).toBeVisible();
    await page.getByRole('button', { name: 'Reset two-step sign-in' }).click();
    await fillSignIn(newcomer, email);
    await newcomer.goto('/desk');
    await expect(newcomer, 'they owe a second step again').toHaveURL('/account/second-factor');

    await page.goto('/desk/staff/changes');
    await expect(page.getByRole('row').filter({ hasText: name })).toContainText([
      `Reset two-step sign-in for ${name}`,
      `Reactivated ${name}`,
      `Deactivated ${name}`,
      `Changed the role of ${name} from agent to supervisor`,
      'Joined as agent',
      `Invited ${name} as agent`
    ]);
  });

  test('an invitation is sent again, with another link, and withdrawn', async ({ page, browser }) => {
    const { name, email } = someone();
    await signIn(page, ruth, '/desk/staff');
    await invite(page, { name, email, role: 'Agent', team: '' });
    const reader = await someBrowser(browser);
    const first = await linkInLetter(reader, email, 'You are invited to work with us');
    await page.getByRole('button', { name: `Send again: the invitation of ${name}` }).click();
    await reader.goto(first);
    await expect(heading(reader)).toHaveText('This link no longer works');

    await page.getByRole('button', { name: `Withdraw the invitation of ${name}` }).click();
    await expect(page.getByRole('main')).toContainText('The invitation has been withdrawn.');
    await expect(page.getByText(email)).toHaveCount(0);
  });

  test('an address of a customer is refused with a sentence, and nothing typed is lost', async ({ page }) => {
    await signIn(page, ruth, '/desk/staff');
    await invite(page, { name: 'Ada at work', email: ada, role: 'Agent', team: 'Meters' });
    await expect(page.getByRole('main').getByRole('alert')).toContainText('belongs to a customer');
    await expect(page.getByLabel('Their name')).toHaveValue('Ada at work');
    await expect(page.getByRole('combobox', { name: 'Team' })).not.toHaveValue('');
  });

  test('a team is made, given a group of the catalogue, renamed, and retired when nothing is left in it', async ({
    page
  }) => {
    const name = `Night shift ${randomBytes(3).toString('hex')}`;
    await signIn(page, ruth, '/desk/staff/teams');
    await page.getByLabel('Name of the team').fill(name);
    await page.getByRole('button', { name: 'Create the team' }).click();
    const route = page
      .getByRole('listitem')
      .filter({ has: page.getByLabel('Team for Connections and works') });
    await route.getByRole('combobox').selectOption({ label: name });
    await route.getByRole('button', { name: 'Set' }).click();

    await page.getByRole('link', { name }).click();
    await expect(page.getByText('can be retired when nothing is left')).toBeVisible();
    await page.getByLabel('Name of the team').fill(`${name} two`);
    await page.getByRole('button', { name: 'Rename the team' }).click();
    await expect(heading(page)).toHaveText(`${name} two`);

    await page.goto('/desk/staff/teams');
    await route.getByRole('combobox').selectOption({ label: 'All teams' });
    await route.getByRole('button', { name: 'Set' }).click();
    await page.getByRole('link', { name: `${name} two` }).click();
    await page.getByRole('button', { name: `Retire ${name} two` }).click();
    await expect(page.getByRole('main')).toContainText('The team is retired.');
    await expect(page.getByRole('link', { name })).toHaveCount(0);
  });
});

test('whoever is deactivated while at work is told within moments, and what they had goes back to the team', async ({
  browser
}) => {
  const { name, email } = someone();
  const admin = await someBrowser(browser, true);
  await signIn(admin, ruth, '/desk/staff');
  await invite(admin, { name, email, role: 'Supervisor', team: 'Bills and payments' });
  const newcomer = await someBrowser(browser, true);
  await join(newcomer, email, name);
  await newcomer.goto('/desk?queue=unassigned');
  await expect(newcomer.getByText('Live', { exact: true })).toBeVisible();
  const first = newcomer.locator('a[href*="/desk/requests/"][href*="queue"]').first();
  await newcomer.goto((await first.getAttribute('href')) ?? '');
  const take = newcomer.getByRole('button', { name: 'Take', exact: true });
  await take.click();
  await expect(take).toHaveCount(0);
  const reference = new URL(newcomer.url()).pathname.split('/').at(-1) ?? '';

  await open(admin, name);
  await admin.locator('summary', { hasText: 'Deactivate' }).click();
  await expect(admin.getByLabel('Who gets the request they are working on')).toBeVisible();
  await admin.getByRole('button', { name: `Deactivate ${name}` }).click();
  await expect(newcomer.getByText('You have been signed out')).toBeVisible();

  await admin.goto(`/desk/requests/${reference}`);
  await expect(admin.getByText(/You gave it to/)).toBeVisible();
});

test('the list of staff is there for those who may see it: in the bar, in the palette and by its address', async ({
  page,
  browser
}) => {
  await signIn(page, sam, '/desk');
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('staff');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/desk/staff');
  await expect(page.getByRole('table')).toContainText('Grace Lindholm');
  await expect(page.getByRole('table')).not.toContainText('Asha Menon');
  expect((await page.goto('/desk/staff/teams'))?.status()).toBe(404);

  const agent = await someBrowser(browser, true);
  await signIn(agent, grace, '/desk');
  await expect(agent.getByRole('link', { name: 'Staff' })).toHaveCount(0);
});

test('the pages about staff have no barriers', async ({ page }) => {
  await signIn(page, ruth, '/desk/staff');
  await invite(page, { ...someone(), role: 'Agent', team: 'Meters' });
  await expectNoBarriersInAnyLook(page);
  await page.getByRole('link', { name: 'Grace Lindholm' }).click();
  await expect(heading(page)).toHaveText('Grace Lindholm');
  await page.locator('summary', { hasText: 'Deactivate' }).click();
  await expectNoBarriersInAnyLook(page);
  for (const path of ['invite', 'teams', 'changes']) {
    await page.goto(`/desk/staff/${path}`);
    await expectNoBarriersInAnyLook(page);
  }
  await page.goto('/desk/staff/teams');
  await page.getByRole('link', { name: 'Bills and payments' }).click();
  await expect(heading(page)).toHaveText('Bills and payments');
  await expectNoBarriersInAnyLook(page);
  await page.goto('/invitation');
  await expectNoBarriersInAnyLook(page);
});

function someone() {
  const random = randomBytes(4).toString('hex');
  return { name: `Nora ${random}`, email: `nora-${random}@staff.example` };
}

const someBrowser = async (browser: Browser, javaScriptEnabled = false) =>
  (await browser.newContext({ javaScriptEnabled, viewport: { width: 1280, height: 800 } })).newPage();

async function invite(
  page: Page,
  { name, email, role, team }: Record<'name' | 'email' | 'role' | 'team', string>
) {
  await page.getByRole('link', { name: 'Invite somebody' }).click();
  await page.getByLabel('Their name').fill(name);
  await page.getByLabel('Their work e-mail address').fill(email);
  await page.getByLabel(role, { exact: false }).first().check();
  if (team) await page.getByRole('combobox', { name: 'Team' }).selectOption({ label: team });
  await page.getByRole('button', { name: 'Send the invitation' }).click();
}

/** From the letter to the recovery codes. Answers with the secret that an app would hold. */
async function join(page: Page, email: string, name: string) {
  await page.goto(await linkInLetter(page, email, 'You are invited to work with us'));
  await expect(heading(page)).toHaveText(`Welcome, ${name}`);
  await page.getByLabel('Choose a password').fill(password);
  await page.getByRole('button', { name: 'Set the password and continue' }).click();
  await expect(page).toHaveURL('/account/second-factor');
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Set it up' }).click();
  const uri = await page.locator('input[name=uri]').inputValue();
  await page.getByLabel('The six digits').fill(codeOf(uri));
  await page.getByRole('button', { name: 'Switch it on' }).click();
  await expect(page.getByRole('main').locator('li code')).toHaveCount(10);
  return uri;
}

async function signInWithCode(page: Page, email: string, uri: string, later: number) {
  await fillSignIn(page, email);
  await page.getByLabel('Code').fill(codeOf(uri, later));
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page).toHaveURL(/\/desk/);
}

async function open(page: Page, name: string) {
  await page.goto('/desk/staff');
  await page.getByRole('searchbox').fill(name);
  await page.getByRole('button', { name: 'Find' }).click();
  await page.getByRole('link', { name }).click();
  await expect(heading(page)).toHaveText(name);
}
