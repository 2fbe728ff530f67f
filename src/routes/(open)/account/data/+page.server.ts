/** A copy of all that is held about them: asked for with the password, taken here when it is ready. */
import { redirect } from '@sveltejs/kit';
import { fileSize } from '#lib/files/ui/file-size.ts';
import { writeDate } from '#lib/platform/dates.ts';
import { htmlOnly } from '#lib/platform/html-only.ts';
import { readFields } from '#lib/people/form.ts';
import { isPasswordOf } from '#lib/people/server/account-password.ts';
import { auth } from '#lib/people/server/runtime.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { canAsk, canBeTaken, daysKept } from '#lib/privacy/copy.ts';
import { askForCopy, copiesOf } from '#lib/privacy/server/copies.ts';
import { dayAt } from '#lib/requests/status-text.ts';
import { sayNo, sayRefused } from '../../form-errors.ts';
import { signedInCustomer } from '../signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const actor = signedInCustomer(event);
  const { db, locale } = event.locals;
  const copies = await copiesOf(db, actor.id);
  const day = (at: Date) => writeDate(dayAt(at, config.timeZone), locale);
  const now = new Date();
  return htmlOnly({
    days: daysKept,
    phone: config.utilityPhone,
    mayAsk: canAsk(copies),
    failed: copies[0]?.state === 'failed' ? day(copies[0].asked_at) : null,
    ready: copies
      .filter((copy) => canBeTaken(copy, now))
      .map(({ id, asked_at, expires_at, size }) => ({
        id,
        day: day(asked_at),
        until: day(expires_at ?? now),
        size: fileSize(Number(size), locale)
      }))
  });
};

export const actions: Actions = {
  default: async (event) => {
    const actor = signedInCustomer(event);
    const { db, t, locale } = event.locals;
    const reading = readFields(await event.request.formData(), ['password']);
    if (!reading.ok) return sayNo(t, reading.typed, reading.problems);
    try {
      if (!(await isPasswordOf(auth, actor.id, reading.typed.password, event.getClientAddress())))
        return sayNo(t, reading.typed, { password: { words: 'account.password_wrong' } });
      await askForCopy(db, actor, actor.id, locale);
    } catch (refusal) {
      return sayRefused(t, reading.typed, refusal);
    }
    redirect(303, '/account/data');
  }
};
