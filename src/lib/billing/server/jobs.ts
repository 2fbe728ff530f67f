/** What is done later about bills: letters that one has come, is due, is overdue or has been paid. */
import { todayAt } from '#lib/platform/dates.ts';
import type { Handlers, Timetable } from '#lib/platform/server/jobs.ts';
import type { Post } from '#lib/platform/server/mail.ts';
import type { BillLetter } from '../bill-letters.ts';
import type { Letterhead } from '../letters.ts';
import type { Jurisdiction } from '../programme-rules.ts';
import { findBillLetters, tellBill } from './bill-letters.ts';
import { findSettledLetters, tellSettled } from './settled-letters.ts';

declare module '#lib/platform/jobs.ts' {
  interface Jobs {
    /** Looks for bills that have come, are due soon or are overdue, and queues a letter to each who is told. */
    'billing.find_letters': Nothing;
    /** Writes to one person about a bill, if there is still something to write. */
    'billing.tell_bill': { billId: string; letter: BillLetter; person: string };
    /** Tells one person that a bill has been paid. */
    'billing.tell_settled': { billId: string; person: string };
  }
}

type BillingJob = 'billing.find_letters' | 'billing.tell_bill' | 'billing.tell_settled';

export const billingTimetable: Timetable = { 'billing.find_letters': '11 * * * *' };

type Settings = Letterhead & { timeZone: string; jurisdiction: Jurisdiction };

export const billingJobs = (post: Post, settings: Settings): Handlers<BillingJob> => ({
  async 'billing.find_letters'(db) {
    const today = todayAt(settings.timeZone);
    await findBillLetters(db, today);
    await findSettledLetters(db, today);
  },

  'billing.tell_settled': (db, told) => tellSettled(db, post, told, settings),

  'billing.tell_bill': (db, told) => tellBill(db, post, told, settings)
});
