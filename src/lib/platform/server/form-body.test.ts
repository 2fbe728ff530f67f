/** One budget for all the text of a form, however it comes. */
import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { Refusal } from '../refusal.ts';
import { formBudget, readPlainForm } from './form-body.ts';

const server = createServer((req, res) => {
  readPlainForm(req).then(
    async (form) => res.end(await textOf(form)),
    (refusal: unknown) => res.writeHead(422).end(refusal instanceof Refusal ? refusal.words : String(refusal))
  );
});
await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
afterAll(() => new Promise((closed) => server.close(closed)));
const { port } = server.address() as AddressInfo;

const tooLong = { status: 422, text: 'uploads.form_too_long' };

test('a form is handed on as it came', async () => {
  expect(await post('text=a+b%26&text=%E0%A4%A8')).toEqual({
    status: 200,
    text: 'text=a+b%26&text=%E0%A4%A8'
  });
  expect(await post('')).toEqual({ status: 200, text: '' });
});

test('all of its text together is counted, as it is read and not as it travels', async () => {
  const third = formBudget.text / 3;
  const letters = new URLSearchParams({ a: 'न'.repeat(third - 1) });
  expect((await post(letters.toString())).status).toBe(200);
  letters.set('b', 'xxxxx');
  expect(await post(letters.toString())).toEqual(tooLong);
  expect(await post(Array.from({ length: 30 }, (_, i) => `f${i}=${'x'.repeat(9_000)}`).join('&'))).toEqual(
    tooLong
  );
});

test('so are its fields', async () => {
  const fields = (count: number) => Array.from({ length: count }, () => 'a=').join('&');
  expect((await post(fields(formBudget.fields))).status).toBe(200);
  expect(await post(fields(formBudget.fields + 1))).toEqual(tooLong);
});

test('what is far too long is refused before it is here', async () => {
  // The rest never comes: whoever waited for it would never answer.
  expect(await post('a='.padEnd(formBudget.body + 1, 'x'), 50_000_000)).toEqual(tooLong);
});

function post(body: string, length = Buffer.byteLength(body)) {
  return new Promise<{ status: number | undefined; text: string }>((answered, failed) => {
    const sent = request({ port, method: 'POST', headers: { 'content-length': length } }, (answer) => {
      textOf(answer)
        .then((text) => answered({ status: answer.statusCode, text }), failed)
        .finally(() => sent.destroy());
    });
    sent.on('error', failed);
    sent.write(body);
    if (length === Buffer.byteLength(body)) sent.end();
  });
}

async function textOf(message: IncomingMessage) {
  const pieces: Buffer[] = [];
  for await (const piece of message as AsyncIterable<Buffer>) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}
