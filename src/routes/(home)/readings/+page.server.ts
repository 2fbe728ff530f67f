/** My meter: giving a reading, and those so far. */
import { fail, redirect } from '@sveltejs/kit';
import { chosenAccount } from '#lib/accounts/server/queries.ts';
import {
  believed,
  giveReading,
  metersOf,
  readingsOf,
  type ReadingMark
} from '#lib/accounts/server/readings.ts';
import { likelyMeant } from '#lib/accounts/reading.ts';
import { isCustomer } from '#lib/platform/actor.ts';
import { htmlOnly } from '#lib/platform/html-only.ts';
import { isDay } from '#lib/platform/dates.ts';
import { isKey, textIn } from '#lib/platform/posted.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { dayAt } from '#lib/requests/status-text.ts';
import { usedBetween } from '#lib/usage/between-readings.ts';
import { earliest, judgeReading, typedReading } from './given.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** So many of each meter on a page: two years of months. */
const pageSize = 24;

export const load: PageServerLoad = async ({ url, locals: { db, actor } }) => {
  if (!isCustomer(actor)) refuse('missing', 'errors.missing');
  const { accounts, account } = await chosenAccount(db, actor, url.searchParams.get('account'));
  const meters = account ? await metersOf(db, account.id) : [];
  const today = dayAt(new Date(), config.timeZone);
  return htmlOnly({
    accounts,
    account,
    today,
    since: earliest(today),
    given: url.searchParams.get('given'),
    most: pageSize,
    meters: await Promise.all(
      meters.map(async (meter) => {
        const before =
          url.searchParams.get('meter') === meter.id ? markIn(url.searchParams.get('before')) : null;
        // One more than is shown: it says whether there are older ones, and what was used until the last.
        const [readings, newest] = await Promise.all([
          readingsOf(db, meter.id, pageSize + 1, before),
          before ? readingsOf(db, meter.id, pageSize) : null
        ]);
        const last = readings.length > pageSize ? readings[pageSize - 1] : null;
        return {
          ...{
            ...meter,
            readings,
            newest: (newest ?? readings)[0] ?? null,
            meant: meant(newest ?? readings)
          },
          later: before !== null,
          older: last ? `${last.read_on}~${last.id}` : null,
          used: usedBetween(readings)
        };
      })
    )
  });
};

export const actions: Actions = {
  default: async (event) => {
    const { db, actor, t } = event.locals;
    if (!isCustomer(actor)) refuse('missing', 'errors.missing');
    const form = await event.request.formData();
    const { account, meter } = await meterIn(event, textIn(form, 'meter'));
    const today = dayAt(new Date(), config.timeZone);
    const typed = { meter: meter.id, ...typedReading(form) };

    const read = judgeReading(typed, meter.digits, { today, t });
    if (!read.ok) return fail(422, { typed, problems: read.problems });

    await giveReading(db, actor, { meter, digits: read.digits, read_on: read.read_on });
    redirect(303, `/readings?account=${account.number}&given=${meter.id}#${meter.id}`);
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

/** The other reading they may have meant, where the newest is doubted. */
function meant(readings: Awaited<ReturnType<typeof readingsOf>>) {
  const [newest] = readings;
  if (newest?.state !== 'quarantined') return null;
  return likelyMeant(
    newest,
    believed(readings).filter(({ read_on }) => read_on < newest.read_on)
  );
}
