/** What every page may rely on. */
import type { Actor } from '#lib/platform/actor.ts';
import type { Db } from '#lib/platform/server/db.ts';
import type { Heard } from '#lib/forms/server/inbound-screening.ts';
import type { Locale } from '#lib/platform/language.ts';
import type { Words } from '#lib/platform/words.ts';
import type { Person } from '#lib/people/server/session.ts';

declare global {
  namespace App {
    interface Locals {
      /** The database as the actor of this request sees it. */
      db: Db;
      actor: Actor;
      /** Who has signed in, or null. */
      person: Person | null;
      locale: Locale;
      t: Words;
      /** What came in and was read for danger at the door. */
      heard: Heard;
      /** Where only the frame of a page is drawn, around nothing: its reader, who is nobody. */
      frame?: Pick<Person, 'name' | 'role' | 'email'>;
    }
    /** What a page of the desk remembers of itself while the browser is open, and no address tells. */
    interface PageState {
      customerSearch?: string;
    }
    interface Error {
      message: string;
      /** A number to tell us, when the fault is ours. */
      trace?: string;
    }
  }
}

export {};
