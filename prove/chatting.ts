/** Customers in the chat, who send each message again until they are told that it has arrived. */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

/** One message: what it says, which nobody else says, and whether we said that we have it. */
export interface Said {
  text: string;
  isKept: boolean;
}

/** Nobody types more than that; the product would say so. */
const most = 60;

/** Asks for a person, and then says one thing after the other until `over`. */
export async function keepChatting(url: string, cookie: string, over: AbortSignal): Promise<Said[]> {
  const site = { url, cookie };
  const first = await say(site, 'say');
  await until(() => post(site, 'person', new URLSearchParams({ key: randomUUID(), text: '' })));
  const said = [first];
  while (!over.aborted && said.length < most) {
    said.push(await say(site, 'say'));
    await pause(300);
  }
  return said;
}

async function say(site: Site, action: string): Promise<Said> {
  const key = randomUUID();
  const text = `One more question about my bill ${key}`;
  return { text, isKept: await until(() => post(site, action, new URLSearchParams({ key, text }))) };
}

interface Site {
  url: string;
  cookie: string;
}

const post = ({ url, cookie }: Site, action: string, body: URLSearchParams) =>
  fetch(`${url}/chat?/${action}`, {
    method: 'POST',
    body,
    headers: { origin: url, cookie, accept: 'text/html' },
    redirect: 'manual',
    signal: AbortSignal.timeout(15_000)
  });

/** Tries until the page leads back to the talk, which is how it says that it has it. */
async function until(attempt: () => Promise<Response>): Promise<boolean> {
  for (const end = Date.now() + 120_000; Date.now() < end; await pause(200)) {
    const answer = await attempt().catch(() => null);
    if (answer?.status === 303 && answer.headers.get('location')?.startsWith('/chat')) return true;
  }
  return false;
}
