/** On to the provider's page, to pay for an order. The order stands either way. */
import { payOrder } from '#lib/orders/server/paying.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { toProvider } from '../to-provider.ts';

export const payOnward = ({ locals }: { locals: App.Locals }, reference: string, key: string) =>
  toProvider(locals, 'orders.pay_unavailable', ({ customer, provider, payment }) =>
    payOrder(locals.db, customer, provider, reference, {
      ...{ ...payment, key },
      description: locals.t('orders.pay_description', { utility: config.utilityName, reference })
    })
  );
