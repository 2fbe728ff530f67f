/** The desk lives in the browser: keys, live rows, windows. */
export const csr = true;
