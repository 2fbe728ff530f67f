/** Who takes payments here: the card provider that is set, in a demo a made-up one, or nobody. */
import type { Db } from '#lib/platform/server/db.ts';
import type { PaymentProvider } from '../paying.ts';
import { demoProvider } from './demo-provider.ts';
import { stripeProvider } from './stripe-provider.ts';

export interface PaymentSettings {
  demo: boolean;
  origin: string;
  timeZone: string;
  stripeSecretKey: string | null;
  stripeWebhookSecret: string | null;
}

export function providerOf(db: Db, settings: PaymentSettings): PaymentProvider | null {
  const { demo, origin, stripeSecretKey: secretKey, stripeWebhookSecret: webhookSecret } = settings;
  if (secretKey) return stripeProvider({ secretKey, webhookSecret });
  return demo ? demoProvider(db, origin) : null;
}
