/** When a process that `npm start` keeps running has to stop: asked to, or left alone by who started it. */

/** Calls `stop` once. */
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
