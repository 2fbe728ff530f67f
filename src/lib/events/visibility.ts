/** Who an event is for: everybody who may see its subject, or staff alone. */
import { isStaff, type Actor } from '#lib/platform/actor.ts';

export type Visibility = 'public' | 'internal';

/** Internal notes, and whatever else is no customer's to read: for staff who see the subject, as the database has it. */
export const seesNotes = (actor: Actor) => isStaff(actor);
