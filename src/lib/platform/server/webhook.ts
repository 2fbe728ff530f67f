/** Telling another system over HTTPS: signed, in time or not at all, and tried again when it did not answer. */
import { createHmac } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

export interface Webhook {
  url: string;
  /** What both sides know; the signature proves that we sent it, and when. */
  secret: string;
}

const patience = 5000;
const pauses = [0, 500, 2000];

/**
 * Sends `body` as JSON. Settles when the other side has answered with success, rejects when it did not after three
 * tries. `delivery` is the same on every try, so that a receiver can tell a repetition.
 *
 * `Hearth-Signature: t=<seconds>,v1=<hex>` is HMAC-SHA-256 over `<seconds>.<body>`. A receiver computes it anew,
 * and refuses what is older than a few minutes.
 */
export async function callWebhook({ url, secret }: Webhook, delivery: string, body: object): Promise<void> {
  const text = JSON.stringify(body);
  let problem = '';
  for (const wait of pauses) {
    if (wait) await pause(wait);
    problem = await tryOnce(url, text, { delivery, signature: sign(secret, text) });
    if (!problem) return;
  }
  throw new Error(`The webhook was not taken: ${problem}.`);
}

/** What went wrong, or nothing. */
async function tryOnce(url: string, text: string, { delivery, signature }: Record<string, string>) {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      body: text,
      headers: {
        'content-type': 'application/json',
        'hearth-delivery': delivery ?? '',
        'hearth-signature': signature ?? ''
      },
      // Whoever is named in the configuration is told, and nobody they might point to.
      redirect: 'error',
      signal: AbortSignal.timeout(patience)
    });
    await answer.body?.cancel();
    return answer.ok ? '' : `the answer was ${answer.status}`;
  } catch (error) {
    return error instanceof Error && error.name === 'TimeoutError' ? 'no answer in time' : 'no connection';
  }
}

export function sign(secret: string, text: string, seconds = Math.floor(Date.now() / 1000)) {
  const signature = createHmac('sha256', secret).update(`${seconds}.${text}`).digest('hex');
  return `t=${seconds},v1=${signature}`;
}
