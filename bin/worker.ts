/** The worker process: does what is left for later, and what the clock asks for. */
import { system } from '#lib/platform/actor.ts';
import { startCatcher } from '#lib/platform/server/catcher.ts';
import { config } from '#lib/platform/server/config.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { log } from '#lib/platform/server/log.ts';
import { openPost } from '#lib/platform/server/mail.ts';
import { startTextCatcher } from '#lib/platform/server/text-catcher.ts';
import { openTexts } from '#lib/platform/server/text-gateway.ts';
import { openPress } from '#lib/platform/server/press/press.ts';
import { sayReady, whenAskedToStop } from '#lib/platform/server/supervised.ts';
import { type Lane, startWorker } from '#lib/platform/server/worker.ts';
import { allJobs, timetable } from './work.ts';

/** In this order: nothing that is merely slow or many ever stands before an emergency. */
const lanes: Lane[] = [
  { takes: (job) => job.startsWith('emergencies.'), atOnce: 4 },
  { takes: (job) => job.startsWith('attachments.'), atOnce: 2 },
  // Reads everything and writes it to disk: one after the other is soon enough.
  { takes: (job) => job === 'privacy.make_copy', atOnce: 1 },
  // Who waits for a code waits at a page, whatever else is slow.
  { takes: (job) => job === 'people.text_code', atOnce: 2 },
  { takes: (job) => job === 'people.text_news', atOnce: 2 },
  // A mail server may take ten minutes over each: meanwhile everything else goes on.
  { takes: (job) => /\.(send|tell)_/.test(job), atOnce: 4, armful: 50 },
  { takes: () => true, atOnce: 8, armful: 200 }
];

if (!config.databaseUrl) {
  process.stderr.write('The worker needs DATABASE_URL. `npm start` sets it.\n');
  process.exit(1);
}

const database = openDatabase(config.databaseUrl, 'hearth_worker', { size: 2 });
const catcher = config.smtpUrl ? null : await startCatcher(database.as(system));
if (catcher && !config.demo) log.warn('SMTP_URL is not set: letters are kept here and reach nobody');
const textCatcher =
  config.texts && !config.textGateway ? await startTextCatcher(database.as(system), config.textFrom) : null;
const textOffice = config.textGateway ?? textCatcher?.office ?? null;
const texts = textOffice && openTexts(textOffice);
const office = {
  smtpUrl: config.smtpUrl ?? catcher?.url ?? '',
  from: config.mailFrom,
  texts: texts && config
};
const post = openPost(office);
// The next on call is told in a minute, so an alarm does not wait for a slow yes; better twice than late.
const alarms = openPost({ ...office, patience: 30_000 });

const press = openPress();

const worker = await startWorker({
  url: config.databaseUrl,
  handlers: allJobs({ post, alarms, press, texts }, config),
  timetable,
  lanes
});
log.info('worker is at work');
sayReady();

/** Finishes the jobs at hand, within reason; what is left waits in the queue, for a job may be done twice. */
let stopping: Promise<void> | null = null;
function stop() {
  stopping ??= stopAll().then(
    () => process.exit(0),
    (error: unknown) => {
      log.error('the worker could not stop in order', { error });
      process.exit(1);
    }
  );
  setTimeout(() => process.exit(0), 8_000).unref();
}

async function stopAll() {
  await worker.stop();
  post.close();
  alarms.close();
  press.close();
  await catcher?.close();
  await textCatcher?.close();
  await database.close();
}

whenAskedToStop(stop);

// A queue that broke for good is begun afresh by whoever started us.
worker.over.catch((error: unknown) => {
  log.error('the worker broke', { error });
  process.exit(1);
});
