/** What is sold: its names, its prices from which day on, and whether it is offered. Supervisors and admins keep it. */
import * as v from 'valibot';
import { isDay } from '#lib/platform/dates.ts';
import { NewProductForm, priceForm, ProductForm } from '#lib/orders/product-form.ts';
import { readOffer } from '#lib/prebuy/rules.ts';
import { offerPrebuy, prebuyOffers, withdrawPrebuy } from '#lib/prebuy/server/offers.ts';
import { dropPrice, setPrice } from '#lib/orders/server/prices.ts';
import * as products from '#lib/orders/server/products.ts';
import { isStaff, type Staff } from '#lib/platform/actor.ts';
import { isId } from '#lib/platform/id.ts';
import { keyOf, textIn, typedTexts } from '#lib/platform/posted.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { dayAt } from '#lib/requests/status-text.ts';
import { answer } from '../../../form-action.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const today = () => dayAt(new Date(), config.timeZone);

export const load: PageServerLoad = async (event) => ({
  products: await products.productList(event.locals.db, editor(event)),
  offers: await prebuyOffers(event.locals.db, editor(event), today()),
  key: keyOf(null),
  currency: config.currency,
  today: today(),
  done: event.url.searchParams.has('done')
});

export const actions: Actions = {
  save: (event) =>
    act(event, (staff, form) => {
      const read = v.safeParse(ProductForm, Object.fromEntries(form));
      if (!read.success) refuse('invalid', 'orders.product_wrong');
      return products.saveProduct(event.locals.db, staff, codeIn(form), read.output);
    }),
  add: (event) =>
    act(event, (staff, form) => {
      const read = v.safeParse(NewProductForm, Object.fromEntries(form));
      if (!read.success) refuse('invalid', 'orders.product_wrong');
      return products.addProduct(event.locals.db, staff, read.output, config.jurisdiction);
    }),
  price: (event) =>
    act(event, (staff, form) => {
      const read = v.safeParse(priceForm(config.currency), Object.fromEntries(form));
      if (!read.success) refuse('invalid', 'orders.price_wrong');
      const priced = { price: read.output, currency: config.currency, today: today() };
      return setPrice(event.locals.db, staff, codeIn(form), priced);
    }),
  unprice: (event) =>
    act(event, (staff, form) =>
      dropPrice(event.locals.db, staff, codeIn(form), {
        from_day: dayIn(form),
        currency: config.currency
      })
    ),
  retire: (event) =>
    act(event, (staff, form) =>
      products.retireProduct(event.locals.db, staff, codeIn(form), textIn(form, 'to') === 'retired')
    ),
  /** Sold ahead at a fixed price. */
  offer: (event) =>
    act(event, (staff, form) => {
      const read = readOffer(Object.fromEntries(form), { today: today(), currency: config.currency });
      if (!read.ok) refuse('invalid', `prebuy.${read.problem}`);
      return offerPrebuy(event.locals.db, staff, {
        ...{ key: keyOf(textIn(form, 'key')), product: codeIn(form), currency: config.currency },
        offer: read.offer
      });
    }),
  withdraw: (event) =>
    act(event, (staff, form) => {
      const id = textIn(form, 'offer');
      return isId(id) ? withdrawPrebuy(event.locals.db, staff, id) : refuse('missing', 'errors.missing');
    })
};

/** What went wrong is said where it was typed, with what was typed. */
async function act(event: RequestEvent, command: (staff: Staff, form: FormData) => Promise<unknown>) {
  const staff = editor(event);
  const form = await event.request.formData();
  const next = async () => (await command(staff, form), '/desk/products?done=1');
  return answer(event.locals.t, next, (problem) => ({
    at: textIn(form, 'id'),
    problem,
    typed: typedTexts(form)
  }));
}

const editor = ({ locals: { actor } }: { locals: App.Locals }) =>
  isStaff(actor) && products.mayEditProducts(actor) ? actor : refuse('missing', 'errors.missing');

const codeIn = (form: FormData) => textIn(form, 'id');

function dayIn(form: FormData) {
  const day = textIn(form, 'day');
  return isDay(day) ? day : refuse('invalid', 'orders.price_wrong');
}
