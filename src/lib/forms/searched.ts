/** Names under which an address carries what somebody typed into a box that looks for something. */
export const searched: readonly string[] = ['q', 'search'];
