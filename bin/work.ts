/** All that is done later: every job of every module, and which the clock starts when. */
import { join } from 'node:path';
import { accessJobs, accessTimetable } from '#lib/accounts/server/access-jobs.ts';
import { accountJobs, accountTimetable } from '#lib/accounts/server/jobs.ts';
import { billingJobs, billingTimetable } from '#lib/billing/server/jobs.ts';
import { paymentJobs, paymentTimetable } from '#lib/payments/server/jobs.ts';
import { programmeJobs, programmeTimetable } from '#lib/programmes/server/jobs.ts';
import { chatJobs, chatTimetable } from '#lib/chat/server/jobs.ts';
import { emergencyJobs, emergencyTimetable } from '#lib/emergencies/server/jobs.ts';
import { answerJobs } from '#lib/emergencies/server/text-replies.ts';
import type { Config } from '#lib/platform/server/config.ts';
import type { Handlers } from '#lib/platform/server/jobs.ts';
import { openStorage } from '#lib/files/server/storage.ts';
import type { Post } from '#lib/platform/server/mail.ts';
import type { TextGateway } from '#lib/platform/server/text-gateway.ts';
import type { Press } from '#lib/platform/server/press/press.ts';
import { peopleJobs, peopleTimetable } from '#lib/people/server/jobs.ts';
import { textJobs } from '#lib/people/server/text-jobs.ts';
import { attachmentJobs, attachmentTimetable } from '#lib/files/server/jobs.ts';
import { deskJobs, deskTimetable } from '#lib/desk/server/jobs.ts';
import { helpJobs, helpTimetable } from '#lib/help/server/jobs.ts';
import { orderJobs, orderTimetable } from '#lib/orders/server/jobs.ts';
import { prebuyJobs, prebuyTimetable } from '#lib/prebuy/server/jobs.ts';
import { refillJobs, refillTimetable } from '#lib/refills/server/jobs.ts';
import { requestFiles } from '#lib/requests/server/files.ts';
import { requestJobs, requestTimetable } from '#lib/requests/server/jobs.ts';
import { privacyJobs, privacyTimetable } from '#lib/privacy/server/jobs.ts';
import { slotJobs, slotTimetable } from '#lib/slots/server/jobs.ts';
import { visitJobs, visitTimetable } from '#lib/visits/server/jobs.ts';
import { visitLetters } from '#lib/visits/server/letters.ts';

export interface Tools {
  post: Post;
  /** For what does not wait for a slow mail server. */
  alarms: Post;
  press: Press;
  /** Null where no text messages are sent. */
  texts: TextGateway | null;
}

export const allJobs = ({ post, alarms, press, texts }: Tools, config: Config) =>
  ({
    ...emergencyJobs(alarms, config),
    ...answerJobs(texts, config),
    ...peopleJobs(post, config),
    ...textJobs(texts, { ...config, hearsReplies: config.textWebhookSecret !== null }),
    ...accountJobs(post, config),
    ...accessJobs(post, config),
    ...billingJobs(post, config),
    ...paymentJobs(post, config),
    ...programmeJobs(post, config),
    ...requestJobs(post, config, visitLetters(config)),
    ...slotJobs(config),
    ...visitJobs(config),
    ...deskJobs,
    ...orderJobs(post, config),
    ...refillJobs(post, config),
    ...prebuyJobs(post, config),
    ...chatJobs,
    ...helpJobs,
    ...privacyJobs(post, press, config),
    ...attachmentJobs(requestFiles, openStorage(join(config.dataDir, 'files')), config.clamavSocket)
  }) satisfies Handlers;

export const timetable = {
  ...emergencyTimetable,
  ...peopleTimetable,
  ...accountTimetable,
  ...accessTimetable,
  ...billingTimetable,
  ...paymentTimetable,
  ...programmeTimetable,
  ...requestTimetable,
  ...slotTimetable,
  ...visitTimetable,
  ...deskTimetable,
  ...orderTimetable,
  ...refillTimetable,
  ...prebuyTimetable,
  ...attachmentTimetable,
  ...chatTimetable,
  ...helpTimetable,
  ...privacyTimetable
};
