/** The three doors, and who may come in by each. A door nobody has heard of stays shut. */
import { isCustomer, isStaff, type Actor } from '#lib/platform/actor.ts';

const doors: Record<string, (actor: Actor) => boolean> = {
  '(open)': () => true,
  '(home)': (actor) => isCustomer(actor),
  '(desk)': (actor) => isStaff(actor)
};

export const mayEnter = (door: string, actor: Actor) =>
  Object.hasOwn(doors, door) && (doors[door]?.(actor) ?? false);

/** The door of a route such as `/(home)/requests/[reference]`: its first folder. */
export const doorOf = (routeId: string) => routeId.split('/')[1] ?? '';

/** Settings stand behind an open door, and lead to sign in by themselves: on that way a form would be lost. */
export const leadsToSignIn = (routeId: string) => routeId.startsWith('/(open)/account');
