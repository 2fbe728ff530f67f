/** Whether what the billing system names as the paper of a bill is one. Pure. */

/** Larger than this is no bill. */
export const mostBytes = 25 * 1024 * 1024;

/** The folder in which they lie, beside `bills.csv`. */
export const papersFolder = 'bills';

/** Why a file is no paper of a bill, by its size, its first and its last bytes; null where it is one. */
export function wrongWithPaper(size: number, head: Uint8Array, tail: Uint8Array): string | null {
  if (size === 0) return 'The file is empty.';
  if (size > mostBytes) return `The file is larger than ${mostBytes / 1024 / 1024} MB.`;
  // Readers allow a little before the mark, and a little after the end (ISO 32000-2, annex I).
  if (!/%PDF-[12]\.\d/.test(latin(head.subarray(0, 1024)))) return 'The file is not a PDF.';
  if (!latin(tail).includes('%%EOF')) return 'The PDF ends in the middle: it was not written to its end.';
  return null;
}

const latin = (bytes: Uint8Array) => String.fromCharCode(...bytes);
