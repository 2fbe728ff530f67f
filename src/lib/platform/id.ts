/** Keys of our tables, as they stand in addresses and forms. */

/** Whether a text can be a key at all: what cannot must not reach the database, which would call it a fault. */
export const isId = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
