/** Everything that can be set from outside, read once and checked. A wrong value ends the process with a sentence. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as v from 'valibot';
import { isLoopback, isLoopbackDatabase } from '../loopback.ts';
import { keptSecret, sayUnusable } from './data-dir.ts';
import * as is from './variables.ts';
import { readWeek } from './working-days.ts';

/** Every variable Hearth reads. `.env.example` says what each one does. */
const Variables = v.object({
  PORT: is.wholeNumber('PORT', 1, 65_535),
  HOST: is.text,
  ORIGIN: is.origin('ORIGIN'),
  TRUST_PROXY: is.yesOrNo('TRUST_PROXY'),
  WEB_PROCESSES: is.wholeNumber('WEB_PROCESSES', 1, 64),
  DATA_DIR: is.text,
  LEARNED_DIR: is.text,
  DATABASE_URL: is.address('DATABASE_URL', ['postgres:', 'postgresql:']),
  WEB_DATABASE_URL: is.address('WEB_DATABASE_URL', ['postgres:', 'postgresql:']),
  AUTH_DATABASE_URL: is.address('AUTH_DATABASE_URL', ['postgres:', 'postgresql:']),
  WORKER_DATABASE_URL: is.address('WORKER_DATABASE_URL', ['postgres:', 'postgresql:']),
  SECRET: is.longText('SECRET', 32),
  DEMO: is.yesOrNo('DEMO'),
  SMTP_URL: is.address('SMTP_URL', ['smtp:', 'smtps:']),
  MAIL_FROM: is.sender('MAIL_FROM'),
  POST_ROOM_EMAIL: is.mailAddress('POST_ROOM_EMAIL'),
  TEXT_GATEWAY_URL: is.address('TEXT_GATEWAY_URL', ['https:', 'http:']),
  TEXT_GATEWAY_TOKEN: is.longText('TEXT_GATEWAY_TOKEN', 8),
  TEXT_FROM: is.shortText('TEXT_FROM', 40),
  TEXT_WEBHOOK_SECRET: is.longText('TEXT_WEBHOOK_SECRET', 16),
  CLAMAV_SOCKET: is.text,
  JURISDICTION: is.oneOf('JURISDICTION', ['US', 'UK', 'IN']),
  UTILITY_NAME: is.text,
  UTILITY_PHONE: is.text,
  OFFICE_ADDRESS: is.shortText('OFFICE_ADDRESS', 200),
  EMERGENCY_PHONE: is.text,
  SUPPLY: is.oneOf('SUPPLY', ['piped', 'cylinder', 'both']),
  CYLINDER_PHONE: is.text,
  DUTY_EMAILS: is.mailAddresses('DUTY_EMAILS'),
  DUTY_WEBHOOK: is.address('DUTY_WEBHOOK', ['https:', 'http:']),
  DUTY_WEBHOOK_SECRET: is.longText('DUTY_WEBHOOK_SECRET', 16),
  STRIPE_SECRET_KEY: is.longText('STRIPE_SECRET_KEY', 16),
  STRIPE_WEBHOOK_SECRET: is.longText('STRIPE_WEBHOOK_SECRET', 16),
  BANK_DETAILS: is.facts('BANK_DETAILS'),
  TIME_ZONE: is.timeZone('TIME_ZONE'),
  CURRENCY: is.currency('CURRENCY'),
  OFFICE_HOURS: is.week('OFFICE_HOURS'),
  HOLIDAYS: is.holidayRegion('HOLIDAYS'),
  CLOSED_DAYS: is.days('CLOSED_DAYS'),
  OPEN_DAYS: is.days('OPEN_DAYS'),
  CHATS_PER_AGENT: is.wholeNumber('CHATS_PER_AGENT', 1, 50),
  CALLS_PER_WINDOW: is.wholeNumber('CALLS_PER_WINDOW', 1, 500),
  CHAT_SILENCE: is.wholeNumber('CHAT_SILENCE', 5, 600),
  LOG_LEVEL: is.oneOf('LOG_LEVEL', ['debug', 'info', 'warn', 'error'])
});

type Given = v.InferOutput<typeof Variables>;
export type Config = Omit<ReturnType<typeof readConfig>, 'secret'> & { secret: string };

export const variableNames = Object.keys(Variables.entries);

/** What a jurisdiction brings along where it is not set. The numbers are made up, and for the demo alone. */
const local = {
  US: { currency: 'USD', holidays: 'US', emergencyPhone: '1-800-555-0199' },
  UK: { currency: 'GBP', holidays: 'GB-ENG', emergencyPhone: '0808 157 0199' },
  IN: { currency: 'INR', holidays: 'IN', emergencyPhone: '1800-555-0199' }
};

