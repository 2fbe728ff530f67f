/** What somebody on the register wishes for and a person has to see to: asked of the desk, with a promise. */
import { randomUUID } from 'node:crypto';
import { offerOf } from '#lib/catalogue/server/catalogue.ts';
import { changePriority } from '#lib/accounts/server/priority.ts';
import type { PriorityWish, Registration } from '#lib/accounts/priority.ts';
import { isStaff, type PersonActor } from '#lib/platform/actor.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { localeOf } from '#lib/platform/language.ts';
import { wordsFor } from '#lib/platform/words.ts';
import { submitWithin } from './submit.ts';

/** The wishes as the form about extra help at home has them. */
const asAnswers: Record<PriorityWish, string> = {
  password: 'password',
  nominee: 'nominee',
  format: 'large_print',
  reading: 'meter_reading',
  knock: 'knock_and_wait',
  heating: 'heating'
};

/** Whoever comes reads this one at the door: nobody has to agree on anything before. */
const readAtTheDoor: PriorityWish = 'knock';

/** Registers them, and in the same transaction asks the desk for whatever they newly wish for. */
export const register = (db: Db, actor: PersonActor, person: string, place: string, said: Registration) =>
  changePriority(db, actor, person, place, said, async (tx, before) => {
    const wishes = said.wants.filter((wish) => wish !== readAtTheDoor && !before.includes(wish));
    if (wishes.length > 0) await askFor(tx, actor, { person, place, said, wishes });
  });

interface Wished {
  person: string;
  place: string;
  said: Registration;
  wishes: PriorityWish[];
}

async function askFor(tx: Db, actor: PersonActor, { person, place, said, wishes }: Wished) {
  const offer = await offerOf(tx, 'PSR');
  if (!offer) return;
  const { account_id } = await tx
    .selectFrom('premises')
    .select('account_id')
    .where('id', '=', place)
    .executeTakeFirstOrThrow();
  const { locale } = await tx
    .selectFrom('person')
    .select('locale')
    .where('id', '=', person)
    .executeTakeFirstOrThrow();
  const t = wordsFor(localeOf(locale));
  const list = new Intl.ListFormat(t.locale, { type: 'unit' });
  await submitWithin(tx, actor, {
    ...{ key: randomUUID(), type: offer.type, team: offer.team_id, attachments: [], locale, now: new Date() },
    channel: isStaff(actor) ? 'phone' : 'web',
    requester: person,
    answers: {
      circumstances: said.needs,
      services: wishes.map((wish) => asAnswers[wish]),
      share: said.shared ? 'yes' : 'no'
    },
    contact: { contact_by: 'email' },
    description: t('accounts.wishes_asked', {
      wishes: list.format(wishes.map((wish) => t(`accounts.want_${wish}_theirs`)))
    }),
    ...{ account: account_id, premises: place }
  });
}
