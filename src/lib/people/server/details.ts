/** What a customer told us about themself: read, and changed by them or, as they asked, at the desk. */
import { sql } from 'kysely';
import type { PersonActor } from '#lib/platform/actor.ts';
import { isSameNumber } from '#lib/platform/phone.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { later } from '#lib/platform/server/jobs.ts';
import { mayChangeDetails } from '../access.ts';
import type { Contact, LetterChoice, Profile } from '../contact-form.ts';
import { writeAudit } from './audit.ts';

export type Details = Profile & Contact & LetterChoice;

/** What is known of how somebody wants to be reached; for whoever never said, what holds then. */
export async function detailsOf(db: Db, person: string): Promise<Details> {
  const { rows } = await sql<Details>`
    select p.name, p.locale, p.phone, w.second_phone, w.street, w.town, w.postcode, coalesce(w.channel, 'email') as channel,
           coalesce(w.formats, '{}') as formats, coalesce(w.muted, '{}') as muted,
           coalesce(w.texted, '{}') as texted,
           to_char(w.quiet_from, 'HH24:MI') as quiet_from, to_char(w.quiet_until, 'HH24:MI') as quiet_until
    from person p left join contact_wish w on w.person_id = p.id
    where p.id = ${person} and p.role = 'customer'`.execute(db);
  return rows[0] ?? refuse('missing', 'desk.customer_not_found');
}

/** Changes what is named; what was so already is no change. Written into their history, and told to them by a letter. */
export async function changeDetails(db: Db, actor: PersonActor, person: string, asked: Partial<Details>) {
  if (!mayChangeDetails(actor, person)) refuse('forbidden', 'errors.forbidden');

  await db.transaction().execute(async (tx) => {
    // One after the other, also where there is no row yet.
    await sql`select pg_advisory_xact_lock(hashtextextended(${`details ${person}`}, 0))`.execute(tx);
    const before = await detailsOf(tx, person);
    const said = { ...(losesTexts(before, asked) && { channel: 'email' as const }), ...asked };
    const changed = fieldsOf(said).filter(
      (field) => String(said[field] ?? '') !== String(before[field] ?? '')
    );
    if (changed.length === 0) return;

    await write(tx, person, { ...before, ...said });
    const entry = await writeAudit(tx, actor, {
      action: 'details.changed',
      subject: { kind: 'person', id: person },
      detail: { fields: changed.join(' ') }
    });
    await later(tx, 'people.send_letter', { letter: 'details_changed', person, entry });
  });
}

async function write(tx: Db, person: string, { name, locale, phone, ...wishes }: Details) {
  await tx
    .updateTable('person')
    .set({ name, locale, phone, updated_at: sql`now()` })
    .where('id', '=', person)
    .where(sql<boolean>`(name, locale, phone) is distinct from (${name}, ${locale}, ${phone})`)
    .execute();
  await tx
    .insertInto('contact_wish')
    .values({ person_id: person, ...wishes })
    .onConflict((row) => row.column('person_id').doUpdateSet({ ...wishes, updated_at: sql`now()` }))
    .execute();
}

/** Whoever would rather be texted is asked by e-mail once they have another number, which nobody has proved. */
const losesTexts = (before: Details, { phone }: Partial<Details>) =>
  before.channel === 'text' && phone !== undefined && !isSameNumber(phone ?? '', before.phone ?? '');

const fieldsOf = (said: Partial<Details>) => Object.keys(said) as (keyof Details)[];
