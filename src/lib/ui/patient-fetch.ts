/** Reading a page's data waits for a line that broke. SvelteKit alone would answer it by leaving the page. */

/** Answers with which a server that is being started, or its database, asks to be tried again; and for how long. */
const comesBack = [502, 503, 504];
const mostTries = 10;

/** A line can be dead without saying so. */
const longest = 20_000;
const again = 2000;

type Fetch = typeof window.fetch;

/** Browser only. SvelteKit takes `window.fetch` as it finds it, so that it can be changed like this. */
export function fetchPatiently() {
  window.fetch = patient(window.fetch.bind(window));
}

/** Only what reads a page's data is patient: everything else has its own way to say that the line is gone. */
export function patient(fetch: Fetch, wait = pause): Fetch {
  return async (input, init) => {
    if (typeof input !== 'string' || !input.includes('__data.json')) return fetch(input, init);

    for (let tries = 1; ; tries += 1) {
      const answer = await whole(fetch, input, init).catch(() => null);
      if (answer && (tries >= mostTries || !comesBack.includes(answer.status))) return answer;
      await wait(again);
    }
  };
}

/** The answer when all of it has come, for a line can also break in the middle. */
async function whole(fetch: Fetch, input: string, init?: RequestInit) {
  const answer = await fetch(input, { ...init, signal: AbortSignal.timeout(longest) });
  return new Response(await answer.arrayBuffer(), answer);
}

const pause = (span: number) => new Promise<void>((done) => setTimeout(done, span));
