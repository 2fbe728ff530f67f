/** What somebody in danger tells us on the safety page, and what they see that we know. */
import { error, fail } from '@sveltejs/kit';
import { addToEmergency, noteShown } from '#lib/emergencies/server/commands.ts';
import { mostOfContact } from '#lib/emergencies/callers-words.ts';
import { knownOfCaller } from '#lib/emergencies/server/caller.ts';
import { isKey, textIn } from '#lib/platform/posted.ts';
import { inTime } from '#lib/platform/server/timeout.ts';
import { log } from '#lib/platform/server/log.ts';
import { config } from '#lib/platform/server/runtime.ts';
import type { Around } from '#lib/safety/wording/around.ts';
import { supplyOfCaller } from '#lib/emergencies/server/supply.ts';
import { waiting } from './waiting.ts';
import { emergencyOf } from '#lib/emergencies/server/caller-token.ts';

/** Nobody waits longer to be asked where they are, in milliseconds. */
const patience = 1_000;

/** Only by what we gave out ourselves: an address that somebody made up is no record. */
export const emergencyIn = (url: URL) => emergencyOf(url.searchParams.get('e'));

/** What we know of whoever is signed in. With the database away, nothing. */
export async function known({ db, person }: App.Locals, id: string | null) {
  if (!id || !person) return null;
  return inTime(knownOfCaller(db, id), patience).catch(() => null);
}

/** Nobody waits for it: what to do now is on the screen before it is written down. */
export function note(
  { db }: App.Locals,
  id: string,
  { version, locale }: { version: string; locale: string }
) {
  noteShown(db, { id, version, locale }).catch((problem: unknown) =>
    log.error('that an emergency was answered could not be written down', { error: problem })
  );
}

/** They go on in any case: that we could not write it down is our trouble. */
export async function tellSafe({ db }: App.Locals, url: URL) {
  const id = emergencyIn(url);
  if (!id) return;
  try {
    await addToEmergency(db, { id, kind: 'said_safe' });
  } catch (problem) {
    log.error('an emergency could not be added to', { error: problem });
  }
}

/** How the gas comes to the place that they chose; null where they chose none of theirs. */
export const supplyThere = async ({ db }: App.Locals, premises: string) =>
  isKey(premises) ? supplyOfCaller(db, { premises }) : null;

export const elsewhere = 'elsewhere';

/** How to reach them, and where it is. A failure where it did not get through: nobody is to wait for us then. */
export async function tellContact({ db, t }: App.Locals, url: URL, form: FormData, around: Around) {
  const contact = { phone: textIn(form, 'phone').trim(), place: textIn(form, 'place').trim() };
  const premises = textIn(form, 'premises');
  const again = { ...waiting(form), contact };
  if (contact.phone.length > mostOfContact.phone) return fail(422, { ...again, long: 'phone' as const });
  if (contact.place.length > mostOfContact.place) return fail(422, { ...again, long: 'place' as const });

  const id = emergencyIn(url) ?? error(404, t('errors.missing'));
  try {
    const added = await addToEmergency(db, {
      ...{ id, kind: 'contact_given', elsewhere: premises === elsewhere },
      ...(contact.phone && { phone: contact.phone }),
      ...(contact.place && { place: contact.place }),
      ...(isKey(premises) && { premises })
    });
    if (added) return null;
  } catch (problem) {
    log.error('an emergency could not be added to', { error: problem });
  }
  return fail(503, { ...again, lost: around.notRecorded.replace('{phone}', config.emergencyPhone) });
}
