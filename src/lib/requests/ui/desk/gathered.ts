/** Work that is asked for often and done seldom: once for many asks, never twice at a time. */

/** How long asks are gathered, and how much air there is between one round and the next, in milliseconds. */
const gather = 150;
const air = 700;

/** Calling the result asks for `work`. What is asked while it runs is done after it. */
export function gathered(work: () => Promise<unknown>): () => void {
  let wanted = false;
  let running = false;

  async function run() {
    running = true;
    await pause(gather);
    while (wanted) {
      wanted = false;
      // Whatever failed is asked for again by the next news; the page keeps what it shows.
      await work().catch(() => {});
      await pause(air);
    }
    running = false;
  }

  return () => {
    wanted = true;
    if (!running) void run();
  };
}

const pause = (span: number) => new Promise((done) => setTimeout(done, span));
