/** How long a sign-in lasts, and what a browser is called in plain words. */

/** Customers come back rarely and should not have to remember; a desk is left at the end of a shift. */
export const sessionDays = 30;
export const staffSessionHours = 12;

/** The browser and the system a session was begun with, as far as its user agent tells. Brand names need no translation. */
export interface Device {
  browser: string | null;
  system: string | null;
}

export function deviceOf(userAgent: string | null): Device {
  const find = (known: readonly (readonly [RegExp, string])[]) =>
    known.find(([pattern]) => pattern.test((userAgent ?? '').slice(0, longestAgent)))?.[1] ?? null;
  return { browser: find(browsers), system: find(systems) };
}

/** What is longer tells no more. */
const longestAgent = 500;

// Most browsers also claim to be the ones below them, so the order matters.
const browsers = [
  [/\bEdgA?\/|\bEdgiOS\//, 'Edge'],
  [/\bOPR\/|\bOPiOS\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bCriOS\/|\bChrome\/|\bHeadlessChrome\/|\bChromium\//, 'Chrome'],
  [/\bVersion\/[\d.]+.*\bSafari\//, 'Safari']
] as const;

const systems = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bMac OS X\b|\bMacintosh\b/, 'macOS'],
  [/\bLinux\b/, 'Linux']
] as const;
