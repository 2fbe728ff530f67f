/** The pages that ask for a sign-in, by who opens them: what holds for every page is tried on all of them. */
import { expect, type Page } from '@playwright/test';

/** Together in a group what is looked at in one go. */
export const ofCustomers = [
  [
    '/',
    '/bills',
    '/usage',
    '/help',
    '/help/smell-of-gas',
    '/history',
    '/chat',
    '/call-me',
    '/readings',
    '/prices'
  ],
  [
    '/account',
    '/account/calendar',
    '/account/changes',
    '/account/close',
    '/account/data',
    '/account/details',
    '/account/letters',
    '/account/texts',
    '/account/priority',
    '/account/access',
    '/mail'
  ],
  ['/account/access/40120000/invite', '/account/access/40120000/uses', '/invitation/account'],
  [
    '/bills/programmes',
    ...['arrangement', 'extension', 'budget', 'autopay', 'paperless', 'reminders'].map(
      (kind) => `/bills/programmes/${kind}`
    )
  ],
  ['/requests', '/requests/new', '/requests/new?q=meter', '/requests/new?q=xylophone'],
  [
    '/requests/new/GENERAL',
    '/requests/new/METER-READ?ask=person',
    '/requests/new/PAY-ARR?ask=person',
    '/requests/new/BILL-HIGH',
    '/contact',
    '/emergency/heard?hazard=gas&verdict=possible'
  ],
  [
    '/orders/new',
    '/orders/new/time?q-CO-ALARM=1',
    '/orders/refills',
    '/orders/refills/new',
    '/orders/prebuy',
    '/orders'
  ]
];

/** What of a customer's has an address of its own: where it is listed, the first of it, and what hangs on it. */
export const foundByCustomers = [
  { list: '/requests?show=open', link: 'ol a', is: /\/requests\/\w{4}-\w{4}/, below: ['/receipt'] },
  { list: '/requests?show=past', link: 'ol a', is: /\/requests\/\w{4}-\w{4}/, below: [] },
  { list: '/orders', link: 'article a', is: /\/orders\/O-/, below: [] },
  { list: '/bills', link: 'ol a[href^="/bills/"]', is: /\/bills\/[\w-]+$/, below: ['/pay'] }
];

export const ofStaff = [
  ['/desk/orders', '/desk/orders/new', '/desk/deliveries', '/desk/deliveries/sheet', '/desk/stock'],
  [
    '/desk/articles',
    '/desk/articles/give-a-reading',
    '/desk/bot',
    '/desk/bot/lessons',
    '/desk/calls',
    '/desk/chats',
    '/desk/replies'
  ],
  [
    '/desk?queue=team',
    '/desk?queue=overdue',
    '/desk/customers',
    '/desk/readings',
    '/desk/today',
    '/desk/day',
    '/desk/requests/new'
  ]
];

export const ofSupervisors = ['/desk/waits', '/desk/products', '/desk/depots', '/desk/slots?kind=delivery'];

/** What hangs on the page of a customer. */
export const aboutACustomer = [
  ['', '/details', '/priority', '/closing'],
  ['/history', '/invite', '/payments'],
  ['/letters', '/email', '/data', '/sign-in'],
  ['arrangement', 'extension', 'budget', 'autopay', 'paperless', 'reminders'].map(
    (kind) => `/programmes/${kind}`
  )
];

/** Opens the first of a list. Answers with where it is. */
export async function openFirst(page: Page, { list, link, is }: (typeof foundByCustomers)[number]) {
  await page.goto(list);
  await page.locator(link).first().click();
  await page.waitForURL(is);
  return new URL(page.url()).pathname;
}

/** Opens a customer at the desk, whom no other journey changes. Answers with where that is. */
export async function openBen(page: Page) {
  await page.goto('/desk/customers');
  await page.getByRole('searchbox').fill('ben@customer');
  await page.keyboard.press('Enter');
  await page.getByRole('main').getByRole('listitem').getByRole('link').first().click();
  await page.waitForURL(/\/desk\/customers\/[0-9a-f-]{36}/);
  return new URL(page.url()).pathname;
}

/** Opens a request of the agent's team in the queue. */
export async function openQueued(page: Page, queue = 'team') {
  await page.goto(`/desk?queue=${queue}`);
  await page.locator('a[href*="/desk/requests/"][href*="queue"]').first().click();
  await expect(page.locator('summary', { hasText: 'Reply' })).toBeVisible();
}
