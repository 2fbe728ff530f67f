/** What is asked of Stripe and what is believed of it, over a network that is made up. */
import { expect, test } from 'vitest';
import Stripe from 'stripe';
import { stripeProvider } from './stripe-provider.ts';

const attemptId = '019a0000-0000-7000-8000-000000000001';
const session = {
  id: 'cs_1',
  object: 'checkout.session',
  client_reference_id: attemptId,
  amount_total: 7000,
  currency: 'usd'
};
const webhookSecret = 'whsec_known_to_everybody';

test('a page is asked for with the attempt as its key, so that asked twice it is one', async () => {
  const { provider, calls } = answering({ ...session, url: 'https://checkout.stripe.com/c/pay/cs_1' });
  const page = await provider.open({
    attemptId,
    reference: 'P-ABCDEFGH',
    amount: 7000n,
    currency: 'USD',
    locale: 'es',
    description: 'Gas',
    returnUrl: 'https://hearth.example/payments/P-ABCDEFGH'
  });
  expect(page).toEqual({ checkout: 'cs_1', url: 'https://checkout.stripe.com/c/pay/cs_1' });
  const [call] = calls;
  expect(call?.path).toBe('/v1/checkout/sessions');
  expect(call?.headers).toMatchObject({
    'Idempotency-Key': attemptId,
    'Stripe-Version': '2026-10-28.endive'
  });
  const sent = Object.fromEntries(new URLSearchParams(call?.body));
  expect(sent).toMatchObject({
    mode: 'payment',
    client_reference_id: attemptId,
    locale: 'es',
    'line_items[0][price_data][unit_amount]': '7000',
    'line_items[0][price_data][currency]': 'usd',
    'allowed_payment_method_types[0]': 'card'
  });
});

test.each([
  [{ status: 'complete', payment_status: 'paid' }, 'paid'],
  [{ status: 'complete', payment_status: 'unpaid' }, 'open'],
  [{ status: 'open', payment_status: 'unpaid' }, 'open'],
  [{ status: 'expired', payment_status: 'unpaid' }, 'expired']
])('%j is %s', async (said, state) => {
  const { provider } = answering({ ...session, ...said });
  expect(await provider.look('cs_1')).toEqual({ state, amount: 7000n, currency: 'USD' });
});

test('a page that has ended already is shut without complaint', async () => {
  const { provider } = answering({ error: { type: 'invalid_request_error', message: 'ended' } }, 400);
  await expect(provider.close('cs_1')).resolves.toBeUndefined();
});

test('its webhook is believed when it is signed now, over every sign of it', async () => {
  const { provider } = answering(session);
  const body = JSON.stringify({
    id: 'evt_1',
    object: 'event',
    type: 'checkout.session.completed',
    data: { object: session }
  });
  const now = Math.floor(Date.now() / 1000);
  expect(await provider.told(body, signed(body, now))).toEqual({ attemptId, checkout: 'cs_1' });
  const no = { words: 'paying.not_signed' };
  await expect(provider.told(`${body} `, signed(body, now))).rejects.toMatchObject(no);
  await expect(provider.told(body, signed(body, now - 400))).rejects.toMatchObject(no);
  await expect(provider.told(body, signed(body, now + 400))).rejects.toMatchObject(no);
  await expect(provider.told(body, signed(body, now, 'whsec_of_somebody_else'))).rejects.toMatchObject(no);
  await expect(provider.told(body, null)).rejects.toMatchObject(no);
  await expect(provider.told(body, 'v1=00')).rejects.toMatchObject(no);
});

test('what else it tells is no news of ours', async () => {
  const { provider } = answering(session);
  for (const event of [
    { type: 'charge.refunded', data: { object: {} } },
    {
      type: 'checkout.session.completed',
      data: { object: { ...session, client_reference_id: 'an order elsewhere' } }
    }
  ]) {
    const body = JSON.stringify({ id: 'evt_2', object: 'event', ...event });
    expect(await provider.told(body, signed(body, Math.floor(Date.now() / 1000)))).toBeNull();
  }
});

const signed = (payload: string, timestamp: number, secret = webhookSecret) =>
  new Stripe('sk_test_of_nobody').webhooks.generateTestHeaderString({ payload, secret, timestamp });

/** A provider whose network gives this answer, and what was sent over it. */
function answering(answer: unknown, status = 200) {
  const calls: { path: string; headers: object; body: string }[] = [];
  const response = {
    getStatusCode: () => status,
    getHeaders: () => ({}),
    getRawResponse: () => ({}),
    toStream: () => ({}),
    toJSON: () => Promise.resolve(answer)
  };
  const httpClient = {
    getClientName: () => 'made up',
    makeRequest: (
      _host: string,
      _port: string,
      path: string,
      _method: string,
      headers: object,
      body: string
    ) => {
      calls.push({ path, headers, body });
      return Promise.resolve(response);
    }
  } as unknown as Stripe.StripeConfig['httpClient'];
  return { provider: stripeProvider({ secretKey: 'sk_test_of_nobody', webhookSecret, httpClient }), calls };
}
