/** Work that is asked for often and done seldom: once for many asks, never twice at a time, and again until it is done. */

/** How long asks are gathered, and how much air there is between one round and the next, in milliseconds. */
const gather = 150;
const air = 700;

/** What failed is tried again after this. What takes so long is on a line that died without a word: then, too. */
const again = 2000;
const longest = 20_000;

/** Calling the result asks for `work`. What is asked while it runs is done after it. */
export function gathered(work: () => Promise<unknown>): () => void {
  let wanted = false;
  let running = false;

  async function run() {
    running = true;
    await pause(gather);
    while (wanted) {
      wanted = false;
      const done = await isDone(work());
      wanted ||= !done;
      await pause(done ? air : again);
    }
    running = false;
  }

  return () => {
    wanted = true;
    if (!running) void run();
  };
}

const isDone = (working: Promise<unknown>) =>
  Promise.race([
    working.then(
      () => true,
      () => false
    ),
    pause(longest).then(() => false)
  ]);

const pause = (span: number) => new Promise<void>((done) => setTimeout(done, span));
