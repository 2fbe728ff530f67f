/** Letters over a real mail server on this machine: as they arrive, once, and with nothing smuggled in. */
import { once } from 'node:events';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { system } from '../actor.ts';
import { startCatcher } from './catcher.ts';
import { openDatabase } from './db.ts';
import { MailProblem, openPost, sendOnce } from './mail.ts';

const urls = await freshDatabase();
const database = openDatabase(urls.worker, 'hearth_worker');
const db = database.as(system);

const arrived: (ParsedMail & { recipients: string[] })[] = [];
let answer: (() => Error | null) | null = null;
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['AUTH', 'STARTTLS'],
  onData(stream, { envelope }, done) {
    const refusal = answer?.() ?? null;
    void simpleParser(stream).then((mail) => {
      if (!refusal) arrived.push({ ...mail, recipients: envelope.rcptTo.map(({ address }) => address) });
      done(refusal);
    });
  }
});
server.listen(0, '127.0.0.1');
await once(server.server, 'listening');
const address = server.server.address();
const port = typeof address === 'object' && address ? address.port : 0;
const post = openPost({
  smtpUrl: `smtp://127.0.0.1:${port}`,
  from: 'Northgate Gas <service@northgate.example>'
});

const letter = {
  to: 'ada@customer.example',
  subject: 'Your request',
  text: 'Dear Ada,\n\nsee https://hearth.example/requests/7KQ4-M2XR.'
};

beforeEach(() => {
  arrived.length = 0;
  answer = null;
});
afterAll(async () => {
  post.close();
  await new Promise<void>((closed) => server.close(closed));
  await database.close();
});

test('a letter arrives as text and as HTML, from us, and says that nobody typed it', async () => {
  await post.send(letter);

  const [mail] = arrived;
  expect(mail?.from?.text).toBe('"Northgate Gas" <service@northgate.example>');
  expect(mail?.recipients).toEqual(['ada@customer.example']);
  expect(mail?.text).toContain('Dear Ada,');
  expect(mail?.html).toContain('<a href="https://hearth.example/requests/7KQ4-M2XR">');
  expect(mail?.headers.get('auto-submitted')).toBe('auto-generated');
  expect(mail?.messageId).toMatch(/@northgate\.example>$/);
});

test('what somebody is called cannot become markup, nor a line of the subject a header', async () => {
  await post.send({
    ...letter,
    subject: 'Hello\r\nBcc: eve@evil.example\r\n\r\nbody',
    text: 'Dear <img src=x onerror=alert(1)> & Söhne, ¡hola!'
  });

  const [mail] = arrived;
  expect(mail?.subject).toBe('Hello Bcc: eve@evil.example body');
  expect(mail?.recipients).toEqual(['ada@customer.example']);
  expect(mail?.bcc).toBeUndefined();
  expect(mail?.html).toContain('&lt;img src=x');
  expect(mail?.text).toContain('Söhne, ¡hola!');
});

test.each([
  'ada@customer.example, eve@evil.example',
  'ada@customer.example\r\nBcc: eve@evil.example',
  'Eve <eve@evil.example>',
  'nobody'
])('%j is not one address, so nothing is sent', async (to) => {
  await expect(post.send({ ...letter, to })).rejects.toThrow(MailProblem);
  expect(arrived).toEqual([]);
});

test('a job that runs twice, or twice at once, sends one letter', async () => {
  const about = { key: 'tell 1', kind: 'received', person: null, request: null };
  const sent = await Promise.all([1, 2, 3].map(() => sendOnce(db, post, about, letter)));
  const again = await sendOnce(db, post, about, letter);

  expect(sent.filter(Boolean)).toHaveLength(1);
  expect(again).toBe(false);
  expect(arrived).toHaveLength(1);
});

test('a letter that was not taken is sent on the next try, under the same id', async () => {
  const about = { key: 'tell 2', kind: 'received', person: null, request: null };
  answer = () => Object.assign(new Error('try later, ada@customer.example'), { responseCode: 451 });
  const failing = sendOnce(db, post, about, letter);
  await expect(failing).rejects.toThrow('A letter was not taken');
  await expect(failing).rejects.not.toThrow('ada@');
  await expect(failing).rejects.toMatchObject({ final: false });

  answer = null;
  expect(await sendOnce(db, post, about, letter)).toBe(true);
  expect(arrived).toHaveLength(1);
});

test('a mailbox that does not exist is not tried for ever', async () => {
  answer = () => Object.assign(new Error('no such mailbox'), { responseCode: 550 });
  await expect(post.send(letter)).rejects.toMatchObject({ final: true });
});

test('the catcher keeps what is sent to it, to be read on a page', async () => {
  const catcher = await startCatcher(db);
  const local = openPost({ smtpUrl: catcher.url, from: 'service@northgate.example' });
  await local.send({ ...letter, subject: '¿Qué pasa?' });
  local.close();
  await catcher.close();

  const kept = await db.selectFrom('caught_mail').selectAll().execute();
  expect(kept).toHaveLength(1);
  expect(kept[0]).toMatchObject({
    recipient: letter.to,
    subject: '¿Qué pasa?',
    sender: 'service@northgate.example'
  });
  expect(kept[0]?.text).toContain('https://hearth.example/requests/7KQ4-M2XR');
});
