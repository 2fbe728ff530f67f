/** The part of pg's own utilities that we use; its types leave them out. */
declare module 'pg/lib/utils.js' {
  /** A parameter as the wire carries it. */
  export function prepareValue(value: unknown): string | Buffer | null;
}
