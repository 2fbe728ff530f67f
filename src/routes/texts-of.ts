/** Whether a customer is texted, as the pages about how they are reached need to know. Where none are sent, nothing of it. */
import { isTexted } from '#lib/people/texts.ts';
import { textNumberOf } from '#lib/people/server/text-number.ts';
import { textable } from '#lib/platform/phone.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { config } from '#lib/platform/server/runtime.ts';

export async function textsOf(db: Db, person: string) {
  const number = config.texts ? await textNumberOf(db, person) : null;
  return { offered: config.texts, number, on: isTexted(number) };
}

/** Whether what was typed as their phone is the number that is texted. */
export const isTextedAt =
  ({ number, on }: Awaited<ReturnType<typeof textsOf>>) =>
  (phone: string) =>
    on && textable(phone, config.jurisdiction) === number?.number;
