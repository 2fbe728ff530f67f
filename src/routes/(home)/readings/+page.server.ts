/** My meter: giving a reading, and those so far. */
import { fail } from '@sveltejs/kit';
import { chosenAccount } from '#lib/accounts/server/queries.ts';
import {
  givenReading,
  giveReading,
  metersOf,
  readingsOf,
  type MeterToRead,
  type ReadingMark
} from '#lib/accounts/server/readings.ts';
import { attachFiles } from '#lib/files/server/attach.ts';
import { photosOf } from '#lib/files/server/of-readings.ts';
import { listUnsent } from '#lib/files/server/queries.ts';
import { isCustomer } from '#lib/platform/actor.ts';
import { htmlOnly } from '#lib/platform/html-only.ts';
import { isDay } from '#lib/platform/dates.ts';
import { isKey, keyOf, textIn } from '#lib/platform/posted.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { dayAt } from '#lib/requests/status-text.ts';
import { usedBetween } from '#lib/usage/between-readings.ts';
import { answer } from '../../form-action.ts';
import { earliest, judgeReading, photosIn, problemOfPhotos, typedReading } from './given.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** So many of each meter on a page: two years of months. */
const pageSize = 24;

export const load: PageServerLoad = async ({ url, locals: { db, actor } }) => {
  if (!isCustomer(actor)) refuse('missing', 'errors.missing');
  const { accounts, account } = await chosenAccount(db, actor, url.searchParams.get('account'));
  const meters = account ? await metersOf(db, account.id) : [];
  const today = dayAt(new Date(), config.timeZone);
  const shown = await Promise.all(meters.map((meter) => readingsShown(db, meter, url.searchParams)));
  return htmlOnly({
    accounts,
    account,
    today,
    since: earliest(today),
    most: pageSize,
    meters: shown,
    photos: await photosOf(
      db,
      actor,
      shown.flatMap(({ readings }) => readings.map(({ id }) => id))
    )
  });
};

/** A meter with its form's key, the reading that was just given of it, and a page of those so far. */
async function readingsShown(db: Db, meter: MeterToRead, asked: URLSearchParams) {
  const before = asked.get('meter') === meter.id ? markIn(asked.get('before')) : null;
  const given = asked.get('given');
  // One more than is shown: it says whether there are older ones, and what was used until the last.
  const [readings, just] = await Promise.all([
    readingsOf(db, meter.id, pageSize + 1, before),
    isKey(given) ? givenReading(db, meter.id, given) : null
  ]);
  const last = readings.length > pageSize ? readings[pageSize - 1] : null;
  return {
    ...{ ...meter, readings, given: just, key: keyOf(null), later: before !== null },
    older: last ? `${last.read_on}~${last.id}` : null,
    used: usedBetween(readings)
  };
}

export const actions: Actions = {
  default: async (event) => {
    const { db, actor, t } = event.locals;
    if (!isCustomer(actor)) refuse('missing', 'errors.missing');
    const form = await event.request.formData();
    const { account, meter } = await meterIn(event, textIn(form, 'meter'));
    const today = dayAt(new Date(), config.timeZone);
    const photos = photosIn(form);
    const typed = { meter: meter.id, key: photos.formKey, ...typedReading(form) };

    const read = judgeReading(typed, meter.digits, { today, t });
    const unfit = await problemOfPhotos(event.locals, photos);
    if (!read.ok || unfit) {
      const problems = { ...(!read.ok && read.problems), ...(unfit && { photos: unfit }) };
      return fail(422, { typed, problems, unsent: await listUnsent(db, actor, photos.formKey) });
    }
    const give = async () => {
      const { id } = await giveReading(db, actor, {
        ...{ meter, digits: read.digits, read_on: read.read_on },
        along: (tx, id) => attachFiles(tx, photos, { reading_id: id }, { kind: 'image' })
      });
      return `/readings?account=${account.number}&given=${id}#${meter.id}`;
    };
    return answer(t, give, async (problem) => ({
      ...{ typed, problems: { read_on: problem } },
      unsent: await listUnsent(db, actor, photos.formKey)
    }));
  }
};

/** The meter a form is about, if they may read it: else there is none. */
async function meterIn({ url, locals: { db, actor } }: RequestEvent, id: string) {
  if (!isCustomer(actor)) refuse('missing', 'errors.missing');
  const { account } = await chosenAccount(db, actor, url.searchParams.get('account'));
  const meter = account?.scope === 'act' && (await metersOf(db, account.id)).find((one) => one.id === id);
  return account && meter ? { account, meter } : refuse('missing', 'errors.missing');
}

/** Where the page before ended; anything else in the address is none. */
function markIn(text: string | null): ReadingMark | null {
  const [read_on = '', id = ''] = (text ?? '').split('~');
  return isDay(read_on) && isKey(id) ? { read_on, id } : null;
}
