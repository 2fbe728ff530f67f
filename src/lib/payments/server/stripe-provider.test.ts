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

test('a card is asked for on a page of its own, and known by its end once it is kept', async () => {
  const { provider, calls } = answering({
    ...session,
    id: 'cs_2',
    url: 'https://checkout.stripe.com/c/pay/cs_2'
  });
  const asked = {
    cardId: attemptId,
    currency: 'USD',
    locale: 'en',
    returnUrl: 'https://hearth.example/back'
  };
  expect(await provider.askCard(asked)).toEqual({
    ...{ checkout: 'cs_2', url: 'https://checkout.stripe.com/c/pay/cs_2' }
  });
  expect(calls[0]?.headers).toMatchObject({ 'Idempotency-Key': attemptId });
  const sent = Object.fromEntries(new URLSearchParams(calls[0]?.body));
  expect(sent).toMatchObject({ mode: 'setup', customer_creation: 'always', client_reference_id: attemptId });

  const card = { brand: 'visa', last4: '4242', exp_month: 2, exp_year: 2028 };
  const intent = { status: 'succeeded', payment_method: { id: 'pm_1', card } };
  const kept = answering({ ...session, status: 'complete', customer: 'cus_1', setup_intent: intent });
  expect(await kept.provider.lookCard('cs_2')).toEqual({
    state: 'kept',
    card: {
      ...{ payer: 'cus_1', card_name: 'pm_1', brand: 'visa', last_four: '4242' },
      valid_until: '2028-02-29'
    }
  });
  const waits = answering({ ...session, status: 'open', customer: null, setup_intent: 'seti_1' });
  expect(await waits.provider.lookCard('cs_2')).toEqual({ state: 'open', card: null });
});

const intent = { id: 'pi_1', object: 'payment_intent', amount: 7000, currency: 'usd', metadata: {} };
const charge = {
  ...{ attemptId, amount: 7000n, currency: 'USD', payer: 'cus_1', card: 'pm_1', description: 'Gas' }
};

test('a kept card is charged under the name of the attempt, with nobody there to be led elsewhere', async () => {
  const { provider, calls } = answering({ ...intent, status: 'succeeded' });
  expect(await provider.charge(charge)).toEqual({
    ...{ state: 'paid', amount: 7000n, currency: 'USD', checkout: 'pi_1' }
  });
  expect(calls[0]?.headers).toMatchObject({ 'Idempotency-Key': attemptId });
  expect(Object.fromEntries(new URLSearchParams(calls[0]?.body))).toMatchObject({
    ...{ amount: '7000', customer: 'cus_1', payment_method: 'pm_1', off_session: 'true', confirm: 'true' },
    'metadata[attempt]': attemptId
  });
});

test.each([
  ['requires_action', 'refused'],
  ['requires_payment_method', 'refused'],
  ['canceled', 'refused'],
  ['processing', 'open'],
  ['requires_confirmation', 'open'],
  ['succeeded', 'paid']
])('a charge that is %s is %s, whenever it is looked at', async (status, state) => {
  const says = { state, amount: 7000n, currency: 'USD' };
  expect(await answering({ ...intent, status }).provider.look('pi_1')).toEqual(says);
  expect(await answering({ ...intent, status }).provider.charge(charge)).toMatchObject({ state });
});

test('a card that refuses is a refusal; a provider that is out of order is not', async () => {
  const refuses = { error: { type: 'card_error', code: 'card_declined', payment_intent: { id: 'pi_2' } } };
  expect(await answering(refuses, 402).provider.charge(charge)).toMatchObject({
    ...{ state: 'refused', checkout: 'pi_2' }
  });
  const detached = { error: { type: 'invalid_request_error', message: 'no such payment method' } };
  expect(await answering(detached, 400).provider.charge(charge)).toMatchObject({
    ...{ state: 'refused', checkout: null }
  });
  const wrongKey = answering({ error: { type: 'authentication_error', message: 'no' } }, 401);
  await expect(wrongKey.provider.charge(charge)).rejects.toThrow();
  // Another process asks for the same at this moment: what becomes of it is not known yet.
  const twice = answering({ error: { type: 'idempotency_error', message: 'in use' } }, 409);
  await expect(twice.provider.charge(charge)).rejects.toThrow();
});

test('a charge that was asked for is found by the attempt that it names', async () => {
  const theirs = { ...intent, id: 'pi_0', status: 'succeeded', metadata: { attempt: 'another' } };
  const ours = { ...intent, status: 'succeeded', metadata: { attempt: attemptId } };
  const list = (data: object[]) => ({ object: 'list', url: '/v1/payment_intents', has_more: false, data });
  const since = new Date('2026-03-14T00:00:00Z');
  const asked = { payer: 'cus_1', attemptId, since };
  expect(await answering(list([theirs, ours])).provider.findCharge(asked)).toMatchObject({
    checkout: 'pi_1'
  });
  expect(await answering(list([theirs])).provider.findCharge(asked)).toBeNull();
});

test('its webhook tells of charges of ours, and of cards apart from payments', async () => {
  const { provider } = answering(session);
  const tell = async (type: string, object: object) => {
    const body = JSON.stringify({ id: 'evt_3', object: 'event', type, data: { object } });
    return provider.told(body, signed(body, Math.floor(Date.now() / 1000)));
  };
  const ours = { ...intent, metadata: { attempt: attemptId } };
  expect(await tell('payment_intent.succeeded', ours)).toEqual({ attemptId, checkout: 'pi_1' });
  expect(await tell('payment_intent.succeeded', intent)).toBeNull();
  const setup = { ...session, mode: 'setup' };
  expect(await tell('checkout.session.completed', setup)).toEqual({ cardId: attemptId, checkout: 'cs_1' });
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
