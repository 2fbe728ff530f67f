/** Two requests about the same thing become one, and nobody loses their way. */
import { expect, test } from './journey.ts';
import { ask } from './asks.ts';
import { expectNoBarriers } from './barriers.ts';
import { ada, grace, signIn } from './demo.ts';

for (const javaScriptEnabled of [true, false]) {
  test(`a request sent twice is merged, and both references lead on, scripts ${javaScriptEnabled}`, async ({
    browser
  }) => {
    const customer = await (await browser.newContext({ javaScriptEnabled })).newPage();
    await signIn(customer, ada);
    const first = await ask(customer, { words: 'Why is my bill so high this time?' });
    const again = await ask(customer, { words: 'I asked already: why is my bill so high?' });

    const desk = await (
      await browser.newContext({ javaScriptEnabled, viewport: { width: 1280, height: 800 } })
    ).newPage();
    await signIn(desk, grace, `/desk/requests/${again}`);
    if (javaScriptEnabled) await expect(desk.getByText('Live', { exact: true })).toBeVisible();
    await desk.locator('summary', { hasText: 'Merge' }).click();
    await desk.getByLabel('It continues in').selectOption(first);
    if (javaScriptEnabled) await expectNoBarriers(desk);
    await desk.getByRole('button', { name: 'Merge', exact: true }).click();
    await expect(desk.getByText('It continues in').first()).toBeVisible();
    await expect(desk.locator('summary', { hasText: 'Status' })).toHaveCount(0);

    await desk.getByRole('link', { name: first, exact: true }).click();
    await expect(desk.getByText('Another request was joined to this one')).toBeVisible();
    await expect(desk.getByRole('link', { name: new RegExp(`^${again}`) })).toBeVisible();
    if (javaScriptEnabled) await expectNoBarriers(desk);

    await customer.goto(`/requests/${again}`);
    await expect(customer.getByText('This continues in another request')).toBeVisible();
    await customer.getByRole('link', { name: `Go to request ${first}` }).click();
    await expect(customer).toHaveURL(`/requests/${first}`);
    await expect(customer.getByText('Another request was joined to this one')).toBeVisible();
  });
}
