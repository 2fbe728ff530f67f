/** The name of a file that is uploaded by itself is read for danger, like one that comes with a form. */
import type { IncomingMessage } from 'node:http';
import { screenText } from '#lib/emergencies/server/screening.ts';
import { isStaff } from '#lib/platform/actor.ts';
import { wordsOfName } from '#lib/platform/filename.ts';
import { smallForm } from '#lib/platform/server/form-body.ts';
import { dangersIn, isVouchedFor } from '#lib/safety/server/acknowledgement.ts';
import { senderOf } from './comers.ts';
import { isFromHere } from './foreign-forms.ts';

/** The words of the name as a form that the pages hear, where there is danger in them; null lets the upload go on. */
export async function dangerInName(req: IncomingMessage): Promise<IncomingMessage | null> {
  if (req.method !== 'POST' || !isFromHere(req)) return null;
  const { name = '', form_key: key = '', safe = '' } = metadataOf(req);
  const words = wordsOfName(name);
  const verdict = await screenText(words);
  if (verdict.level === 'clear' || isVouchedFor(key, safe, dangersIn(verdict))) return null;
  if (isStaff((await senderOf(req)).actor)) return null;
  req.resume();
  return smallForm(req, Buffer.from(new URLSearchParams({ attachment_name: words, key, safe }).toString()));
}

/** As the tus protocol writes it: names, each with a value in base64. */
const metadataOf = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    String(headers['upload-metadata'] ?? '')
      .split(',')
      .map((pair) => pair.trim().split(' '))
      .map(([name = '', value = '']) => [name, Buffer.from(value, 'base64').toString()])
  );
