/** What the frame of every page shows. */
import { layoutFacts } from './layout-facts.ts';
import { isFramed } from './looking.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ request, locals: { person, locale, frame } }) => ({
  ...layoutFacts({ person: frame ?? person, locale }),
  /** The chat over another page has what stands around it there. */
  framed: isFramed(request),
  /** Nothing is drawn into the frame that is kept for others. */
  frameOnly: frame !== undefined
});
