/** All kinds that a copy of somebody's data is made of, in the order in which they stand in it; and what is left out. */
import { accountKinds } from './account.ts';
import { askedKinds } from './asked.ts';
import type { HeldKind } from './kind.ts';
import { orderKinds } from './orders.ts';
import { personKinds } from './person.ts';

export const heldKinds: readonly HeldKind[] = [...personKinds, ...accountKinds, ...orderKinds, ...askedKinds];
