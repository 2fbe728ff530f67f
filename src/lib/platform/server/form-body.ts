/** The text of a posted form: counted while it is read, and handed to the pages as one small form. */
import { IncomingMessage } from 'node:http';
import { refuse } from '../refusal.ts';

/**
 * All the text one form may carry, however it comes: names and values together, in bytes, and how many fields. `body`
 * is the same text as it travels, where a sign may take three bytes for one.
 */
export const formBudget = { text: 256 * 1024, fields: 400, body: 768 * 1024 + 2 * 400 };

/** Counts text as it comes in. False once there is more than a form may carry. */
export function openBudget(budget: { text: number; fields: number } = formBudget) {
  const left = { ...budget };
  return (name: string, value: string): boolean => {
    left.text -= Buffer.byteLength(name) + Buffer.byteLength(value);
    left.fields -= 1;
    return left.text >= 0 && left.fields >= 0;
  };
}

/** Reads a plain form to its end. Refuses one that is too long as soon as it is, and one that broke off. */
export async function readPlainForm(req: IncomingMessage): Promise<IncomingMessage> {
  const pieces: Buffer[] = [];
  let length = 0;
  try {
    // It is not destroyed: on that line we still have to say what was wrong. Buffers, for nobody has set an encoding.
    for await (const piece of req.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      length += piece.length;
      if (length > formBudget.body) break;
      pieces.push(piece);
    }
  } catch {
    refuse('invalid', 'uploads.form_broken');
  }
  const body = Buffer.concat(pieces);
  if (length > formBudget.body || !isWithin(body)) {
    req.resume();
    refuse('invalid', 'uploads.form_too_long');
  }
  return smallForm(req, body);
}

function isWithin(body: Buffer): boolean {
  let fields = 1;
  for (let at = body.indexOf('&'); at >= 0 && fields <= formBudget.fields; at = body.indexOf('&', at + 1))
    fields += 1;
  if (fields > formBudget.fields) return false;
  if (body.length <= formBudget.text) return true;
  const spend = openBudget();
  return [...new URLSearchParams(body.toString('latin1'))].every(([name, value]) => spend(name, value));
}

/** The same request, as if this had been its form all along. */
export function smallForm(req: IncomingMessage, body: Buffer): IncomingMessage {
  const { 'transfer-encoding': _chunks, ...headers } = req.headers;
  const small = Object.assign(new IncomingMessage(req.socket), {
    method: req.method,
    url: req.url,
    httpVersion: req.httpVersion,
    httpVersionMajor: req.httpVersionMajor,
    httpVersionMinor: req.httpVersionMinor,
    headers: {
      ...headers,
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': String(body.length)
    },
    complete: true
  });
  small.push(body);
  small.push(null);
  return small;
}
