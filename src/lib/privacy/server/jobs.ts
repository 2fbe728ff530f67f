/** What is done later about people's own data: making copies of it, and forgetting who asked for it or only visited. */
import type { Handlers, Timetable } from '#lib/platform/server/jobs.ts';
import type { Post } from '#lib/platform/server/mail.ts';
import type { Press } from '#lib/platform/server/press/press.ts';
import { copiesIn } from './copies.ts';
import { closeDue, forgetVisitors, tellClosing } from './forgetting.ts';
import { makeCopy, type Settings, sweepCopies, tellCopy } from './making.ts';

declare module '#lib/platform/jobs.ts' {
  interface Jobs {
    /** Makes a copy of all that is held about somebody. */
    'privacy.make_copy': { copy: string };
    /** Writes that a copy is ready. */
    'privacy.tell_copy': { copy: string };
    /** Throws away copies whose time is over. */
    'privacy.sweep_copies': Nothing;
    /** Writes that closing was asked for, or called off. */
    'privacy.tell_closing': { closing: string; what: 'asked' | 'withdrawn' };
    /** Forgets those whose closing is due. */
    'privacy.close_due': Nothing;
    /** Forgets what visitors asked, who have no account that could be closed. */
    'privacy.forget_visitors': Nothing;
  }
}

type PrivacyJob =
  | 'privacy.make_copy'
  | 'privacy.tell_copy'
  | 'privacy.sweep_copies'
  | 'privacy.tell_closing'
  | 'privacy.close_due'
  | 'privacy.forget_visitors';

export const privacyTimetable: Timetable = {
  'privacy.sweep_copies': '41 * * * *',
  'privacy.close_due': '51 * * * *',
  'privacy.forget_visitors': '56 * * * *'
};

export const privacyJobs = (post: Post, press: Press, settings: Settings): Handlers<PrivacyJob> => ({
  'privacy.make_copy': (db, { copy }) => makeCopy(db, press, settings, copy),
  'privacy.tell_copy': (db, { copy }) => tellCopy(db, post, settings, copy),
  'privacy.sweep_copies': (db) => sweepCopies(db, copiesIn(settings.dataDir)),
  'privacy.tell_closing': (db, told) => tellClosing(db, post, settings, told),
  'privacy.close_due': (db) => closeDue(db, post, settings),
  'privacy.forget_visitors': (db) => forgetVisitors(db, settings.dataDir)
});
