/** Nobody sees settings without being signed in. Each form asks for itself, because it is read before this is. */
import type { LayoutServerLoad } from './$types';
import { signedIn } from './signed-in.ts';

export const load: LayoutServerLoad = (event) => {
  const { email, twoFactor } = signedIn(event);
  return { email, twoFactor };
};
