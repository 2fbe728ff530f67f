/** What the forms of the catalogue accept. Pure. */
import * as v from 'valibot';
import { amountField, amountOrNothing } from '#lib/billing/typed-amount.ts';
import { wholeField } from '#lib/forms/whole.ts';
import { clean, plain } from '#lib/platform/cleaning.ts';
import { isDay } from '#lib/platform/dates.ts';

const words = (least: number, most: number) =>
  v.pipe(
    v.string(),
    v.transform((typed) => clean(typed).trim()),
    v.minLength(least),
    v.maxLength(most)
  );
const whole = wholeField(1, 5000);

/** A day, or nothing. */
const dayOrNone = v.pipe(
  v.fallback(v.string(), ''),
  v.check((day) => day === '' || isDay(day)),
  v.transform((day) => day || null)
);

const described = {
  name_en: words(1, 80),
  name_es: words(1, 80),
  about_en: words(0, 300),
  about_es: words(0, 300),
  least: whole,
  most: whole,
  sold_from: dayOrNone
};

/** What is said of something that is sold, and from when it is. */
export const ProductForm = v.pipe(
  v.object(described),
  v.check(({ least, most }) => least <= most)
);
export type ProductWords = v.InferOutput<typeof ProductForm>;

export const productKinds = ['cylinder', 'bulk', 'regulator', 'alarm', 'appliance'] as const;

export const NewProductForm = v.pipe(
  v.object({
    ...described,
    code: v.pipe(
      words(2, 30),
      v.transform((code) => plain(code).toUpperCase()),
      v.regex(/^[A-Z0-9][A-Z0-9-]{1,29}$/)
    ),
    product_kind: v.picklist(productKinds)
  }),
  v.check(({ least, most }) => least <= most)
);
export type NewProduct = v.InferOutput<typeof NewProductForm>;

/** Nothing that is sold costs more, in minor units. */
const dearest = 999_999_999n;

/** A price of this currency. */
export const priceField = (currency: string) =>
  v.pipe(
    amountField(currency, dearest),
    v.check((amount) => amount > 0n)
  );

export const priceForm = (currency: string) =>
  v.object({
    amount: priceField(currency),
    deposit: amountOrNothing(currency, dearest),
    from_day: v.pipe(v.string(), v.check(isDay))
  });
export type NewPrice = v.InferOutput<ReturnType<typeof priceForm>>;
