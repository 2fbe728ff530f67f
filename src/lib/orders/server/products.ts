/** The catalogue as supervisors keep it: what something is called, what it costs from which day on, and whether it is sold. */
import { sql } from 'kysely';
import { isStaff, type PersonActor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { isUniqueViolation, type Db } from '#lib/platform/server/db.ts';
import { digestOf, once } from '#lib/platform/server/once.ts';
import type { Jurisdiction } from '#lib/safety/wording.ts';
import { bulkUnitIn } from '../cart.ts';
import type { NewProduct, ProductWords } from '../product-form.ts';

export const mayEditProducts = (actor: PersonActor) => isStaff(actor) && actor.role !== 'agent';

/** Everything that is or was sold, with its prices, the newest day first. */
export async function productList(db: Db, staff: PersonActor) {
  if (!mayEditProducts(staff)) refuse('missing', 'errors.missing');
  const products = await db
    .selectFrom('product as p')
    .leftJoin('person as who', 'who.id', 'p.changed_by')
    .select(['p.code', 'p.kind', 'p.unit', 'p.takes_back', 'p.least', 'p.most', 'p.sold_from'])
    .select(['p.retired_at', 'p.changed_at', 'who.name as changed_by'])
    .select([sql<Saying>`p.name`.as('name'), sql<Saying>`p.about`.as('about')])
    .orderBy(sql`p.retired_at nulls first`)
    .orderBy('p.place')
    .orderBy('p.code')
    .execute();
  const prices = await db
    .selectFrom('product_price')
    .select(['product', 'from_day', 'currency', 'amount', 'deposit'])
    .orderBy('from_day', 'desc')
    .execute();
  return products.map((product) => ({
    ...product,
    prices: prices
      .filter((price) => price.product === product.code)
      .map(({ amount, deposit, ...price }) => ({
        ...price,
        amount: BigInt(amount),
        deposit: BigInt(deposit)
      }))
  }));
}

interface Saying {
  en: string;
  es: string;
}

/** What is said of it. Orders that were placed keep what they were placed for. */
export async function saveProduct(db: Db, staff: PersonActor, code: string, words: ProductWords) {
  editor(staff);
  const { numUpdatedRows } = await db
    .updateTable('product')
    .set({ ...described(words), ...by(staff) })
    .where('code', '=', code)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) refuse('missing', 'errors.missing');
}

/** Something new. It is offered as soon as it has a price. The same again is the same form, sent twice. */
export async function addProduct(
  db: Db,
  staff: PersonActor,
  { code, product_kind: kind, ...words }: NewProduct,
  jurisdiction: Jurisdiction
) {
  editor(staff);
  const bulk = kind === 'bulk';
  const first = () => productOf(db, code);
  await once({ digest: digestOf(contentOf(kind, words)), first, refuseOther: refuseTaken }, async () => {
    try {
      await db
        .insertInto('product')
        .values({
          ...{ code, kind, unit: bulk ? bulkUnitIn(jurisdiction) : 'piece', supply: bulk ? 'tank' : 'any' },
          ...{ takes_back: kind === 'cylinder', skill: bulk ? 'bulk_delivery' : 'cylinder_delivery' },
          ...described(words),
          ...by(staff)
        })
        .execute();
    } catch (problem) {
      if (isUniqueViolation(problem, 'product_pkey')) refuseTaken();
      throw problem;
    }
    return code;
  });
}

const refuseTaken = () => refuse('conflict', 'orders.code_taken');

async function productOf(db: Db, code: string) {
  const row = await db
    .selectFrom('product')
    .select(['kind', 'least', 'most', 'sold_from'])
    .select([sql<Saying>`name`.as('name'), sql<Saying>`about`.as('about')])
    .where('code', '=', code)
    .where('retired_at', 'is', null)
    .executeTakeFirst();
  if (!row) return null;
  const { kind, name, about, ...rest } = row;
  const words = { ...rest, name_en: name.en, name_es: name.es, about_en: about.en, about_es: about.es };
  return { digest: digestOf(contentOf(kind, words)), result: code };
}

/** What makes two products the same. */
const contentOf = (kind: string, said: ProductWords) => [
  ...[kind, said.name_en, said.name_es, said.about_en, said.about_es],
  ...[said.least, said.most, said.sold_from]
];

/** It is sold no more, or again. What is ordered already is brought all the same. */
export async function retireProduct(db: Db, staff: PersonActor, code: string, retired: boolean) {
  editor(staff);
  await db
    .updateTable('product')
    .set({ retired_at: retired ? sql<Date>`now()` : null, ...by(staff) })
    .where('code', '=', code)
    .execute();
}

const described = ({ name_en, name_es, about_en, about_es, ...rest }: ProductWords) => ({
  ...rest,
  name: JSON.stringify({ en: name_en, es: name_es }),
  about: JSON.stringify({ en: about_en, es: about_es })
});

const by = (staff: PersonActor) => ({ changed_by: staff.id, changed_at: sql<Date>`now()` });

export const editor = (staff: PersonActor) => mayEditProducts(staff) || refuse('missing', 'errors.missing');
