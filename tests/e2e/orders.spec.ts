/** Ordering on a phone without scripts, and handing it over: a driver delivers only against the customer's code. */
import { expect, test } from './journey.ts';
import { expectNoBarriers, looks } from './barriers.ts';
import { ada, grace, sam, signIn } from './demo.ts';

test.use({ ...looks[0], javaScriptEnabled: false });

test('somebody orders cylinders and an alarm into a slot, and a driver delivers them against the code', async ({
  page,
  browser
}) => {
  await signIn(page, ada, '/orders');
  await page.getByRole('link', { name: 'Order something' }).click();
  await page.getByRole('button', { name: 'Choose a time' }).click();
  await expect(page.getByText('Say how many you want of at least one thing.')).toBeVisible();
  await page.getByLabel('How many Propane cylinder, 20 lb').fill('2');
  await page.getByLabel('Empties handed back Propane cylinder, 20 lb').fill('3');
  await page.getByLabel('How many Carbon monoxide alarm').fill('1');
  await page.getByRole('button', { name: 'Choose a time' }).click();
  await expect(page.getByRole('link', { name: 'hand back at most 2 empties' })).toBeVisible();
  // By the ledger they have one of ours.
  await page.getByLabel('Empties handed back Propane cylinder, 20 lb').fill('2');
  await page.getByRole('button', { name: 'Choose a time' }).click();
  await expect(page.getByRole('link', { name: 'only 1 cylinder of ours' })).toBeVisible();
  await page.getByLabel('Empties handed back Propane cylinder, 20 lb').fill('1');
  await page.getByRole('button', { name: 'Choose a time' }).click();

  await expect(page.getByRole('row', { name: 'Total' })).toContainText('$113.93');
  await page.getByLabel('How do we find you?').fill('Side door, the bell is broken.');
  await page.getByRole('button', { name: 'Place the order' }).click();
  await expect(page.getByRole('link', { name: 'Choose when we should bring it.' })).toBeVisible();
  await expect(page.getByLabel('How do we find you?')).toHaveValue('Side door, the bell is broken.');
  // Not the first: tomorrow's can be moved no more once it is past the cut-off of today.
  await page.getByRole('radio', { name: '8:00 AM' }).nth(1).check();
  await page.locator('[name="hazards"][value="dog"]').check();
  await page.getByRole('radio', { name: 'Now, by card' }).check();
  await page.getByRole('button', { name: 'Place the order' }).click();
  await page.getByRole('button', { name: 'No, refuse it' }).click();
  await page.getByRole('link', { name: 'To my order' }).click();
  await expect(page.getByText('Pay by then, or choose to pay at the door')).toBeVisible();
  await expect(page.locator('.digits')).toHaveCount(0);
  await page.getByRole('button', { name: 'Pay at the door instead' }).click();
  await expect(page.getByText('We have your order.')).toBeVisible();
  await expect(page.getByText('To pay at the door: $113.93.')).toBeVisible();
  const code = (await page.locator('.digits').textContent())?.trim() ?? '';
  const order = new URL(page.url()).pathname;
  const reference = order.split('/').at(-1) ?? '';
  await page.getByRole('link', { name: 'Change the time' }).click();
  await page.getByRole('radio', { name: '6:00 PM' }).first().check();
  await page.getByRole('button', { name: 'Take this time' }).click();
  await expect(page.getByText('New time:')).toBeVisible();

  const desk = await (await browser.newContext({ ...looks[0], javaScriptEnabled: true })).newPage();
  await signIn(desk, grace, `/desk/orders/${reference}`);
  await expect(desk.locator('body')).not.toContainText(code);
  await expect(desk.getByText('a dog or another animal')).toBeVisible();
  await desk.getByRole('button', { name: 'No longer there: a dog or another animal' }).click();
  await expect(desk.getByText('a dog or another animal')).toHaveCount(0);
  await desk.getByRole('button', { name: 'It is packed' }).click();
  // Before its day that is asked about, once.
  await desk.getByRole('button', { name: 'It is on the way' }).click();
  await expect(desk.getByText('Its day has not come yet.')).toBeVisible();
  await desk.getByRole('checkbox', { name: 'The customer has agreed that it comes before its day' }).check();
  await desk.getByRole('button', { name: 'It is on the way' }).click();
  await expect(desk.getByText('Left the depot, before its day')).toBeVisible();
  await desk.getByRole('link', { name: 'Hand it over' }).click();
  const stop = desk.getByRole('article').filter({ hasText: reference });
  await expect(stop).toContainText('Collect $113.93');
  await expect(desk.getByText('Live', { exact: true })).toBeAttached();
  await stop.getByLabel('The customer’s code').fill(code === '000 000' ? '111111' : '000000');
  await stop.getByRole('button', { name: 'Delivered' }).click();
  await expect(stop.getByRole('alert')).toContainText('That is not the code.');
  await expectNoBarriers(desk);
  // One more that they give back for good: what cannot be read is asked again, and stays.
  await stop.getByText('They give cylinders back for good').click();
  const back = stop.getByLabel('Given back for good: Propane cylinder, 20 lb');
  await back.fill('one');
  await stop.getByRole('button', { name: 'Delivered' }).click();
  await expect(stop.getByRole('alert')).toContainText('Say in figures how many they give back for good');
  await expect(back).toHaveValue('one');
  await back.fill('1');
  await stop.getByLabel('The customer’s code').fill(code);
  // Down there is no line: nobody was told, and all that was typed stays.
  await desk.context().setOffline(true);
  await stop.getByRole('button', { name: 'Delivered' }).click();
  await expect(stop.getByRole('alert')).toContainText('no connection here, so nobody was told');
  await expectNoBarriers(desk);
  await desk.context().setOffline(false);
  await expect(stop.getByLabel('The customer’s code')).toHaveValue(code);
  await expect(back).toHaveValue('1');
  await stop.getByRole('button', { name: 'Delivered' }).click();
  await expect(desk.getByText(`Noted for ${reference}`)).toBeVisible();

  await page.goto(order);
  await expect(page.getByText('Your order was delivered.')).toBeVisible();
  await expect(page.getByText('Everything is paid.')).toBeVisible();
  await expect(page.locator('.digits')).toHaveCount(0);
  await page.getByRole('button', { name: 'Send it' }).click();
  await expect(page.getByText('Please choose from 1 to 5.')).toBeVisible();
  await page.getByRole('radio', { name: '4, good' }).check();
  await page.getByLabel('In a few words').fill('On time, and careful with the gate.');
  await page.getByRole('button', { name: 'Send it' }).click();
  await expect(page.getByText('Thank you. You said: 4, good.')).toBeVisible();
  await page.goto('/orders');
  await expect(page.getByText('1 × Propane cylinder, 20 lb given back')).toBeVisible();
  await expect(page.getByText('to be paid back').first()).toBeVisible();
  // What is given back without an order is asked for from here, and knows how many there are.
  await page.getByRole('link', { name: 'Give cylinders back and get the deposit' }).click();
  await expect(page.locator('[name="cylinders"]')).toHaveValue(/^[1-9]\d*$/);
  await desk.context().close();
});

