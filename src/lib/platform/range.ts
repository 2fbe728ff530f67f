/** The `Range` header (RFC 9110 §14): which bytes of a file somebody asks for. */

export interface ByteRange {
  start: number;
  /** The last byte, included. */
  end: number;
}

/**
 * The single range that is asked for; null when the whole is to be sent (no header, one we do not understand, or
 * several ranges); 'unsatisfiable' when it lies behind the end.
 */
export function readRange(header: string | undefined, size: number): ByteRange | null | 'unsatisfiable' {
  const asked = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '');
  const [, first = '', last = ''] = asked ?? [];
  if (first === '' && last === '') return null;

  if (first === '') {
    const length = Math.min(Number(last), size);
    return length === 0 ? 'unsatisfiable' : { start: size - length, end: size - 1 };
  }
  const start = Number(first);
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== '' && Number(last) < start) return null;
  return start >= size ? 'unsatisfiable' : { start, end };
}
