/** A copy of all that is held about them: asked for with the password, taken here when it is ready. */
import { fileSize } from '#lib/files/ui/file-size.ts';
import { writeDate } from '#lib/platform/dates.ts';
import { htmlOnly } from '#lib/platform/html-only.ts';
import { isPasswordOf } from '#lib/people/server/account-password.ts';
import { auth } from '#lib/people/server/runtime.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { canAsk, canBeTaken, daysKept } from '#lib/privacy/copy.ts';
import { askForCopy, copiesOf } from '#lib/privacy/server/copies.ts';
import { dayAt } from '#lib/requests/status-text.ts';
import { answerFields } from '../../form-errors.ts';
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
  default: (event) => {
    const actor = signedInCustomer(event);
    const { db, locale } = event.locals;
    return answerFields(event, ['password'], async ({ password }, wrong) => {
      if (!(await isPasswordOf(auth, actor.id, password, event.getClientAddress())))
        return wrong({ password: { words: 'account.password_wrong' } });
      await askForCopy(db, actor, actor.id, locale);
      return '/account/data';
    });
  }
};
