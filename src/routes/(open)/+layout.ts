/** These pages are HTML alone: nothing on them needs to be brought to life in the browser. */
export const csr = false;
