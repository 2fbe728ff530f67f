/** What the frame of every page shows. */
import { layoutFacts } from './layout-facts.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals: { person, locale, frame } }) => ({
  ...layoutFacts({ person: frame ?? person, locale }),
  /** Nothing is drawn into the frame that is kept for others. */
  frameOnly: frame !== undefined
});
