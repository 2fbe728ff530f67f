/** What can be set, what it defaults to, and what is said about a wrong value. */
import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { expect, test } from 'vitest';
import { readConfig, variableNames } from './config.ts';

const outside = 'postgres://hearth:pw@db.example/hearth';
const nearby = 'postgres://hearth:pw@127.0.0.1/hearth';
/** What every utility must say of itself. */
const own = {
  UTILITY_NAME: 'Fenland Gas',
  EMERGENCY_PHONE: '555 0100',
  UTILITY_PHONE: '555 0101',
  TIME_ZONE: 'Europe/London',
  JURISDICTION: 'UK',
  SUPPLY: 'both',
  CYLINDER_PHONE: '555 0102'
};

test('with nothing set, Hearth serves this machine alone, with demo people, on its own database', () => {
  expect(readConfig({})).toMatchObject({
    host: '127.0.0.1',
    port: 3000,
    origin: 'http://127.0.0.1:3000',
    databaseUrl: null,
    webDatabaseUrl: null,
    authDatabaseUrl: null,
    workerDatabaseUrl: null,
    demo: true,
    smtpUrl: null,
    jurisdiction: 'US',
    currency: 'USD',
    timeZone: 'America/New_York',
    webProcesses: 1
  });
});

test.each([
  [{ PORT: '8080', HOST: '::1' }, { origin: 'http://[::1]:8080' }],
  [{ HOST: '0.0.0.0' }, { origin: 'http://localhost:3000', demo: false }],
  [{ ORIGIN: 'https://service.example' }, { origin: 'https://service.example', demo: false }],
  [{ PORT: '' }, { port: 3000 }],
  [{ DATABASE_URL: nearby }, { demo: false }],
  [{ DATABASE_URL: nearby, DEMO: '1' }, { demo: true }],
  [{ DEMO: '0' }, { demo: false }],
  [{ HOST: '0.0.0.0', DEMO: '0' }, { demo: false }],
  [{ JURISDICTION: 'UK', DEMO: '1' }, { currency: 'GBP' }],
  [{ JURISDICTION: 'IN', CURRENCY: 'EUR', DEMO: '1' }, { currency: 'EUR' }],
  [{}, { emergencyPhone: '555 0100', cylinderPhone: '555 0102', supply: 'both' }],
  [
    { DEMO: '1', SUPPLY: '', CYLINDER_PHONE: '' },
    { cylinderPhone: '555 0100', supply: 'both' }
  ],
  [
    { DEMO: '0', SUPPLY: 'piped', CYLINDER_PHONE: '' },
    { cylinderPhone: '555 0100', supply: 'piped' }
  ],
  [
    { DEMO: '0', JURISDICTION: 'IN', CYLINDER_PHONE: '' },
    { cylinderPhone: '555 0100', supply: 'both' }
  ],
  [{ DEMO: '0', CYLINDER_PHONE: '555 0100' }, { cylinderPhone: '555 0100' }],
  [
    { CYLINDER_PHONE: '1906', SUPPLY: 'cylinder' },
    { cylinderPhone: '1906', supply: 'cylinder' }
  ],
  [{ DUTY_EMAILS: 'a@gas.example, b@gas.example' }, { dutyEmails: ['a@gas.example', 'b@gas.example'] }]
])('%j means %j', (env, meant) => {
  expect(readConfig({ ...own, ...env })).toMatchObject(meant);
});

test.each(Object.keys(own))('outside the demo nothing starts without %s', (missing) => {
  for (const outsideDemo of [{ HOST: '0.0.0.0' }, { DATABASE_URL: nearby }, { DEMO: '0' }]) {
    const env = { ...own, ...outsideDemo, [missing]: '' };
    expect(() => readConfig(env)).toThrow(
      new RegExp(`^${missing} is missing: outside the demo Hearth needs `)
    );
  }
});

test('all that is missing is said at once', () => {
  let said = '';
  try {
    readConfig({ DEMO: '0' });
  } catch (problem) {
    said = String(problem);
  }
  expect(said.split('\n')).toHaveLength(7);
});

test('outside the demo letters go out from an address that somebody set', () => {
  const mail = { ...own, DEMO: '0', SMTP_URL: 'smtp://127.0.0.1:25' };
  expect(() => readConfig(mail)).toThrow(/^MAIL_FROM is missing/);
  expect(readConfig({ ...mail, MAIL_FROM: 'Fenland Gas <help@fenland.example>' }).mailFrom).toContain(
    'fenland'
  );
});

