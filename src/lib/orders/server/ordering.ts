/** Placing an order: once, whatever is clicked twice; with its stock and its place in a slot, or not at all. */
import { randomBytes, randomUUIDv7 } from 'node:crypto';
import type { PersonActor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { spell } from '#lib/platform/spelled.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { digestOf, once } from '#lib/platform/server/once.ts';
import type { HazardAnswer } from '#lib/visits/hazards.ts';
import type { CartLine } from '../cart.ts';
import type { Destination } from './catalogue.ts';
import { inWords } from './in-words.ts';
import { takeOrHold } from './holding.ts';
import { requireOffered } from './times.ts';
import { record, recordAndTell } from './timeline.ts';

export interface NewOrder {
  /** Of the form: sent twice it is one order. */
  key: string;
  account: string;
  /** The customer for whom staff take it down. */
  by?: string;
  to: Pick<Destination, 'premises' | 'depot'>;
  skill: string;
  lines: CartLine[];
  /** When it is brought; null for what is waited for in line. */
  slot: string | null;
  currency: string;
  /** What the customer saw that it costs. */
  total: bigint;
  pays: 'card' | 'on_delivery';
  access_notes: string;
  /** What the driver should mind there. */
  hazards?: readonly HazardAnswer[];
  /** Of its place: whoever orders has said that it stands safely there. */
  first_cylinder?: boolean;
  today: string;
  locale: string;
}

/** The order's reference; the same for the same form, however often it is sent. */
export async function placeOrder(db: Db, actor: PersonActor, order: NewOrder): Promise<string> {
  const digest = digestOf(contentOf(order));
  const first = () => orderOfForm(db, whoOrders(actor, order), order.key);
  try {
    return await once({ digest, first, refuseOther }, () =>
      db.transaction().execute((tx) => store(tx, actor, order, digest))
    );
  } catch (error) {
    throw inWords(error);
  }
}

const refuseOther = (reference: string) => refuse('conflict', 'orders.key_used', { reference });

async function store(tx: Db, actor: PersonActor, order: NewOrder, digest: string) {
  const rows = {
    ...order,
    digest,
    person: whoOrders(actor, order),
    logged_by: order.by === undefined ? null : actor.id
  };
  const { id, reference, goods, held } = await writeOrder(tx, rows, (slot) =>
    requireOffered(tx, actor, slot, { premises: order.to.premises, skill: order.skill })
  );
  // Prices go by the day: whoever reads at midnight is asked again.
  if (goods !== order.total) refuse('conflict', 'orders.price_changed');
  const status = order.slot ? 'placed' : 'preordered';
  // What is only held is told of when it is theirs.
  if (held) await record(tx, id, { kind: status });
  else await recordAndTell(tx, id, { kind: status }, status);
  return reference;
}

export interface OrderRows extends Omit<NewOrder, 'by' | 'total'> {
  /** In whose name, and who of the staff took it down for them. */
  person: string;
  logged_by: string | null;
  digest: string;
}

/**
 * The rows of an order, with its stock and its place; what its goods cost by the catalogue of the day,
 * and whether its place is only held until it is paid. `offered` refuses a
 * time that is none of those offered; whoever has just been given it from among them need not ask.
 */
export async function writeOrder(tx: Db, order: OrderRows, offered?: (slot: string) => Promise<void>) {
  const id = randomUUIDv7();
  const reference = `O-${spell(randomBytes(8))}`;
  await tx
    .insertInto('customer_order')
    .values({
      ...{ id, reference, person_id: order.person, account_id: order.account },
      premises_id: order.to.premises,
      ...{ depot: order.to.depot, skill: order.skill, status: order.slot ? 'placed' : 'preordered' },
      ...{ form_key: order.key, digest: order.digest, logged_by: order.logged_by },
      ...{ currency: order.currency, pays: order.pays, placed_on: order.today },
      ...{ access_notes: order.access_notes, hazards: [...(order.hazards ?? [])], locale: order.locale },
      first_cylinder: order.first_cylinder ?? false
    })
    .execute();
  // Stock before slots, here and everywhere: so nobody waits in a circle, and who comes too late for the last one
  // holds up nobody who wants something else at that time.
  await writeLines(tx, id, order.lines);
  let held = false;
  if (order.slot) {
    await offered?.(order.slot);
    held = await takeOrHold(tx, { id, slot: order.slot, pays: order.pays });
  }
  const { total, slot_charge } = await tx
    .selectFrom('customer_order')
    .select(['total', 'slot_charge'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  // What the time costs stands beside it, and is the slot's own word.
  return { id, reference, goods: BigInt(total) - BigInt(slot_charge), held };
}

/** Always in one order, so that two who want the same things never wait for each other in a circle. */
async function writeLines(tx: Db, order: string, lines: readonly CartLine[]) {
  const sorted = lines.toSorted((a, b) => (a.product < b.product ? -1 : 1));
  for (const [index, line] of sorted.entries())
    await tx
      .insertInto('order_line')
      .values({ order_id: order, number: index + 1, ...line })
      .execute();
}

const whoOrders = (actor: PersonActor, { by }: Pick<NewOrder, 'by'>) => by ?? actor.id;

const orderOfForm = (db: Db, person: string, key: string) =>
  db
    .selectFrom('customer_order')
    .select(['reference as result', 'digest'])
    .where('person_id', '=', person)
    .where('form_key', '=', key)
    .executeTakeFirst();

/** What makes two orders the same. */
const contentOf = (order: NewOrder) => [
  order.account,
  order.lines,
  order.slot,
  order.pays,
  order.access_notes,
  ...(order.hazards?.length ? [order.hazards] : [])
];
