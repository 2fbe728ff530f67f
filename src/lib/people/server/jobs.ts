/** What is done later for people: their letters, and forgetting what is over. */
import { sql } from 'kysely';
import type { PersonLetter } from '#lib/platform/jobs.ts';
import type { Db } from '#lib/platform/server/db.ts';
import type { Handlers, Timetable } from '#lib/platform/server/jobs.ts';
import { isLocale, wordsFor } from '#lib/platform/words.ts';
import { knownAddressLetter, linkLetter, newsLetter, type Letter } from '../letters.ts';
import { keptLink, linkToken, type LinkKind } from './links.ts';

type PeopleJob = 'people.send_letter' | 'people.forget_expired';

interface Post {
  secret: string;
  origin: string;
  send: (letter: Letter & { to: string }) => Promise<unknown>;
}

/** Quarter past every hour. */
export const peopleTimetable: Timetable = { 'people.forget_expired': '15 * * * *' };

export const peopleJobs = (post: Post): Handlers<PeopleJob> => ({
  async 'people.send_letter'(db, payload) {
    const letter =
      'person' in payload
        ? await aboutChange(db, post, payload.letter, payload.person)
        : await linkLetters[payload.letter](db, post, payload.link);
    if (letter) await post.send(letter);
  },

  async 'people.forget_expired'(db) {
    await db
      .deleteFrom('sign_in_session')
      .where('expires_at', '<', sql<Date>`now()`)
      .execute();
    await db
      .deleteFrom('verification')
      .where('expires_at', '<', sql<Date>`now()`)
      .execute();
    await db
      .deleteFrom('throttle')
      .where('window_ends_at', '<', sql<Date>`now()`)
      .execute();
  }
});

type Addressed = (Letter & { to: string }) | null;

/** Each looks again at what its link will open: a link that is over, or opens nothing, is not mailed. */
const linkLetters = {
  async confirm_sign_up(db: Db, post: Post, link: string): Promise<Addressed> {
    const signUp = await keptLink(db, post.secret, 'sign-up', link);
    if (!signUp) return null;

    const { email, name, locale } = signUp;
    const known = await findPerson(db, 'email', email);
    const letter = known
      ? knownAddressLetter(speak(known.locale), {
          name: known.name,
          link: `${post.origin}/forgotten-password`
        })
      : linkLetter(speak(locale), 'confirm_sign_up', { name, link: address(post, 'sign-up', link) });
    return { to: email, ...letter };
  },

  async reset_password(db: Db, post: Post, link: string): Promise<Addressed> {
    const id = (await keptLink(db, post.secret, 'reset', link))?.person;
    const person = id ? await findPerson(db, 'id', id) : null;
    return (
      person && {
        to: person.email,
        ...linkLetter(speak(person.locale), 'reset_password', {
          name: person.name,
          link: address(post, 'reset', link)
        })
      }
    );
  },

  async confirm_new_email(db: Db, post: Post, link: string): Promise<Addressed> {
    const change = await keptLink(db, post.secret, 'change-email', link);
    const person = change && (await findPerson(db, 'id', change.person));
    if (!person) return null;

    const known = await findPerson(db, 'email', change.email);
    const letter = known
      ? knownAddressLetter(speak(known.locale), {
          name: known.name,
          link: `${post.origin}/forgotten-password`
        })
      : linkLetter(speak(person.locale), 'confirm_new_email', {
          name: person.name,
          link: address(post, 'change-email', link)
        });
    return { to: change.email, ...letter };
  }
};

async function aboutChange(db: Db, post: Post, about: PersonLetter, id: string): Promise<Addressed> {
  const person = await findPerson(db, 'id', id);
  if (!person) return null;

  const link = `${post.origin}/forgotten-password`;
  return { to: person.email, ...newsLetter(speak(person.locale), about, { name: person.name, link }) };
}

async function findPerson(db: Db, by: 'id' | 'email', value: string) {
  const person = await db
    .selectFrom('person')
    .select(['email', 'name', 'locale'])
    .where(by, '=', value)
    .executeTakeFirst();
  return person ?? null;
}

const pages = {
  'sign-up': '/verify-email',
  reset: '/reset-password',
  'change-email': '/verify-email/new'
} as const satisfies Partial<Record<LinkKind, string>>;

const address = ({ secret, origin }: Post, kind: keyof typeof pages, link: string) =>
  `${origin}${pages[kind]}?token=${linkToken(secret, kind, link)}`;

const speak = (locale: string) => wordsFor(isLocale(locale) ? locale : 'en');
