/** Every answer that the catalogue offers to pick: nobody typed it. */
import { offeredBy } from '#lib/forms/free-text.ts';
import { serviceTypes } from './all.ts';

export const offered = offeredBy(serviceTypes);