test.each(['US', 'UK', 'IN'])('the numbers of a demo in %s are nobody’s', (JURISDICTION) => {
  const { emergencyPhone, utilityPhone, cylinderPhone } = readConfig({ JURISDICTION, DEMO: '1' });
  for (const number of [emergencyPhone, utilityPhone, cylinderPhone]) expect(number).toMatch(/555|157 0199/);
});

test.each([
  [{ PORT: 'abc' }, 'PORT must be a whole number from 1 to 65535.'],
  [{ PORT: '70000' }, 'PORT must be a whole number from 1 to 65535.'],
  [{ ORIGIN: 'service.example' }, 'ORIGIN must look like https://service.example, without a path.'],
  [
    { ORIGIN: 'https://service.example/help' },
    'ORIGIN must look like https://service.example, without a path.'
  ],
  [
    { DATABASE_URL: 'mysql://x' },
    'DATABASE_URL must be an address that begins with postgres:// or postgresql://.'
  ],
  [{ DEMO: 'maybe' }, 'DEMO must be 1 or 0.'],
  [{ DEMO: '1', HOST: '0.0.0.0' }, /^DEMO=1 is refused because others could reach the demo people/],
  [
    { DEMO: '1', ORIGIN: 'https://gas.example' },
    /^DEMO=1 is refused because others could reach the demo people/
  ],
  [
    { DEMO: '1', DATABASE_URL: outside },
    /^DEMO=1 is refused because DATABASE_URL names a server on another machine/
  ],
  [{ SMTP_URL: 'mail.example' }, 'SMTP_URL must be an address that begins with smtp:// or smtps://.'],
  [{ MAIL_FROM: 'us' }, 'MAIL_FROM must be a mail address, such as: Northgate Gas <service@gas.example>'],
  [{ DUTY_EMAILS: 'a@gas.example,b' }, /^DUTY_EMAILS must hold mail addresses/],
  [{ DUTY_WEBHOOK: 'https://pager.example' }, /^DUTY_WEBHOOK needs DUTY_WEBHOOK_SECRET/],
  [{ TIME_ZONE: 'Gotham' }, 'TIME_ZONE must be the name of a time zone, such as America/New_York.'],
  [{ CURRENCY: 'dollars' }, 'CURRENCY must be the three-letter code of a currency, such as USD.'],
  [{ JURISDICTION: 'FR' }, 'JURISDICTION must be one of US, UK, IN.'],
  [{ SUPPLY: 'air' }, 'SUPPLY must be one of piped, cylinder, both.'],
  [{ OFFICE_ADDRESS: 'x'.repeat(201) }, 'OFFICE_ADDRESS must have at most 200 characters.'],
  [{ OFFICE_HOURS: 'Mon-Fri 9-5' }, 'OFFICE_HOURS must look like: Mon-Fri 08:00-18:00, Sat 09:00-13:00'],
  [{ OFFICE_HOURS: 'Fri-Mon 08:00-18:00' }, /^OFFICE_HOURS must look like/],
  [{ OFFICE_HOURS: 'Mon 13:00-18:00, Mon 08:00-14:00' }, /^OFFICE_HOURS must look like/],
  [{ HOLIDAYS: 'UK' }, 'HOLIDAYS must be a country or a part of one, such as US, GB-SCT or IN-MH.'],
  [{ HOLIDAYS: 'GB-XX' }, /^HOLIDAYS must be a country/],
  [{ CLOSED_DAYS: '24 December' }, /^CLOSED_DAYS must hold days such as 2026-12-24/],
  [{ OPEN_DAYS: '2026-02-30' }, /^OPEN_DAYS must hold days/],
  [{ SECRET: 'short' }, 'SECRET must have at least 32 characters.'],
  [{ PORT: '0', DEMO: '?' }, 'PORT must be a whole number from 1 to 65535.\nDEMO must be 1 or 0.']
])('%j is refused in words', (env, sentence) => {
  expect(() => readConfig(env)).toThrow(sentence);
});

test('.env.example lists every variable, no other, each with a value that works', () => {
  const example = parseEnv(readFileSync('.env.example', 'utf8').replace(/^# ?(?=[A-Z_]+=)/gm, ''));

  expect(Object.keys(example).toSorted()).toEqual(variableNames.toSorted());
  expect(Object.values(example).every(Boolean)).toBe(true);
  expect(() => readConfig(example)).not.toThrow();
});
