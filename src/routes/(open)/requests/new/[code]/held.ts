/** Handing cylinders back: no more can be offered than the ledger has with the account. */
import type { Reading } from '#lib/forms/form.ts';
import { holdingsOf } from '#lib/orders/server/returns.ts';

export async function moreThanHeld(
  { db, locale }: App.Locals,
  code: string,
  reading: Reading,
  account: { id: string } | null
): Promise<Extract<Reading, { ok: false }>['problems']> {
  if (code !== 'LPG-SURRENDER' || !reading.ok || !account) return {};
  const held = (await holdingsOf(db, account.id, locale)).reduce((sum, each) => sum + each.held, 0);
  return Number(reading.answers['cylinders']) > held
    ? { cylinders: { key: 'cylinders.more_back', params: { held } } }
    : {};
}
