/** Counts the time for a page that browsers would let sleep: its name says how often, in milliseconds. */
setInterval(() => postMessage(null), Number(self.name));
