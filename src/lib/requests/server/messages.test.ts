/** Talking on requests: replies of both sides and notes, by the right and the wrong person, once for each key. */
import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { fourTests } from '../../../../tests/support/four-tests.ts';
import { makersOn, type Somebody } from '../../../../tests/support/makers.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { addNote, replyToRequest, type Reply } from './messages.ts';

const urls = await freshDatabase();
const { aPerson, aRequest, sql } = await makersOn(urls.owner);
const database = openDatabase(urls.web, 'hearth_web');
afterAll(() => database.close());

const ada = await aPerson();
const ben = await aPerson('customer', { name: 'Ben Hill' });
const grace = await aPerson('agent', { name: 'Grace Lind' });

const said = (also: Partial<Reply> = {}): Reply => ({
  key: randomUUID(),
  text: 'Hello',
  attachments: [],
  ...also
});
const reply = (also: Partial<Reply>) => (by: Somebody, reference: string) =>
  replyToRequest(database.as(by), by, reference, said(also));

fourTests(
  { owner: ada, aRequest, sql },
  {
    'a reply of the customer': {
      does: reply({}),
      by: ada,
      on: 'waiting',
      makes: { status: 'open' },
      notBy: ben,
      says: 'missing',
      notOn: 'closed',
      events: ['message', 'status'],
      letters: []
    },
    'thanks for what was resolved': {
      does: reply({ text: 'Thank you so much!' }),
      by: ada,
      on: 'resolved',
      makes: { status: 'closed' },
      notBy: ben,
      says: 'missing',
      notOn: 'closed',
      events: ['message', 'status'],
      letters: []
    },
    'thanks with a doubt': {
      does: reply({ text: 'Thanks, but it drips again.' }),
      by: ada,
      on: 'resolved',
      makes: { status: 'open' },
      notBy: ben,
      says: 'missing',
      notOn: 'closed',
      events: ['message', 'status'],
      letters: []
    },
    'thanks for what is under way': {
      does: reply({ text: 'Thank you!' }),
      by: ada,
      on: 'open',
      makes: { status: 'open' },
      notBy: ben,
      says: 'missing',
      notOn: 'closed',
      events: ['message'],
      letters: []
    },
    'thanks where an answer was asked for': {
      does: reply({ text: 'Thank you!' }),
      by: ada,
      on: 'waiting',
      makes: { status: 'open' },
      notBy: ben,
      says: 'missing',
      notOn: 'closed',
      events: ['message', 'status'],
      letters: []
    },
    'an answer of staff': {
      does: reply({ seen: 0 }),
      by: grace,
      on: 'submitted',
      makes: { status: 'open' },
      notBy: ben,
      says: 'missing',
      notOn: 'cancelled',
      events: ['message', 'status'],
      letters: ['answered']
    },
    'a question of staff': {
      does: reply({ seen: 0, then: 'waiting' }),
      by: grace,
      on: 'open',
      makes: { status: 'waiting' },
      notBy: ben,
      says: 'missing',
      notOn: 'closed',
      events: ['message', 'status'],
      letters: ['asked_back']
    },
    'an answer that resolves': {
      does: reply({ seen: 0, then: 'resolved' }),
      by: grace,
      on: 'open',
      makes: { status: 'resolved' },
      notBy: ben,
      says: 'missing',
      notOn: 'closed',
      events: ['message', 'status'],
      letters: ['resolved', 'answered']
    },
    'a note': {
      does: (by, reference) => addNote(database.as(by), by, reference, said()),
      by: grace,
      // Something may be worth writing down even when all is over.
      on: 'closed',
      makes: { status: 'closed' },
      notBy: ada,
      says: 'forbidden',
      events: ['note'],
      letters: []
    }
  }
);

test('the same reply sent ten times at once is one reply, and each sender hears the same', async () => {
  const { id, reference } = await aRequest(ada, { status: 'open' });
  const once = said();
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => replyToRequest(database.as(ada), ada, reference, once))
  );
  expect(new Set(answers.map(({ number }) => number))).toEqual(new Set([1]));
  expect(await sql('select 1 from message where request_id = $1', [id])).toHaveLength(1);
});

test('thanks start no clock, are said to have been heard, and with a file are no mere thanks', async () => {
  const { id, reference } = await aRequest(ada, { status: 'open' });
  const resolving = said({ text: 'It is done.', seen: 99, then: 'resolved' });
  await replyToRequest(database.as(grace), grace, reference, resolving);
  await replyToRequest(database.as(ada), ada, reference, said({ text: 'Thanks, Grace! Regards, Ada' }));
  const [closing] = await sql(
    `select payload from request_event where request_id = $1 and kind = 'status' order by number desc`,
    [id]
  );
  expect(closing?.['payload']).toMatchObject({ status: 'closed', reason: 'thanks' });
  expect(await sql(`select 1 from promise where request_id = $1 and state = 'running'`, [id])).toEqual([]);

  const other = await aRequest(ada, { status: 'resolved' });
  const withFile = said({ text: 'Thanks!' });
  const attachments = [await aFile(withFile.key)];
  await replyToRequest(database.as(ada), ada, other.reference, { ...withFile, attachments });
  expect(await sql('select status from request where id = $1', [other.id])).toEqual([{ status: 'open' }]);
});

test('no customer reads a note, nor that there is one', async () => {
  const { id, reference } = await aRequest(ada, { status: 'open' });
  await addNote(database.as(grace), grace, reference, said({ text: 'Careful.' }));
  const db = database.as(ada);
  const events = await db.selectFrom('request_event').select('number').where('request_id', '=', id).execute();
  const texts = await db.selectFrom('message').select('id').where('request_id', '=', id).execute();
  expect([events, texts]).toEqual([[], []]);
});

test('the same words with another file, or with another outcome, are another message', async () => {
  const { reference } = await aRequest(ada, { status: 'open' });
  const send = (by: Somebody, message: Reply) => replyToRequest(database.as(by), by, reference, message);
  const hers = said();
  const [photo, copy, other] = [await aFile(hers.key), await aFile(hers.key), await aFile(hers.key, 'b')];

  const first = await send(ada, { ...hers, attachments: [photo] });
  expect(await send(ada, { ...hers, attachments: [copy] }), 'the same file, sent again').toEqual(first);
  for (const attachments of [[], [photo, other]])
    await expect(send(ada, { ...hers, attachments })).rejects.toMatchObject({ kind: 'conflict' });

  const answer = said({ seen: 99, then: 'open' });
  await send(grace, answer);
  await expect(send(grace, { ...answer, then: 'resolved' })).rejects.toMatchObject({ kind: 'conflict' });
});

/** A file of Ada's that has come with a form. What it holds is told by one letter. */
async function aFile(formKey: string, content = 'a') {
  const [file] = await sql<{ id: string }>(
    `insert into attachment (form_key, person_id, name, size, state, type, sha256, received_at, expires_at)
     values ($1, $2, 'photo.png', 1, 'received', 'image/png', repeat($3, 64), now(), now() + interval '1 day')
     returning id`,
    [formKey, ada.id, content]
  );
  return file?.id ?? '';
}