test('refills that come by themselves are set up, skipped, paused and ended', async ({ page }) => {
  await signIn(page, ada, '/orders');
  await page.getByRole('link', { name: 'Regular refills' }).click();
  await page.getByRole('link', { name: 'Set up regular refills' }).click();
  await page.getByRole('radio', { name: 'Propane cylinder, 20 lb' }).check();
  await page.getByLabel('How many each time').fill('0');
  await page.getByRole('button', { name: 'Continue to review' }).click();
  await expect(page.getByRole('link', { name: 'order between 1 and' })).toBeVisible();
  await page.getByLabel('How many each time').fill('2');
  await page.getByLabel('How often?').selectOption('Every 6 weeks');
  await page.getByRole('button', { name: 'Continue to review' }).click();
  // Nothing starts before it was looked over; what was typed is there again when they go back.
  await expect(page.getByRole('heading', { name: 'Check it before it starts' })).toBeVisible();
  await expect(page.getByText('$43.98 each time, at today’s price.')).toBeVisible();
  await page.getByRole('button', { name: 'Change it' }).click();
  await expect(page.getByLabel('How many each time')).toHaveValue('2');
  await page.getByRole('button', { name: 'Continue to review' }).click();
  await page.getByRole('button', { name: 'Start the refills' }).click();
  await expect(page.getByText('Your regular refills are set up.')).toBeVisible();
  await expect(page.getByText('Every 6 weeks.')).toBeVisible();

  await page.getByRole('button', { name: 'Skip the next one' }).click();
  await expect(page.getByText(': skipped')).toHaveCount(1);
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByText('Nothing is ordered until you start them again.')).toBeVisible();
  await page.getByText('End the refills').first().click();
  await page.getByRole('button', { name: 'End the refills' }).click();
  await expect(page.getByText('Nothing is ordered any more.')).toBeVisible();
});