/** What no utility has in common with another. Outside the demo nothing is made up in their place. */
const own = {
  UTILITY_NAME: 'its name, which stands on every page and letter',
  EMERGENCY_PHONE: 'the emergency number of this utility, which is shown on every page',
  UTILITY_PHONE: 'the number of its office',
  TIME_ZONE: 'its time zone, by which promises are kept',
  JURISDICTION: 'its jurisdiction, whose safety texts are shown (US, UK or IN)',
  SUPPLY: 'what it supplies, about which people in danger are told (piped, cylinder or both)',
  CYLINDER_PHONE: 'its line for cylinders and tanks, be it the same number'
} as const;

/** When the office is open where nothing else is said: on weekdays, and on Saturday mornings. */
const usualWeek = readWeek('Mon-Fri 08:00-18:00, Sat 09:00-13:00') ?? [];

/** Thrown with one sentence for each wrong value. */
export class ConfigProblem extends Error {}

/** What the variables say, with the defaults. Pure: it opens nothing and makes nothing. */
export function readConfig(env: Record<string, string | undefined>) {
  const given = check(env);
  const host = given.HOST ?? '127.0.0.1';
  const port = given.PORT ?? 3000;
  const jurisdiction = given.JURISDICTION ?? 'US';
  const demo = demoOf(given, host);
  if (!demo) refuseMissing(given);
  const dataDir = resolve(given.DATA_DIR ?? join(project, '.hearth'));
  const emergencyPhone = given.EMERGENCY_PHONE ?? local[jurisdiction].emergencyPhone;
  return {
    host,
    port,
    origin: given.ORIGIN ?? originOf(host, port),
    originGiven: given.ORIGIN !== undefined,
    trustProxy: given.TRUST_PROXY ?? false,
    webProcesses: given.WEB_PROCESSES ?? 1,
    dataDir,
    learnedDir: resolve(given.LEARNED_DIR ?? join(dataDir, 'learned')),
    databaseUrl: given.DATABASE_URL ?? null,
    webDatabaseUrl: given.WEB_DATABASE_URL ?? null,
    authDatabaseUrl: given.AUTH_DATABASE_URL ?? null,
    workerDatabaseUrl: given.WORKER_DATABASE_URL ?? null,
    secret: given.SECRET ?? null,
    atHome: isAtHome(given, host),
    demo,
    chatsPerAgent: given.CHATS_PER_AGENT ?? 3,
    callsPerWindow: given.CALLS_PER_WINDOW ?? 12,
    chatSilence: given.CHAT_SILENCE ?? 30,
    smtpUrl: given.SMTP_URL ?? null,
    mailFrom: given.MAIL_FROM ?? 'Northgate Gas <service@northgate.example>',
    postRoom: given.POST_ROOM_EMAIL ?? (demoOf(given, host) ? 'post-room@northgate.example' : null),
    /** Where text messages go; null where none are sent, or where the demo keeps them. */
    textGateway: textGatewayOf(given),
    textFrom: given.TEXT_FROM ?? 'Northgate',
    textWebhookSecret: given.TEXT_WEBHOOK_SECRET ?? null,
    /** Whether customers can be texted. Where not, no page speaks of it. */
    texts: demo || given.TEXT_GATEWAY_URL !== undefined,
    clamavSocket: given.CLAMAV_SOCKET ?? null,
    jurisdiction,
    utilityName: given.UTILITY_NAME ?? 'Northgate Gas',
    /** Where letters go and people may come; nobody makes it up. */
    officeAddress: given.OFFICE_ADDRESS ?? null,
    utilityPhone: given.UTILITY_PHONE ?? '1-800-555-0142',
    emergencyPhone,
    /** What the utility supplies: through pipes, in cylinders and tanks, or both. */
    supply: given.SUPPLY ?? 'both',
    cylinderPhone: given.CYLINDER_PHONE ?? emergencyPhone,
    dutyEmails: given.DUTY_EMAILS ?? [],
    dutyWebhook: given.DUTY_WEBHOOK ?? null,
    dutyWebhookSecret: secretOf(given),
    stripeSecretKey: given.STRIPE_SECRET_KEY ?? null,
    stripeWebhookSecret: given.STRIPE_WEBHOOK_SECRET ?? null,
    /** Where a bank transfer goes, as the utility writes it; nobody makes it up. */
    bankDetails: given.BANK_DETAILS ?? [],
    timeZone: given.TIME_ZONE ?? 'America/New_York',
    currency: given.CURRENCY ?? local[jurisdiction].currency,
    officeHours: given.OFFICE_HOURS ?? usualWeek,
    closedDays: {
      region: given.HOLIDAYS ?? local[jurisdiction].holidays,
      also: given.CLOSED_DAYS ?? [],
      not: given.OPEN_DAYS ?? []
    },
    logLevel: given.LOG_LEVEL ?? 'info'
  };
}

