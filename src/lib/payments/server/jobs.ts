/** What is done later about payments: receipts, kept cards, and asking after payments of which nobody told us. */
import { sql } from 'kysely';
import type { Letterhead } from '#lib/billing/letters.ts';
import { rulesOf, type Jurisdiction } from '#lib/billing/programme-rules.ts';
import { todayAt } from '#lib/platform/dates.ts';
import type { Db } from '#lib/platform/server/db.ts';
import type { Handlers, Timetable } from '#lib/platform/server/jobs.ts';
import { log } from '#lib/platform/server/log.ts';
import type { Post } from '#lib/platform/server/mail.ts';
import { keepWord, lookAfter } from './attempts.ts';
import { findExpiring, forgetCard, tellDeclined, tellExpiring } from './card-letters.ts';
import { cardsUnheard } from './card-queries.ts';
import { keepCard, lookAfterCard } from './cards.ts';
import { chargeAgain, chargeDue, type Clock } from './charging.ts';
import { tellNoted, tellTakenBack } from './noted-letter.ts';
import { tellPaid } from './paid-letter.ts';
import { providerOf, type PaymentSettings } from './provider.ts';

declare module '#lib/platform/jobs.ts' {
  interface Jobs {
    /** Sends whoever paid a receipt. */
    'billing.tell_paid': { attemptId: string };
    /** Tells a customer that a payment of theirs was written down at the desk. */
    'billing.tell_noted': { id: string };
    /** Tells them that it was taken back. */
    'billing.tell_taken_back': { id: string };
    /** Asks the provider about payments that were begun and never heard of again. */
    'billing.ask_after_payments': Nothing;
    /** Takes what is due from cards that pay by themselves, and looks which of them end soon. */
    'billing.charge_cards': Nothing;
    /** Tells whose card it is that nothing could be taken from it. */
    'billing.tell_declined': { attemptId: string };
    /** Tells whose card it is that it ends soon. */
    'billing.tell_expiring': { card: string };
    /** Has the provider forget a card that pays no more. */
    'billing.forget_card': { card: string };
  }
}

type PaymentJob =
  | 'billing.tell_paid'
  | 'billing.tell_noted'
  | 'billing.tell_taken_back'
  | 'billing.ask_after_payments'
  | 'billing.charge_cards'
  | 'billing.tell_declined'
  | 'billing.tell_expiring'
  | 'billing.forget_card';

export const paymentTimetable: Timetable = {
  'billing.ask_after_payments': '* * * * *',
  'billing.charge_cards': '*/20 * * * *'
};

type Settings = Letterhead & PaymentSettings & { jurisdiction: Jurisdiction };

export const paymentJobs = (post: Post, settings: Settings): Handlers<PaymentJob> => ({
  'billing.tell_paid': (db, told) => tellPaid(db, post, told, settings),
  'billing.tell_noted': (db, told) => tellNoted(db, post, told, settings),
  'billing.tell_taken_back': (db, told) => tellTakenBack(db, post, told, settings),

  async 'billing.ask_after_payments'(db) {
    const clock = clockOf(db, settings);
    if (!clock) return;
    const { provider, today } = clock;
    for (const attempt of await unheard(db)) {
      const { id, checkout, automatic } = attempt;
      try {
        if (checkout) await lookAfter(db, provider, { ...attempt, checkout }, today);
        else if (automatic) await chargeAgain(db, id, clock);
        else await giveUp(db, attempt);
      } catch (error) {
        // One that cannot be asked about holds up no other.
        log.error('a payment could not be asked after', { attempt: id, error });
      }
    }
    for (const card of await cardsUnheard(db)) {
      const { id, checkout } = card;
      try {
        if (checkout) await lookAfterCard(db, provider, { ...card, checkout }, today);
        else await keepCard(db, { id, checkout: '' }, { state: 'expired', card: null }, today);
      } catch (error) {
        log.error('a card could not be asked after', { card: id, error });
      }
    }
  },

  async 'billing.charge_cards'(db) {
    const clock = clockOf(db, settings);
    if (clock) await chargeDue(db, clock);
    await findExpiring(db, todayAt(settings.timeZone));
  },

  'billing.tell_declined': (db, told) => tellDeclined(db, post, told, settings),
  'billing.tell_expiring': (db, told) => tellExpiring(db, post, told, settings),
  'billing.forget_card': (db, told) => forgetCard(db, providerOf(db, settings), told)
});

function clockOf(db: Db, settings: Settings): Clock | null {
  const { timeZone, jurisdiction, utilityName: description } = settings;
  const provider = providerOf(db, settings);
  return provider && { provider, today: todayAt(timeZone), rules: rulesOf(jurisdiction), description };
}

/** Its page was never shown to anybody. */
const giveUp = (db: Db, { id }: { id: string }) =>
  keepWord(db, { id, checkout: '' }, { state: 'expired', amount: 0n, currency: '' }, '1970-01-01');

/** Those not asked about for the longest, each marked: the next run takes others. */
async function unheard(db: Db) {
  const { rows } = await sql<{ id: string; checkout: string | null; provider: string; automatic: boolean }>`
    update payment_attempt set asked_at = now()
    where id in (select id from payment_attempt
                 where state in ('begun', 'offered')
                   and asked_at < now() - case when checkout is null and programme_id is null
                                               then interval '1 hour' else interval '1 minute' end
                 order by asked_at limit 100)
    returning id, checkout, provider, programme_id is not null as automatic`.execute(db);
  return rows;
}
