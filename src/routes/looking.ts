/** Whether somebody looks at the page that is asked for, and no script or browser reads it for later. */
export function isLookedAt({ headers }: { headers: Pick<Headers, 'get' | 'has'> }): boolean {
  if (headers.has('sec-purpose') || headers.get('purpose') === 'prefetch') return false;
  // Where a browser does not say what it is for, it is a page that was opened.
  return (headers.get('sec-fetch-dest') ?? 'document') === 'document';
}
