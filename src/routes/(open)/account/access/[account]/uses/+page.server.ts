/** What others did for an account of ours: all of it in one list, the newest first. */
import { mergeHistory, readMark, writeMark } from '#lib/accounts/history.ts';
import { heldAccount } from '#lib/accounts/server/members.ts';
import { deedUses, readingUses } from '#lib/accounts/server/uses.ts';
import { cardUses, programmeUses } from '#lib/programmes/server/uses.ts';
import { paymentUses } from '#lib/billing/server/uses.ts';
import { orderUses } from '#lib/orders/server/uses.ts';
import { htmlOnly } from '#lib/platform/html-only.ts';
import { requestUses } from '#lib/requests/server/uses.ts';
import { signedInCustomer } from '../../../signed-in.ts';
import type { PageServerLoad } from './$types';

const pageSize = 50;

/** Each is a function of its module that gives the lines of a window, as in the history. */
const sources = [
  ...[requestUses, readingUses, paymentUses, deedUses],
  ...[orderUses, programmeUses, cardUses]
];

export const load: PageServerLoad = async (event) => {
  const actor = signedInCustomer(event);
  const { db, t } = event.locals;
  const account = await heldAccount(db, actor, event.params.account);
  const window = { before: readMark(event.url.searchParams.get('before')), most: pageSize + 1 };
  const asked = { account: account.id, me: actor.id };
  const lines = await Promise.all(sources.map((source) => source(db, asked, window, t)));
  const { lines: uses, next } = mergeHistory(lines, pageSize);
  return htmlOnly({ account, uses, older: next && writeMark(next) });
};
