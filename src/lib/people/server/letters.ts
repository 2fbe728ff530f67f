/** Writes letters about signing in. Each looks again at what it is about: what is over is not written about. */
import { sql } from 'kysely';
import type { PersonLetter } from '../letters.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { localeOf, type Locale } from '#lib/platform/language.ts';
import { wordsFor } from '#lib/platform/words.ts';
import { knownAddressLetter, linkLetter, newsLetter, type Letter, type LinkLetter } from '../letters.ts';
import { keptLink, linkToken, type SignedKind } from './links.ts';

export interface LinkSettings {
  secret: string;
  origin: string;
}

/** A letter and where it goes. `person` is null when the address belongs to nobody yet. */
export type Addressed = Letter & { to: string; locale: Locale; person: string | null };

/** A letter with the link of this id, or null when there is nothing to open, or nobody to open it. */
export const writeLinkLetter = (db: Db, settings: LinkSettings, letter: LinkLetter, link: string) =>
  writers[letter](db, settings, link);

/** A letter saying that something has changed. */
export async function writeNewsLetter(db: Db, { origin }: LinkSettings, about: PersonLetter, id: string) {
  const person = await find(db, 'id', id);
  return (
    person &&
    to(
      person,
      newsLetter(speak(person), about, {
        name: person.name,
        link: atWork.has(about) ? `${origin}/sign-in` : (lookedUp(about, origin) ?? resetPage(origin))
      })
    )
  );
}

/** What an admin did: here the next step is to sign in, and not to choose another password. */
const atWork = new Set<PersonLetter>(['second_factor_reset', 'role_changed', 'deactivated', 'reactivated']);

/** What can be looked at, and put right there. */
const lookedUp = (about: PersonLetter, origin: string) =>
  about === 'details_changed'
    ? `${origin}/account/changes`
    : about === 'texts_stopped' || about === 'texts_failed'
      ? `${origin}/account/texts`
      : null;

const writers: Record<
  LinkLetter,
  (db: Db, settings: LinkSettings, link: string) => Promise<Addressed | null>
> = {
  async confirm_sign_up(db, settings, link) {
    const signUp = await keptLink(db, settings.secret, 'sign-up', link);
    if (!signUp) return null;

    const known = await find(db, 'email', signUp.email);
    if (known) return alreadyKnown(known, settings);
    const { name, email, locale } = signUp;
    const newcomer = { id: null, name, email, locale };
    return to(
      newcomer,
      linkLetter(speak(newcomer), 'confirm_sign_up', { name, link: address(settings, 'sign-up', link) })
    );
  },

  async reset_password(db, settings, link) {
    const reset = await keptLink(db, settings.secret, 'reset', link);
    const person = reset?.person ? await find(db, 'id', reset.person) : null;
    if (!person) return null;

    const { name } = person;
    return to(
      person,
      linkLetter(speak(person), 'reset_password', { name, link: address(settings, 'reset', link) })
    );
  },

  async confirm_new_email(db, settings, link) {
    const change = await keptLink(db, settings.secret, 'change-email', link);
    const person = change && (await find(db, 'id', change.person));
    if (!person) return null;

    const known = await find(db, 'email', change.email);
    if (known) return alreadyKnown(known, settings);
    const { name } = person;
    return to(
      { ...person, email: change.email },
      linkLetter(speak(person), 'confirm_new_email', { name, link: address(settings, 'change-email', link) })
    );
  },

  /** To the mailbox that was theirs until now. */
  async email_was_changed(db, settings, link) {
    const back = await keptLink(db, settings.secret, 'email-back', link);
    const person = back && (await find(db, 'id', back.person));
    if (!person) return null;

    const { name } = person;
    return to(
      { ...person, email: back.email },
      linkLetter(speak(person), 'email_was_changed', { name, link: address(settings, 'email-back', link) })
    );
  },

  /** Sent again it has another link, and the one before is written about no more. */
  async invitation(db, settings, link) {
    const invited = await db
      .selectFrom('invitation')
      .select(['name', 'email', 'locale'])
      .where('link', '=', link)
      .where('expires_at', '>', sql<Date>`now()`)
      .executeTakeFirst();
    if (!invited) return null;

    const newcomer = { ...invited, id: null };
    const { name } = invited;
    return to(
      newcomer,
      linkLetter(speak(newcomer), 'invitation', { name, link: address(settings, 'invitation', link) })
    );
  }
};

interface Reader {
  id: string | null;
  email: string;
  name: string;
  locale: string;
}

async function find(db: Db, by: 'id' | 'email', value: string): Promise<Reader | null> {
  const person = await db
    .selectFrom('person')
    .select(['id', 'email', 'name', 'locale'])
    .where(by, '=', value)
    .executeTakeFirst();
  return person ?? null;
}

/** Only the owner of the mailbox learns that the address has an account. */
const alreadyKnown = (known: Reader, { origin }: LinkSettings) =>
  to(known, knownAddressLetter(speak(known), { name: known.name, link: resetPage(origin) }));

const to = (reader: Reader, letter: Letter): Addressed => ({
  ...letter,
  to: reader.email,
  locale: localeOf(reader.locale),
  person: reader.id
});

const speak = (reader: Reader) => wordsFor(localeOf(reader.locale));
const resetPage = (origin: string) => `${origin}/forgotten-password`;

const pages = {
  'sign-up': '/verify-email',
  reset: '/reset-password',
  'change-email': '/verify-email/new',
  'email-back': '/verify-email/back',
  invitation: '/invitation'
} as const;

const address = ({ secret, origin }: LinkSettings, kind: keyof typeof pages & SignedKind, link: string) =>
  `${origin}${pages[kind]}?token=${linkToken(secret, kind, link)}`;
