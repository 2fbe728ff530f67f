/** Programmes without scripts, in Spanish on a phone: agreed on in parts, shown wherever bills are, and ended again. */
import { expect, test } from '@playwright/test';
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
