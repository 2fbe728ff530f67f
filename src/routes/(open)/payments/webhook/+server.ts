/** What the payment provider tells on its own. Signed by it, or refused; and its word is then asked for at its own place. */
import { text } from '@sveltejs/kit';
import { lookAfter } from '#lib/payments/server/attempts.ts';
import { lookAfterCard } from '#lib/payments/server/cards.ts';
import { providerOf } from '#lib/payments/server/provider.ts';
import { todayAt } from '#lib/platform/dates.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { config } from '#lib/platform/server/runtime.ts';
import type { RequestHandler } from './$types';

/** More than any event of theirs has. */
const most = 256 * 1024;

export const POST: RequestHandler = async ({ request, locals: { db } }) => {
  const provider = providerOf(db, config);
  if (provider?.name !== 'stripe') refuse('missing', 'errors.missing');
  // Sign by sign as it was sent: the signature is over that.
  const body = await request.text();
  if (body.length > most) refuse('invalid', 'paying.not_signed');
  const told = await provider.told(body, request.headers.get('stripe-signature'));
  const today = todayAt(config.timeZone);
  if (told) {
    const { checkout } = told;
    if ('cardId' in told)
      await lookAfterCard(db, provider, { id: told.cardId, checkout, provider: provider.name }, today);
    else await lookAfter(db, provider, { id: told.attemptId, checkout, provider: provider.name }, today);
  }
  return text('');
};
