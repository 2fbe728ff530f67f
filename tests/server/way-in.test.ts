/** Who can get into a Hearth that has just been started. */
import pg from 'pg';
import { expect, test, vi } from 'vitest';
import { wordsOf } from '#lib/emergencies/server/approving.ts';
import { readConfig } from '#lib/platform/server/config.ts';
import { costOfPlainHttp, isDemo, mailStays, notApproved, wayIn } from '../../bin/way-in.ts';
import { freshDatabase } from '../support/database.ts';
import { aUtility } from '../support/hearth.ts';

const urls = await freshDatabase();
const config = (env: Record<string, string>) => ({
  ...readConfig({ ...aUtility, ...env }),
  secret: 'known to everybody, for tests only'
});

test('without people, the terminal prints a link for the first admin', async () => {
  expect(await isDemo(urls, config({}))).toBe(false);
  expect(await wayIn(urls, config({}), false)).toMatch(/http:\/\/127\.0\.0\.1:3000\/first-admin\?token=\S+/);
});

test('once there is an admin, no link is printed any more', async () => {
  await ask(`insert into person (email, name, role) values ('admin@gas.example', 'Ada', 'admin')`);
  expect(await wayIn(urls, config({}), false)).toBe('');
});

test('where real people are, nothing is a demo, even if demos are allowed', async () => {
  expect(await isDemo(urls, config({ DEMO: '1' }))).toBe(false);
});

test('where real people are, what a utility must say of itself is asked for, even if demos are allowed', async () => {
  vi.stubEnv('EMERGENCY_PHONE', '');
  await expect(isDemo(urls, config({}))).rejects.toThrow('EMERGENCY_PHONE is missing');
  vi.unstubAllEnvs();
});

test('demo people are named where they may be, and not served anywhere else', async () => {
  await ask(`insert into person (email, name, demo) values ('ada@customer.example', 'Ada Mercer', true)`);

  expect(await isDemo(urls, config({}))).toBe(true);
  expect(await wayIn(urls, config({}), true)).toContain('grace@agent.example');
  await expect(isDemo(urls, config({ HOST: '0.0.0.0' }))).rejects.toThrow('This database holds demo people');
  await expect(isDemo(urls, config({ DEMO: '0' }))).rejects.toThrow('This database holds demo people');
});

test('the terminal says where letters can be read, or that nobody gets any', () => {
  const demo = { demo: true, dev: false };
  const real = { demo: false, dev: false };
  expect(mailStays(config({}), demo)).toContain('read at http://127.0.0.1:3000/mail');
  expect(mailStays(config({ DEMO: '0' }), { demo: false, dev: true })).toContain('/mail');
  expect(mailStays(config({ HOST: '0.0.0.0' }), { demo: false, dev: true })).toContain(
    'No letter reaches anybody'
  );
  expect(mailStays(config({ DEMO: '0' }), real)).toContain('SMTP_URL is not set');
  const letters = { SMTP_URL: 'smtp://127.0.0.1:25', MAIL_FROM: 'Fenland Gas <help@fenland.example>' };
  expect(mailStays(config({ DEMO: '0', ...letters }), real)).toBe('');
});

test('the terminal says what plain HTTP costs those who come from elsewhere', () => {
  expect(costOfPlainHttp(config({ HOST: '0.0.0.0' }))).toContain('plain HTTP');
  expect(costOfPlainHttp(config({ ORIGIN: 'http://service.gas.example' }))).toContain('https://');
  expect(costOfPlainHttp(config({ HOST: '0.0.0.0', ORIGIN: 'https://service.gas.example' }))).toBe('');
  expect(costOfPlainHttp(config({}))).toBe('');
});

test('the terminal says that nobody has approved the safety texts, until an admin has', async () => {
  expect(await notApproved(urls.owner, config({}))).toContain('Nobody has approved the safety texts (US-');
  const { version, digest } = wordsOf('US');
  await ask(`insert into wording_approval (version, digest, approved_by)
             select '${version}', '${digest}', id from person where role = 'admin'`);
  expect(await notApproved(urls.owner, config({}))).toBe('');
  expect(await notApproved(urls.owner, config({ JURISDICTION: 'UK' }))).toContain('(UK-');
});

async function ask(sql: string) {
  const client = new pg.Client({ connectionString: urls.owner });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}
