/** Danger in a reply to a text message: the record is opened as for any words, and what to do is texted back. */
import { sql } from 'kysely';
import type { Db } from '#lib/platform/server/db.ts';
import { later, type Handlers } from '#lib/platform/server/jobs.ts';
import { log } from '#lib/platform/server/log.ts';
import { digest } from '#lib/platform/server/seal.ts';
import type { TextGateway } from '#lib/platform/server/text-gateway.ts';
import { asTextLine, fitted, mostParts, partsOfText } from '#lib/platform/texting.ts';
import { spokenIn } from '#lib/safety/spoken.ts';
import { supplyIn } from '#lib/safety/supply.ts';
import { safetyWording, type Jurisdiction, type SafetyWording } from '#lib/safety/wording.ts';
import type { Hazard } from '../life.ts';
import { noteShown, openEmergency } from './commands.ts';
import { noteVerdict, screenText } from './screening.ts';

declare module '#lib/platform/jobs.ts' {
  interface Jobs {
    /** Texts back what to do, to whoever wrote of danger in a reply. */
    'emergencies.answer_text': { emergencyId: string };
  }
}

export interface Reply {
  /** The number that it came from. */
  from: string;
  text: string;
}

export interface AnswerHead {
  utilityName: string;
  origin: string;
  jurisdiction: Jurisdiction;
  supply: Parameters<typeof supplyIn>[1];
  emergencyPhone: string;
  cylinderPhone: string;
}

/** Reads a reply for danger. Many of one number are one flood, as those of a network are. */
export async function hearTextReply(db: Db, { from, text }: Reply, secret: string) {
  const verdict = await screenText(text);
  await noteVerdict(db, [text], 'text', verdict);
  if (verdict.level === 'clear') return;
  try {
    const { id } = await openEmergency(db, {
      ...{ verdict: verdict.level, hazard: verdict.hazard ?? 'gas', channel: 'text', text },
      ...{ locale: spokenIn(text) ?? 'en', phone: from },
      address: digest(from, secret, 'text caller').toString('base64url')
    });
    await db.transaction().execute((tx) => later(tx, 'emergencies.answer_text', { emergencyId: id }));
  } catch (error) {
    log.error('an emergency could not be recorded', { error });
  }
}

export const answerJobs = (
  gateway: TextGateway | null,
  head: AnswerHead
): Handlers<'emergencies.answer_text'> => ({
  'emergencies.answer_text': (db, { emergencyId }) => answerByText(db, gateway, emergencyId, head)
});

/** Sends it, and writes down that it was sent. While the gateway is away it is tried again, for an hour. */
async function answerByText(db: Db, gateway: TextGateway | null, emergencyId: string, head: AnswerHead) {
  const call = await db
    .selectFrom('emergency')
    .select(['phone', 'hazard', 'locale', 'text'])
    .where('id', '=', emergencyId)
    .where('channel', '=', 'text')
    .where('received_at', '>', sql<Date>`now() - interval '1 hour'`)
    .executeTakeFirst();
  if (!gateway || !call?.phone) return;
  const supply = supplyIn(call.text ?? '', head.supply);
  const wording = safetyWording(head.jurisdiction, call.locale, hazardOf(call.hazard), supply);
  await gateway.send({ to: call.phone, text: answerText(wording, head) }, emergencyId);
  await noteShown(db, { id: emergencyId, version: wording.version, locale: wording.locale });
}

/** What stands on top of the safety page, whom to call, and where the rest of it is. Numbers come before what says so. */
export function answerText({ title, callTitle, lines, locale }: SafetyWording, head: AnswerHead): string {
  const { utilityName, origin, emergencyPhone, cylinderPhone } = head;
  const numbers = lines.map(
    ({ label, number, of }) => `${label}: ${number ?? (of === 'cylinder' ? cylinderPhone : emergencyPhone)}`
  );
  const list = `${new Intl.ListFormat(locale, { type: 'unit' }).format(numbers)}.`;
  const top = `${utilityName}: ${title}.`;
  const link = `${origin}/emergency`;
  const ways = [`${top} ${callTitle}. ${list} ${link}`, `${top} ${list} ${link}`].map(asTextLine);
  return ways.find((text) => partsOfText(text) <= mostParts) ?? fitted(top, list);
}

const hazardOf = (hazard: string | null): Hazard => (hazard === 'co' || hazard === 'fire' ? hazard : 'gas');
