/** Programmes without scripts, in Spanish on a phone: agreed on in parts, shown wherever bills are, and ended again. */
import { expect, test } from './journey.ts';
import { looks } from './barriers.ts';
import { ada, signIn } from './demo.ts';

test.use({ ...looks[0], javaScriptEnabled: false });

test('what is owed is paid in parts: a wrong day is refused, the days are shown, agreed on, followed and ended', async ({
  page
}) => {
  await signIn(page, ada);
  await page.getByRole('banner').getByRole('button', { name: 'Español' }).click();
  await page.goto('/account');
  await page.getByRole('link', { name: 'Formas de pagar' }).click();
  await page.getByRole('link', { name: 'Pagar lo que debo en partes' }).click();
  await page.getByLabel('Primer pago el').fill('2020-01-01');
  await page.getByRole('button', { name: 'Ver fechas e importes' }).click();
  await expect(page.getByRole('link', { name: 'Elija un día desde hoy' })).toBeVisible();

  // A payment of another journey may come in between: then the figures of now are shown, and agreed on.
  await page.getByLabel('Primer pago el').fill(inTenDays());
  await page.getByRole('button', { name: 'Ver fechas e importes' }).click();
  await expect(async () => {
    await page.getByRole('button', { name: 'Estoy de acuerdo' }).click();
    await expect(page.getByText('Listo. Está en vigor')).toBeVisible({ timeout: 1000 });
  }).toPass();
  await expect(page.getByRole('row')).toHaveCount(5);

  await page.goto('/');
  await expect(page.getByText(/Próximo plazo: .* el /)).toBeVisible();
  await page.goto('/bills');
  await page
    .getByRole('listitem')
    .filter({ hasText: 'En su plan' })
    .first()
    .getByRole('link', { name: /^Del / })
    .click();
  await expect(page.getByText('Esta factura forma parte de su acuerdo de pago.')).toBeVisible();
  await page.getByRole('link', { name: 'Ver qué se paga y cuándo' }).click();
  await page.getByRole('button', { name: 'Terminar el acuerdo' }).click();
  await expect(page.getByRole('heading', { name: 'Anteriores' })).toBeVisible();
  await page.goto('/history?kind=change');
  await expect(page.getByText('Pagar lo que debo en partes: terminado (por usted)').first()).toBeVisible();
});

const inTenDays = () => Temporal.Now.plainDateISO('UTC').add({ days: 10 }).toString();

test('a card is named at the provider: none is kept by a no, a kept one is shown with what it takes, and stopped again', async ({
  page
}) => {
  await signIn(page, 'ben@customer.example');
  await page.goto('/bills/programmes/autopay?account=40120037');
  const next = async (choice: string) => {
    await page.getByLabel('Do not pay bills above').fill('900');
    await page.getByRole('button', { name: 'Pay automatically' }).click();
    await page.getByRole('button', { name: choice }).click();
  };
  await next('Do not save one');
  await expect(page.getByText('No card was saved, and nothing has changed.')).toBeVisible();
  await next('Save a card that pays');
  await expect(page.getByText('Visa ending in 4242 pays each bill on its due date.')).toBeVisible();
  await expect(page.getByText('Bills above $900.00 wait for you.')).toBeVisible();
  await expect(page.getByText('nothing for it is taken from your card')).toBeVisible();
  await page.reload();
  await page.getByRole('button', { name: 'Stop paying automatically' }).click();
  await expect(page.getByRole('heading', { name: 'Earlier' })).toBeVisible();
});

test('who has fallen behind is told so, pays in parts, and pays just the next of them', async ({ page }) => {
  await signIn(page, 'ben@customer.example', '/?account=40120185');
  await expect(page.getByText(/^We sent you a (final )?notice on |^Our credit team has/)).toBeVisible();
  await page.getByRole('link', { name: 'Pay it in parts' }).click();
  await page.getByLabel('First payment on').fill(inTenDays());
  await page.getByRole('button', { name: 'See the days and amounts' }).click();
  await page.getByRole('button', { name: 'I agree' }).click();
  await page.goto('/bills?account=40120185');
  await page.getByRole('link', { name: 'How to pay' }).click();
  await page.getByRole('link', { name: 'Pay by card' }).click();
  await expect(page.getByRole('radio', { name: /^Your next instalment: / })).toBeChecked();
  await page.getByRole('button', { name: 'Continue to payment' }).click();
  await page.getByRole('button', { name: 'Yes, pay' }).click();
  await expect(page.getByText('It counts towards your plan.')).toBeVisible();
  await page.getByRole('link', { name: 'See what is due when' }).click();
  await expect(page.getByRole('row').nth(1).getByText('Paid')).toBeVisible();
});
