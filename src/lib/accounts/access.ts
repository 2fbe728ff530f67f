/** Who may do what to an account's readings, beyond giving them. */
import { isStaff, type Actor, type Staff } from '#lib/platform/actor.ts';

/** Whether a doubted reading counts is said by staff, whoever gave it. */
export const mayDecideReading = (actor: Actor): actor is Staff => isStaff(actor);
