/** Customers who ask by the forms that browsers send, and send each form again until they hold its receipt. */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { demoPassword } from '#lib/people/demo.ts';
import { wordsFor } from '#lib/platform/words.ts';

/** One form that somebody filled in: its key, what they were told at last, and how many files went along. */
export interface Asked {
  key: string;
  reference: string | null;
  tries: number;
  files: number;
}

const page = '/requests/new/GENERAL';
const fileNotKept = wordsFor('en')('uploads.not_now');
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=',
  'base64'
);

/** A machine that is busy may be slow to begin with; a sign-in that was refused is tried again a little later. */
export async function signIn(url: string, email: string, password = demoPassword): Promise<string> {
  const body = () => new URLSearchParams({ email, password });
  const headers = { origin: url, accept: 'text/html' };
  for (const end = Date.now() + 60_000; ; await pause(1000)) {
    const answer = await fetch(`${url}/sign-in`, {
      method: 'POST',
      body: body(),
      headers,
      redirect: 'manual'
    });
    if (answer.status === 303)
      return answer.headers
        .getSetCookie()
        .map((one) => one.split(';')[0])
        .join('; ');
    if (Date.now() > end)
      throw new Error(`${email} could not sign in: ${answer.status} ${await answer.text()}`);
  }
}

/** Asks one thing after the other until `over`. What was begun by then is brought to its end. */
export async function keepAsking(url: string, cookie: string, number: number, over: AbortSignal) {
  const asked: Asked[] = [];
  for (let count = 0; !over.aborted; count += 1) {
    asked.push(await ask({ url, cookie }, ways[(number + count) % ways.length] ?? 'plain'));
  }
  return asked;
}

const ways = ['plain', 'multipart', 'plain', 'resumable'] as const;

interface Site {
  url: string;
  cookie: string;
}

async function ask(site: Site, way: (typeof ways)[number]): Promise<Asked> {
  const asked: Asked = { key: randomUUID(), reference: null, tries: 0, files: way === 'plain' ? 0 : 1 };
  const fields = {
    key: asked.key,
    subject: 'Rates',
    description: `What does a unit cost? ${asked.key}`,
    contact_by: 'email'
  };
  const receipt = (answer: Response) =>
    /^\/requests\/([^/]+)\/receipt$/.exec(locationOf(answer))?.[1] ?? null;

  if (way === 'multipart') {
    // As without scripts: the file comes with the form, and the review page sends no more than the key.
    const reviewing = (answer: Response) => (locationOf(answer).includes('step=review') ? 'yes' : null);
    await again(asked, () => post(site, '?/review', formWith(fields)), reviewing);
    asked.reference = await again(asked, () => post(site, '?/send', formOf({ key: asked.key })), receipt);
  } else {
    const attachment = way === 'resumable' ? await again(asked, () => upload(site, asked.key), fileOf) : null;
    const form = formOf({ ...fields, ...(attachment && { attachment }) });
    asked.reference = await again(asked, () => post(site, '?/send', form), receipt);
  }
  return asked;
}

/** Tries until it is answered as it should be. A minute after the last kill it must be. */
async function again<T>(
  asked: Asked,
  attempt: () => Promise<Response>,
  read: (answer: Response) => T | null
) {
  for (const end = Date.now() + 120_000; Date.now() < end; await pause(200)) {
    asked.tries += 1;
    const answer = await attempt().catch(() => null);
    const said = answer && read(answer);
    if (said) return said;
    if (!answer || answer.status >= 500 || answer.status < 400) continue;
    const page = await answer.text();
    // The form came back without its file, for the database was away: as it says, the file is chosen again.
    if (!page.includes(fileNotKept))
      throw new Error(`${answer.status} for ${asked.key}: ${page.slice(0, 20_000)}`);
  }
  return null;
}

const post = ({ url, cookie }: Site, action: string, body: FormData | URLSearchParams) =>
  fetch(url + page + action, {
    method: 'POST',
    body,
    headers: { origin: url, cookie, accept: 'text/html' },
    redirect: 'manual',
    signal: AbortSignal.timeout(15_000)
  });

const formOf = (fields: Record<string, string>) => new URLSearchParams(fields);

function formWith(fields: Record<string, string>) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set('attachment', new Blob([picture], { type: 'image/png' }), 'meter.png');
  return form;
}

/** All of a small file with the first call, as the upload script does it. */
function upload({ url, cookie }: Site, key: string) {
  const metadata = { form_key: key, name: 'meter.png', type: 'image/png' };
  return fetch(`${url}/uploads`, {
    method: 'POST',
    body: picture,
    signal: AbortSignal.timeout(15_000),
    headers: {
      ...{ origin: url, cookie, 'tus-resumable': '1.0.0', 'content-type': 'application/offset+octet-stream' },
      'upload-length': String(picture.length),
      'upload-metadata': Object.entries(metadata)
        .map(([name, value]) => `${name} ${btoa(value)}`)
        .join(',')
    }
  });
}

const fileOf = (answer: Response) =>
  answer.headers.get('upload-offset') === String(picture.length)
    ? (locationOf(answer).split('/').pop() ?? null)
    : null;

const locationOf = (answer: Response) => answer.headers.get('location') ?? '';
