/** Whether somebody looks at the page that is asked for, and no script or browser reads it for later. */
export function isLookedAt({ headers }: { headers: Pick<Headers, 'get' | 'has'> }): boolean {
  if (headers.has('sec-purpose') || headers.get('purpose') === 'prefetch') return false;
  // Where a browser does not say what it is for, it is a page that was opened.
  return opened.has(headers.get('sec-fetch-dest') ?? 'document');
}

/** The chat is looked at over another page, too. */
const opened = new Set(['document', 'iframe']);

/** Whether a page is shown within another of ours. Pages of others can show none: the browser is told so. */
export const isFramed = ({ headers }: { headers: Pick<Headers, 'get'> }): boolean =>
  headers.get('sec-fetch-dest') === 'iframe';
