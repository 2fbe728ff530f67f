/** Reaching the people on call, by letter and by webhook. Nothing the customer wrote is in it. */
import type { Db } from '#lib/platform/server/db.ts';
import { log } from '#lib/platform/server/log.ts';
import { type Post, sendOnce } from '#lib/platform/server/mail.ts';
import { callWebhook } from '#lib/platform/server/webhook.ts';
import { localeOf } from '#lib/platform/language.ts';
import { type Words, wordsFor } from '#lib/platform/words.ts';
import { onCallAt } from '../on-call.ts';

/** How the people on call are reached. */
export interface Duty {
  origin: string;
  timeZone: string;
  dutyEmails: string[];
  dutyWebhook: string | null;
  dutyWebhookSecret: string | null;
}

export interface Message {
  emergency: { id: string; reference: string };
  /** Tells this telling from every other about the same emergency, so that nobody gets the same one twice. */
  key: string;
  /** Which of them on the list: the first, the second … and then all. */
  step: number;
  letter: (t: Words) => { subject: string; text: string };
  call: { type: string } & Record<string, unknown>;
}

/** Tries every way and lets none hold up another: what failed is in the log, and tried again next time. */
export async function tellDuty(db: Db, post: Post, duty: Duty, message: Message) {
  const people = await peopleOnCall(db, duty, message.step);
  const [webhook, ...letters] = await Promise.all([
    callDuty(duty, message),
    ...people.map((person) => writeTo(db, post, message, person))
  ]);
  return { letters: letters.filter(Boolean).length, of: letters.length, webhook };
}

interface OnCall {
  email: string;
  locale: string;
}

/** Those on the list; where there is none, all supervisors and admins who have not left. */
async function peopleOnCall(db: Db, { dutyEmails }: Duty, step: number): Promise<OnCall[]> {
  if (dutyEmails.length > 0) return onCallAt(step, dutyEmails).map((email) => ({ email, locale: 'en' }));
  return db
    .selectFrom('person')
    .select(['email', 'locale'])
    .where('role', 'in', ['supervisor', 'admin'])
    .where('deactivated_at', 'is', null)
    .execute();
}

async function writeTo(db: Db, post: Post, { emergency, key, letter }: Message, { email, locale }: OnCall) {
  const about = {
    key: `emergency ${emergency.id} ${key} ${email}`,
    kind: 'alarm',
    person: null,
    request: null
  };
  try {
    return (
      (await sendOnce(db, post, about, {
        to: email,
        locale: localeOf(locale),
        ...letter(wordsFor(localeOf(locale)))
      })) !== 'refused'
    );
  } catch (problem) {
    log.error('an alarm letter was not taken', { emergency: emergency.reference, key, error: problem });
    return false;
  }
}

async function callDuty(
  { dutyWebhook, dutyWebhookSecret, origin }: Duty,
  { emergency: { id, reference }, key, call }: Message
) {
  if (!dutyWebhook) return 'none';
  try {
    await callWebhook({ url: dutyWebhook, secret: dutyWebhookSecret ?? '' }, `${id}.${key}`, {
      ...call,
      reference,
      link: `${origin}/desk/emergencies/${reference}`
    });
    return 'taken';
  } catch (problem) {
    log.error('the duty webhook was not taken', { emergency: reference, key, error: problem });
    return 'failed';
  }
}
