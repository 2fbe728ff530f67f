/** What the holder's pages about who comes to an account and the desk's have in common. */
import { fail } from '@sveltejs/kit';
import { endOf, readAccess, readInvitation } from '#lib/accounts/access-form.ts';
import { inviteToAccount } from '#lib/accounts/server/inviting.ts';
import { changeAccess } from '#lib/accounts/server/members.ts';
import { auth } from '#lib/people/server/runtime.ts';
import type { PersonActor } from '#lib/platform/actor.ts';
import { keyOf, textIn } from '#lib/platform/posted.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { inWords } from './(open)/form-errors.ts';
import { again, answer } from './form-action.ts';

interface Inviting {
  account: string;
  /** Who holds it, and invites. */
  holder: string;
  form: FormData;
  today: string;
  address: string;
  /** The letter is written in it. */
  locale: string;
  /** Where it leads once it is done. */
  done: string;
}

/** Invites whom a form names, and leads on. */
export async function invite({ db, t }: App.Locals, actor: PersonActor, asked: Inviting) {
  const read = readInvitation(asked.form, asked.today);
  if (!read.ok) return fail(422, { typed: read.typed, problems: inWords(t, read.problems) });

  const { until, ...said } = read.said;
  const offer = { ...said, key: keyOf(textIn(asked.form, 'key')) };
  const { account, holder, address, locale, done } = asked;
  const end = until ? endOf(until, config.timeZone) : null;
  const send = async () => {
    await inviteToAccount(db, auth, actor, { account, holder }, { ...offer, end }, { address, locale });
    return done;
  };
  const typed = { ...said, until: until ?? '' };
  return answer(
    t,
    send,
    again(typed, ({ words }) => (words === 'access.comes_already' ? 'email' : ''))
  );
}

interface Allowing {
  account: string;
  person: string;
  form: FormData;
  today: string;
  /** Where it leads once it is done. */
  done: string;
}

/** Says what somebody may do from now on, as a form does, and leads on. */
export async function sayAccess({ db, t }: App.Locals, actor: PersonActor, allowing: Allowing) {
  const { account, person, form, today, done } = allowing;
  const read = readAccess(form, today);
  if (!read.ok) {
    const said = Object.entries(read.problems).map(([field, words]) => [field, t(words)]);
    return fail(422, { typed: read.typed, problems: Object.fromEntries(said) as Record<string, string> });
  }
  const { scope, until } = read.said;
  const change = async () => {
    const end = until ? endOf(until, config.timeZone) : null;
    await changeAccess(db, actor, { account, person }, { scope, end });
    return done;
  };
  return answer(t, change, again({ scope, until: until ?? '' }));
}
