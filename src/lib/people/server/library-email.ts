/**
 * The sign-in library refuses addresses that the standard allows, such as `o&leary@…`. So it is handed every address in
 * letters and digits alone, and looks people up by what that stands for.
 */
import type { Auth } from './auth.ts';

const place = '@address.invalid';

export const asLibraryKnows = (email: string) => Buffer.from(email).toString('hex') + place;

const meant = (known: string) => Buffer.from(known.slice(0, -place.length), 'hex').toString();

/** The one question it asks by an address. */
export function findByWhatIsMeant(library: Auth['library']): Auth['library'] {
  library.$context.then(
    ({ internalAdapter }) => {
      const find = internalAdapter.findUserByEmail;
      internalAdapter.findUserByEmail = (known, options) => find(meant(known), options);
    },
    // Whoever signs in hears of it.
    () => {}
  );
  return library;
}
