/** Counts the time for a page that browsers would let sleep. */
import { beat } from './beat.ts';

setInterval(() => postMessage(null), beat);
