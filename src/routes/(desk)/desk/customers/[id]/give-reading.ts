/** A reading that the customer told, given on their behalf, with a photo of the dial where there is one. */
import { fail } from '@sveltejs/kit';
import { openCustomer } from '#lib/accounts/server/customers.ts';
import { giveReading, metersOf } from '#lib/accounts/server/readings.ts';
import { attachFiles } from '#lib/files/server/attach.ts';
import { listUnsent } from '#lib/files/server/queries.ts';
import { isStaff } from '#lib/platform/actor.ts';
import { textIn } from '#lib/platform/posted.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { dayAt } from '#lib/requests/status-text.ts';
import { judgeReading, photosIn, problemOfPhotos, typedReading } from '../../../../(home)/readings/given.ts';
import { answer } from '../../../../form-action.ts';
import type { RequestEvent } from './$types';

export async function giveForThem({ locals, params, request }: RequestEvent) {
  const { db, actor, t } = locals;
  if (!isStaff(actor)) refuse('missing', 'errors.missing');
  const { accounts } = await openCustomer(db, actor, params.id);
  const form = await request.formData();
  const meters = (await Promise.all(accounts.map(({ id }) => metersOf(db, id)))).flat();
  const meter = meters.find(({ id }) => id === textIn(form, 'meter')) ?? refuse('missing', 'errors.missing');
  const photos = photosIn(form);
  const typed = { meter: meter.id, key: photos.formKey, ...typedReading(form) };
  const unsent = () => listUnsent(db, actor, photos.formKey);

  const read = judgeReading(typed, meter.digits, { today: dayAt(new Date(), config.timeZone), t });
  const unfit = await problemOfPhotos(locals, photos);
  if (!read.ok || unfit) {
    const problems = { ...(!read.ok && read.problems), ...(unfit && { photos: unfit }) };
    return fail(422, { ...typed, problems, unsent: await unsent() });
  }

  const chosen = await unsent();
  const give = async () => {
    const { why } = await giveReading(db, actor, {
      ...{ meter, digits: read.digits, read_on: read.read_on },
      along: (tx, id) => attachFiles(tx, photos, { reading_id: id }, { kind: 'image' })
    });
    return `/desk/customers/${params.id}?given=${why ? 'doubted' : 'noted'}#readings`;
  };
  return answer(t, give, (problem) => ({
    ...typed,
    problems: { read_on: problem },
    unsent: chosen
  }));
}