const project = resolve(import.meta.dirname, '../../../..');

/** This process's own. It is what the environment says, and after it the file `.env`. */
export const config: Config = load();

function load(): Config {
  const file = join(project, '.env');
  if (existsSync(file)) process.loadEnvFile(file);
  try {
    const read = readConfig(process.env);
    return { ...read, secret: read.secret ?? secretIn(read.dataDir) };
  } catch (problem) {
    if (!(problem instanceof ConfigProblem)) throw problem;
    process.stderr.write(`${problem.message}\n`);
    process.exit(1);
  }
}

function secretIn(dataDir: string) {
  try {
    return keptSecret(dataDir, 'secret');
  } catch (problem) {
    throw new ConfigProblem(sayUnusable(dataDir, problem));
  }
}

function check(env: Record<string, string | undefined>): Given {
  const filled = Object.entries(env).filter(([, value]) => value?.trim());
  const result = v.safeParse(Variables, Object.fromEntries(filled));
  if (!result.success) throw new ConfigProblem(result.issues.map((issue) => issue.message).join('\n'));
  return result.output;
}

function refuseMissing(given: Given) {
  // In India the texts name the national line for cylinders.
  const noCylinders = given.SUPPLY === 'piped' || given.JURISDICTION === 'IN';
  const sentences = Object.entries(own).flatMap(([name, what]) =>
    name in given || (name === 'CYLINDER_PHONE' && noCylinders)
      ? []
      : [`${name} is missing: outside the demo Hearth needs ${what}.`]
  );
  // Letters about danger would come from a domain that is not ours, and be refused.
  if (given.SMTP_URL && !given.MAIL_FROM)
    sentences.push(
      'MAIL_FROM is missing: where SMTP_URL is set Hearth needs the address that letters come from.'
    );
  if (sentences.length > 0) throw new ConfigProblem(sentences.join('\n'));
}

/** What is texted carries names of people's matters and codes, so it goes nowhere in the open. */
function textGatewayOf({ TEXT_GATEWAY_URL: url, TEXT_GATEWAY_TOKEN: token, TEXT_FROM: from }: Given) {
  if (!url) return null;
  if (!token || !from)
    throw new ConfigProblem(
      'TEXT_GATEWAY_URL needs TEXT_GATEWAY_TOKEN, with which the gateway knows us, and TEXT_FROM, from which texts come.'
    );
  const { protocol, hostname } = new URL(url);
  if (protocol !== 'https:' && !isLoopback(hostname))
    throw new ConfigProblem('TEXT_GATEWAY_URL must begin with https://, for what is texted is private.');
  return { url, token, from };
}

/** What is sent to the webhook is signed, for it must be told from what others might send there. */
function secretOf({ DUTY_WEBHOOK, DUTY_WEBHOOK_SECRET }: Given) {
  if (DUTY_WEBHOOK && !DUTY_WEBHOOK_SECRET)
    throw new ConfigProblem(
      'DUTY_WEBHOOK needs DUTY_WEBHOOK_SECRET, with which what is sent there is signed.'
    );
  return DUTY_WEBHOOK_SECRET ?? null;
}

/** Whether only this machine can get to it. */
function isAtHome({ ORIGIN }: Given, host: string) {
  return isLoopback(host) && (!ORIGIN || isLoopback(new URL(ORIGIN).hostname));
}

/** Everybody knows the password of the demo people, so they must not be where everybody can get to. */
function demoOf(given: Given, host: string) {
  const { DEMO, DATABASE_URL } = given;
  const isHere = isAtHome(given, host);
  if (!DEMO) return DEMO ?? (isHere && !DATABASE_URL);

  if (!isHere)
    throw new ConfigProblem(
      'DEMO=1 is refused because others could reach the demo people, whose password is public: ' +
        'set HOST (and ORIGIN) to a loopback address such as 127.0.0.1, or remove DEMO.'
    );
  if (DATABASE_URL && !isLoopbackDatabase(DATABASE_URL))
    throw new ConfigProblem(
      'DEMO=1 is refused because DATABASE_URL names a server on another machine, where demo people do not belong.'
    );
  return true;
}

/** A server that listens everywhere is known to itself as localhost. Others should set ORIGIN. */
function originOf(host: string, port: number) {
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return new URL(`http://${name}:${port}`).origin;
}
