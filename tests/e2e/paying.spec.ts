/** Paying a bill without scripts, in Spanish on a phone: a part is refused, then paid; the receipt and the bill say so. */
import { expect, test } from './journey.ts';
import { looks } from './barriers.ts';
import { ada, signIn } from './demo.ts';

test.use({ ...looks[0], javaScriptEnabled: false });

test('a part of a bill is paid: too much is refused, a no takes nothing, a yes is one payment with a receipt', async ({
  page
}) => {
  await signIn(page, ada);
  await page.getByRole('banner').getByRole('button', { name: 'Español' }).click();
  await page.goto('/bills');
  await page.getByRole('link', { name: 'Cómo pagar' }).click();
  await page.getByRole('link', { name: 'Pagar con tarjeta' }).click();

  const part = async (amount: string) => {
    await page.getByRole('radio', { name: 'Otro importe' }).check();
    await page.getByRole('textbox', { name: 'Importe' }).fill(amount);
    await page.getByRole('button', { name: 'Continuar al pago' }).click();
  };
  await page.getByRole('radio', { name: 'Esta factura' }).check();
  await page.getByRole('textbox', { name: 'Importe' }).fill('10');
  await page.getByRole('button', { name: 'Continuar al pago' }).click();
  await expect(page.getByRole('link', { name: 'pero aquí escribió otro importe' })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Importe' })).toHaveValue('10');
  await expect(page.getByRole('radio', { name: 'Esta factura' })).toBeChecked();

  await part('99999');
  await expect(page.getByRole('link', { name: 'Es más de lo que debe' })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Importe' })).toHaveValue('99999');

  await part('5,00');
  await page.getByRole('button', { name: 'No, rechazarlo' }).click();
  await expect(page.getByRole('heading', { name: 'Sin pagar' })).toBeVisible();
  await page.goto('/bills');
  await page.getByRole('link', { name: 'Cómo pagar' }).click();
  await page.getByRole('link', { name: 'Pagar con tarjeta' }).click();
  await part('5,00');
  await page.getByRole('button', { name: 'Sí, pagar' }).click();
  await expect(page.getByRole('heading', { name: 'Pagado. Gracias.' })).toBeVisible();
  const reference = page.url().split('/').at(-1) ?? '';
  await page.reload();
  await page.getByRole('link', { name: 'A mis facturas' }).click();
  await expect(page.getByRole('link', { name: reference })).toHaveCount(1);
  await expect(page.getByText('por pagar, de').first()).toBeVisible();
});
