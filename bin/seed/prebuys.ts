/** Gas that is sold ahead for the winter, and one household that bought some of it. */
import { randomUUIDv7 } from 'node:crypto';
import type pg from 'pg';
import type { Config } from '#lib/platform/server/config.ts';
import type { Home } from './town.ts';

interface Setting {
  homes: readonly Home[];
  /** Who offers it. */
  by: string;
  config: Pick<Config, 'currency'>;
}

/** A tenth below the price of today: the first cylinder of the catalogue, and gas for a tank where that is brought. */
export async function sellAhead(client: pg.ClientBase, { homes, by, config: { currency } }: Setting) {
  const { rows: offers } = await client.query<{ id: string; kind: string }>(
    `insert into prebuy_offer (form_key, product, currency, unit_price, sold_from, sold_until, good_until, most_each,
                               most_total, back_percent, made_by)
     select uuidv7(), p.code, $1, (price_on(p.code, $1, current_date)).amount * 9 / 10, current_date - 20,
            current_date + 40, current_date + 160, case p.kind when 'bulk' then 800 else 12 end,
            case p.kind when 'bulk' then 40000 else 400 end, 90, $2
     from (select distinct on (kind) code, kind from product where kind in ('cylinder', 'bulk') order by kind, place, code) p
     returning id, (select kind from product where code = product) as kind`,
    [currency, by]
  );
  const bens = homes[1];
  const offer = offers.find(({ kind }) => kind === 'bulk') ?? offers[0];
  if (!bens || !offer) return;
  const id = randomUUIDv7();
  // What it is of, and what it costs, is the offer's; the database fills it in.
  await client.query(
    `insert into prebuy (id, offer_id, account_id, person_id, form_key, product, quantity, currency, unit_price, good_until)
     select $1, id, $2, $3, uuidv7(), product, $4, currency, unit_price, good_until from prebuy_offer where id = $5`,
    [id, bens.account.id, bens.member.person_id, offer.kind === 'bulk' ? 500 : 6, offer.id]
  );
  await client.query(
    `update prebuy set state = 'bought', created_at = now() - interval '15 days', bought_at = now() - interval '15 days' where id = $1`,
    [id]
  );
  await client.query(
    `insert into prebuy_move (prebuy_id, kind, change, at) select id, 'bought', quantity, bought_at from prebuy where id = $1`,
    [id]
  );
}
