/** For the page that somebody sees who has signed out: what they had half written is not left on the telephone. */
import { forgetDrafts } from './kept-drafts.ts';

forgetDrafts();