test('a supervisor adds to the week, makes an exception, and closes a day: whoever is booked is told', async ({
  page,
  browser
}) => {
  await signIn(page, ada, '/orders/new/time?q-CO-ALARM=1');
  await page.getByText('Later days').click();
  await page.locator('input[name="slot"]').last().check();
  await page.getByRole('button', { name: 'Place the order' }).click();
  const told = await page.getByText('We have your order. We bring it on').textContent();
  const day = new Date(`${/on (.+?), between/.exec(told ?? '')?.[1]} UTC`).toISOString().slice(0, 10);

  const desk = await (await browser.newContext({ ...looks[1], javaScriptEnabled: true })).newPage();
  await signIn(desk, sam, `/desk/slots?kind=delivery&area=millbrook&week=${day}`);
  await desk.locator('summary', { hasText: 'The weekly pattern' }).click();
  const pattern = desk.locator('form[action*="add"]');
  await pattern.getByLabel('From').fill('21:00');
  await pattern.getByLabel('To').fill('22:00');
  await pattern.getByLabel('Places').fill('3');
  await pattern.getByRole('button', { name: 'Add it' }).click();
  const added = desk.locator('.week li').filter({ hasText: '0 of 3' }).first();
  await added.locator('summary').first().click();
  await added.getByLabel('Places').fill('5');
  await added.getByRole('button', { name: 'Save' }).click();
  await expect(desk.locator('.week li').filter({ hasText: '0 of 5' })).toHaveCount(1);

  await desk.getByText('One more window, on one day').click();
  const extra = desk.locator('form[action*="extra"]');
  await extra.getByLabel('Day', { exact: true }).selectOption(day);
  await extra.getByLabel('From').fill('22:00');
  await extra.getByLabel('To').fill('22:00');
  await extra.getByRole('button', { name: 'Add the window' }).click();
  await expect(desk.getByText('A window needs its day, its hours')).toBeVisible();
  await extra.getByLabel('To').fill('23:00');
  await extra.getByRole('button', { name: 'Add the window' }).click();
  const alone = desk.locator('.week li').filter({ hasText: 'Only on this day' });
  await expect(alone).toHaveCount(1);
  await alone.locator('summary').first().click();
  await alone.getByText('Close this window').click();
  await alone.getByLabel('Why').selectOption('Nobody available');
  await alone.getByRole('button', { name: 'Close the window' }).click();
  await expect(desk.getByText('The window is closed. Nobody was booked in it.')).toBeVisible();
  await expect(alone).toContainText('Closed: Nobody available');

  const closing = desk.locator(`section[aria-labelledby="day-${day}"]`);
  await closing.getByText('Close this day').click();
  const whole = closing.locator(':scope > details');
  await whole.getByLabel('Why').selectOption('Weather');
  await whole.getByRole('button', { name: 'Close the day' }).click();
  await expect(desk.getByText('We tell one customer.')).toBeVisible();
  await expect(closing.getByText('Closed: Weather')).toBeVisible();
  await page.reload();
  await expect(page.getByText('We cannot bring it when we had agreed')).toBeVisible();
  await desk.context().close();
});
