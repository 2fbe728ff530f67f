/** What the payment provider tells on its own. Signed by it, or refused; and its word is then asked for at its own place. */
import { text } from '@sveltejs/kit';
import { lookAfter } from '#lib/billing/server/attempts.ts';
import { todayAt } from '#lib/platform/dates.ts';
import { providerOf } from '#lib/billing/server/provider.ts';
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
  if (told)
    await lookAfter(
      db,
      provider,
      { id: told.attemptId, checkout: told.checkout, provider: provider.name },
      todayAt(config.timeZone)
    );
  return text('');
};
