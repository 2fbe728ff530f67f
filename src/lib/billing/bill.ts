/** What a bill and a payment can be: the closed lists that the database holds too. */

export type BilledUnit = 'therm' | 'kwh' | 'kg';
export type LineUnit = BilledUnit | 'day' | 'percent';
export type LineCode =
  'standing' | 'gas' | 'delivery' | 'surcharge' | 'tax' | 'adjustment' | 'late_fee' | 'other';
export type PaymentMethod = 'bank' | 'card' | 'cash' | 'direct_debit' | 'cheque' | 'other';
export type PaymentState = 'pending' | 'settled' | 'failed' | 'refunded';
