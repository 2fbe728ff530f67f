/** Sending text messages over HTTPS: to the utility's gateway, or to a catcher on this machine in a demonstration. */
import { log } from './log.ts';

export interface TextOffice {
  url: string;
  token: string;
  /** The number or name that texts come from. */
  from: string;
  /** How long the gateway may take over an answer, in milliseconds. */
  patience?: number;
}

export interface TextGateway {
  /** Settles when the gateway has taken the text. The same id is the same text, however often it is sent. */
  send(text: { to: string; text: string }, id: string): Promise<void>;
}

/** That a text was not taken, without the number and the words. */
export class TextProblem extends Error {
  /** This number cannot be texted: trying again cannot help. */
  final: boolean;

  constructor(what: string, final = false) {
    super(`A text was not taken: ${what}.`);
    this.name = 'TextProblem';
    this.final = final;
  }
}

/**
 * `POST` of `{to, from, text}` as JSON, with a bearer token and the id as `Idempotency-Key`. 2xx takes it, 422 says that
 * this number cannot be texted; anything else, and silence, is tried again: even what is wrong with us can be mended.
 */
export const openTexts = ({ url, token, from, patience = 15_000 }: TextOffice): TextGateway => ({
  async send({ to, text }, id) {
    const status = await ask(url, {
      method: 'POST',
      body: JSON.stringify({ to, from, text }),
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
        'idempotency-key': id
      },
      // Whoever is named in the configuration is told, and nobody they might point to.
      redirect: 'error',
      signal: AbortSignal.timeout(patience)
    });
    if (status === 422) throw new TextProblem('the number cannot be texted', true);
    if (status === 401 || status === 403) log.error('the text gateway does not let us in', { status });
    if (status < 200 || status > 299) throw new TextProblem(`the answer was ${status}`);
  }
});

async function ask(url: string, request: RequestInit): Promise<number> {
  try {
    const answer = await fetch(url, request);
    await answer.body?.cancel();
    return answer.status;
  } catch (error) {
    const late = error instanceof Error && error.name === 'TimeoutError';
    throw new TextProblem(late ? 'no answer in time' : 'no connection');
  }
}
