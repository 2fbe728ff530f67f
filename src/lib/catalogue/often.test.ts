import { expect, test } from 'vitest';
import { serviceTypes } from './all.ts';
import { catalogueOf } from './local.ts';
import { oftenAsked } from './often.ts';

test.each(['US', 'UK', 'IN'] as const)(
  'in %s six different kinds on offer stand on the first page',
  (place) => {
    const codes = oftenAsked(catalogueOf(place, serviceTypes)).map(({ code }) => code);
    expect(new Set(codes).size).toBe(6);
  }
);
