/** What the forms of the catalogue accept. */
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { NewProductForm, priceForm } from './product-form.ts';

const price = (change: object) =>
  v.safeParse(priceForm('USD'), { amount: '21.99', deposit: '40', from_day: '2027-01-01', ...change });

test.each([
  ['21.99', 2199n],
  ['21,9', 2190n],
  ['5', 500n],
  ['$1,021.99', 102199n],
  ['21.99 USD', 2199n],
  ['２１．９９', 2199n],
  ['0', null],
  ['-3', null],
  ['1.999', null],
  ['lots', null]
])('a price of “%s” is %s', (amount, minor) => {
  const read = price({ amount });
  expect(read.success ? read.output.amount : null).toBe(minor);
});

test('a price has a day, and nothing for the deposit is none', () => {
  expect(price({ from_day: '2027-02-30' }).success).toBe(false);
  expect(price({ deposit: '' })).toMatchObject({ output: { deposit: 0n } });
  expect(price({ deposit: '40 USD' })).toMatchObject({ output: { deposit: 4000n } });
  expect(price({ deposit: 'forty' }).success).toBe(false);
});

test('something new has a code, both names, and no more than it sells at least', () => {
  const fine = {
    ...{ code: 'lamp-1', product_kind: 'appliance', name_en: 'Lamp', name_es: 'Lámpara', about_en: '' },
    ...{ about_es: '', least: '1', most: '4', sold_from: '' }
  };
  expect(v.safeParse(NewProductForm, fine)).toMatchObject({ output: { code: 'LAMP-1', sold_from: null } });
  for (const wrong of [{ name_es: ' ' }, { least: '5' }, { code: 'a b' }, { sold_from: 'soon' }])
    expect(v.safeParse(NewProductForm, { ...fine, ...wrong }).success).toBe(false);
});
