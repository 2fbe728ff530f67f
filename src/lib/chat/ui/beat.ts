/** A pulse that goes on while its page is out of sight. Browser only. */

/** The server waits for three of them before it gives a conversation back. */
export const beat = 10_000;

/**
 * Calls every ten seconds. Browsers let the timers of a page that nobody looks at run once a minute, by which a colleague
 * who reads something else for a while would count as gone; those of a worker they leave alone.
 *
 * @returns what ends it
 */
export function everyBeat(call: () => void): () => void {
  if (typeof Worker === 'undefined') {
    const timer = setInterval(call, beat);
    return () => clearInterval(timer);
  }
  const worker = new Worker(new URL('./beat-worker.ts', import.meta.url), {
    type: 'module',
    // The name is how a worker is told anything before its first message.
    name: String(beat)
  });
  worker.onmessage = call;
  return () => worker.terminate();
}
