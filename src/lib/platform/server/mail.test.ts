/** Letters over a real mail server on this machine: as they arrive, once, and with nothing smuggled in. */
import { once } from 'node:events';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { system } from '../actor.ts';
import { startCatcher } from './catcher.ts';
import { openDatabase } from './db.ts';
import { grantedByProtocol, lettersFailSince, type Mail, MailProblem, openPost, sendOnce } from './mail.ts';

const urls = await freshDatabase();
const make = await makersOn(urls.owner);
const database = openDatabase(urls.worker, 'hearth_worker');
const db = database.as(system);

const arrived: (ParsedMail & { recipients: string[] })[] = [];
let answer: (() => Error | null | Promise<null>) | null = null;
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['AUTH', 'STARTTLS'],
  onData(stream, { envelope }, done) {
    void Promise.all([answer?.() ?? null, simpleParser(stream)]).then(([refusal, mail]) => {
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

const letter: Mail = {
  to: 'ada@customer.example',
  locale: 'en',
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

test('its HTML says in which language it is written', async () => {
  await post.send({ ...letter, locale: 'es' });

  expect(arrived[0]?.html).toContain('<html lang="es">');
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

  expect(sent.toSorted()).toEqual(['before', 'before', 'sent']);
  expect(again).toBe('before');
  expect(arrived).toHaveLength(1);
});

test('a letter that was not taken is sent on the next try, under the same id', async () => {
  const about = { key: 'tell 2', kind: 'received', person: null, request: null };
  answer = () => Object.assign(new Error('try later, ada@customer.example'), { responseCode: 451 });
  const failing = sendOnce(db, post, about, letter);
  await expect(failing).rejects.toThrow('A letter was not taken');
  await expect(failing).rejects.not.toThrow('ada@');
  await expect(failing).rejects.toMatchObject({ final: null });

  answer = null;
  expect(await sendOnce(db, post, about, letter)).toBe('sent');
  expect(arrived).toHaveLength(1);
});

test('a mailbox that does not exist is not tried for ever', async () => {
  answer = () => Object.assign(new Error('no such mailbox'), { responseCode: 550 });
  await expect(post.send(letter)).rejects.toMatchObject({ final: '550' });
});

test('a mail server may take as long over its yes as the protocol grants it, and has the letter once', async () => {
  expect(grantedByProtocol).toBeGreaterThanOrEqual(600_000);
  const slow = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData: (stream, _session, done) => stream.on('end', () => setTimeout(done, 600)).resume()
  }).listen(0, '127.0.0.1');
  await once(slow, 'listening');
  const at = slow.address();
  const smtpUrl = `smtp://127.0.0.1:${typeof at === 'object' && at ? at.port : 0}`;
  const patient = openPost({ smtpUrl, from: 'service@northgate.example' });
  const hasty = openPost({ smtpUrl, from: 'service@northgate.example', patience: 200 });
  await expect(hasty.send(letter)).rejects.toMatchObject({ final: null });
  await expect(patient.send(letter)).resolves.toBeUndefined();
  hasty.close();
  patient.close();
  await new Promise<void>((closed) => slow.close(() => closed()));
});

test('a letter on its way holds up nobody: nothing is written before the mail server has spoken', async () => {
  let writers: unknown[] | undefined;
  answer = async () => {
    writers = await make.sql(
      `select a.query from pg_locks l join pg_stat_activity a using (pid)
       where l.locktype = 'transactionid' and a.datname = current_database() and pid <> pg_backend_pid()`
    );
    return null;
  };
  const about = { key: 'tell 3', kind: 'received', person: null, request: null };
  expect(await sendOnce(db, post, about, letter)).toBe('sent');
  expect(writers).toEqual([]);
});

test('what is refused for good is tried once, and staff see whose letters fail until one arrives', async () => {
  const ada = await make.aPerson();
  const about = (nth: number) => ({ key: `refused ${nth}`, kind: 'received', person: ada.id, request: null });
  let tries = 0;
  answer = () => {
    tries += 1;
    return Object.assign(new Error('no such mailbox'), { responseCode: 550 });
  };
  expect(await sendOnce(db, post, about(1), letter)).toBe('refused');
  expect(await sendOnce(db, post, about(1), letter)).toBe('before');
  expect(tries).toBe(1);

  const web = openDatabase(urls.web, 'hearth_web');
  const staff = web.as(await make.aPerson('agent'));
  expect(await lettersFailSince(staff, ada.id)).toBeInstanceOf(Date);
  // What is a customer's stays unseen by others.
  expect(await lettersFailSince(web.as(await make.aPerson()), ada.id)).toBeNull();

  answer = null;
  await sendOnce(db, post, about(2), letter);
  expect(await lettersFailSince(staff, ada.id)).toBeNull();
  await web.close();
});

test('where it is we who may not send, letters wait until that is mended', async () => {
  const strict = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onMailFrom: (_address, _session, done) =>
      done(Object.assign(new Error('sender not allowed'), { responseCode: 550 })),
    onRcptTo: (_address, _session, done) => done()
  }).listen(0, '127.0.0.1');
  await once(strict, 'listening');
  const at = strict.address();
  const ours = openPost({
    smtpUrl: `smtp://127.0.0.1:${typeof at === 'object' && at ? at.port : 0}`,
    from: 'service@northgate.example'
  });
  await expect(ours.send(letter)).rejects.toMatchObject({ final: null });
  ours.close();
  await new Promise<void>((closed) => strict.close(() => closed()));
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
