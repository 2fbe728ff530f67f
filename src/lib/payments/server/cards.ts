/** Keeping a card: the provider's page is asked for, and its word about it is kept, once. */
import { sql } from 'kysely';
import type { PersonActor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { isCheckViolation, isUniqueViolation, type Db } from '#lib/platform/server/db.ts';
import { digestOf, once } from '#lib/platform/server/once.ts';
import type { CardPage, CardState } from '#lib/billing/card.ts';
import type { PaymentProvider } from '../paying.ts';
import { cardOfForm, cardsUnderWay } from './card-queries.ts';

export interface NewCard {
  account: string;
  /** Bills above it are not to be paid by it. */
  most: bigint | null;
  currency: string;
  /** Of the form: sent twice it is one card. */
  key: string;
  locale: string;
  returnUrl: string;
  today: string;
}

/** Where to go on: the provider's page for the card, or back where its card stands. */
export async function beginCard(db: Db, actor: PersonActor, provider: PaymentProvider, asked: NewCard) {
  const card = await once(
    { digest: digestOf(contentOf(asked)), first: () => firstOfForm(db, actor, asked.key), asksBefore: true },
    async () => {
      await endOthers(db, provider, asked);
      return begin(db, actor, provider, asked);
    }
  );
  if (card.state !== 'begun') return (card.state === 'offered' && card.checkout_url) || asked.returnUrl;

  const { currency, locale, returnUrl } = asked;
  const { checkout, url } = await provider.askCard({ cardId: card.id, currency, locale, returnUrl });
  const kept = await db
    .updateTable('kept_card')
    .set({ checkout, checkout_url: url })
    .where('id', '=', card.id)
    .returning('state')
    .executeTakeFirst();
  if (kept?.state === 'offered') return url;
  // Another was begun meanwhile; on this page none is kept any more.
  await provider.close(checkout);
  return refuse('conflict', 'autopay.two');
}

/** Asks the provider how a card's page stands, and keeps what it says: once, however often it is asked. */
export async function lookAfterCard(
  db: Db,
  provider: PaymentProvider,
  card: { id: string; checkout: string; provider: string },
  today: string
): Promise<CardState | null> {
  if (card.provider !== provider.name) return null;
  return keepCard(db, card, await provider.lookCard(card.checkout), today);
}

/** Keeps the provider's word about a card. */
export async function keepCard(
  db: Db,
  { id, checkout }: { id: string; checkout: string },
  { state, card }: CardPage,
  today: string
) {
  const { rows } = await sql<{ state: CardState | null }>`
    select settle_kept_card(${id}, ${checkout}, ${state}, ${card?.payer ?? null}, ${card?.card_name ?? null},
      ${card?.brand ?? null}, ${card?.last_four ?? null}, ${card?.valid_until ?? null}::date, ${today}::date)
      as state`.execute(db);
  return rows[0]?.state ?? null;
}

async function endOthers(db: Db, provider: PaymentProvider, { account, today }: NewCard) {
  for (const { id, checkout, provider: whose } of await cardsUnderWay(db, account)) {
    if (checkout === null || whose !== provider.name) {
      await keepCard(db, { id, checkout: checkout ?? '' }, { state: 'expired', card: null }, today);
      continue;
    }
    await provider.close(checkout);
    const state = await lookAfterCard(db, provider, { id, checkout, provider: whose }, today);
    if (state === 'kept') refuse('conflict', 'autopay.just_kept');
  }
}

async function begin(db: Db, actor: PersonActor, provider: PaymentProvider, asked: NewCard) {
  const { account, most, currency, key } = asked;
  try {
    await db
      .insertInto('kept_card')
      .values({
        ...{ account_id: account, person_id: actor.id, form_key: key, currency, provider: provider.name },
        most: most === null ? null : String(most)
      })
      .execute();
  } catch (error) {
    if (isUniqueViolation(error, 'kept_card_one_at_a_time')) refuse('conflict', 'autopay.two');
    if (isCheckViolation(error, 'budget_spent')) refuse('too_many', 'autopay.too_often');
    throw error;
  }
  return (await cardOfForm(db, actor, key)) ?? refuse('conflict', 'autopay.two');
}

/** What makes two cards that are asked for the same. */
const contentOf = ({ account, most, currency }: Pick<NewCard, 'account' | 'most' | 'currency'>) => [
  ...[account, String(most)],
  currency
];

async function firstOfForm(db: Db, actor: PersonActor, key: string) {
  const result = await cardOfForm(db, actor, key);
  return result && { digest: digestOf(contentOf({ ...result, account: result.account_id })), result };
}
