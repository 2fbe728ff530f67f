/** What every answer says to the browser, whoever gives it: pages, files, refusals, and what is not there. */

/** Pages bring a stricter policy of their own, and stand in no frame but ours; this one is for all else, which runs nothing
 * and stands in none. */
const policy = [
  "default-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'"
].join('; ');

export const safeHeaders = ({ secure }: { secure: boolean }): [name: string, value: string][] => [
  ['x-content-type-options', 'nosniff'],
  ['x-frame-options', 'SAMEORIGIN'],
  ['referrer-policy', 'same-origin'],
  ['content-security-policy', policy],
  ['cross-origin-opener-policy', 'same-origin'],
  ['cross-origin-resource-policy', 'same-origin'],
  ['permissions-policy', 'geolocation=(), microphone=(), camera=(self)'],
  ...(secure ? [['strict-transport-security', 'max-age=31536000'] as [string, string]] : [])
];
