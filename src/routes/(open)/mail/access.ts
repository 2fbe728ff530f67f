/** Who may read the letters that stay here: links to people's accounts are in them. */
import { refuse } from '#lib/platform/refusal.ts';

/** Everybody in a demo, whose people are made up; and, under `npm run dev`, whoever works at this very machine. */
export function refuseOthersMail(dev: boolean, { demo, atHome }: { demo: boolean; atHome: boolean }) {
  if (!demo && !(dev && atHome)) refuse('missing', 'errors.missing');
}
