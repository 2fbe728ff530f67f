/** On to the provider's page, to pay for what is bought ahead. It stays held for a while either way. */
import { payPrebuy } from '#lib/prebuy/server/buying.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { toProvider } from '../../to-provider.ts';

export const payAhead = ({ locals }: { locals: App.Locals }, id: string, key: string) =>
  toProvider(locals, 'prebuy.pay_unavailable', ({ customer, provider, payment }) =>
    payPrebuy(locals.db, customer, provider, id, {
      ...{ ...payment, key },
      description: locals.t('prebuy.pay_description', { utility: config.utilityName })
    })
  );
