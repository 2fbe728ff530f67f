/** How a process that `npm start` keeps running talks with who started it: well by now, asked to stop, left alone. */

/** Tells who started us that we are at work. */
export const sayReady = () => void process.send?.('ready');

/** Ends, because it cannot begin. Who started us says why, in its own order; without one we say it ourselves. */
export function giveUp(sentence: string) {
  if (!process.send) process.stderr.write(`${sentence}\n`);
  process.exitCode = 1;
  if (process.send) process.send({ givenUp: sentence }, () => process.exit());
  else process.exit();
}

/** Calls `stop` once: when asked to, or left alone by who started us. */
export function whenAskedToStop(stop: () => void) {
  let asked = false;
  const ask = () => {
    if (asked) return;
    asked = true;
    stop();
  };
  process.on('SIGTERM', ask).on('SIGINT', ask).on('disconnect', ask);
  // It may have been left alone already, while it was still starting and did not listen.
  if (process.connected === false) ask();
}
