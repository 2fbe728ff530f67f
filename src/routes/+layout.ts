/** Pages are HTML alone, also those that say what went wrong. The desk brings its own to life. */
export const csr = false;
