/** "I am safe, this is about something else": what these words vouch for, and for how long. */
import { createHmac } from 'node:crypto';
import type { Cookies } from '@sveltejs/kit';
import { config, secure } from '#lib/platform/server/runtime.ts';
import { isKey } from '#lib/platform/posted.ts';
import type { Reading } from './reading-here.ts';

/**
 * What the screen found in a text. Not a digest of the words: a typo mended, or a sentence about the bill, makes no new
 * danger. Not the hazard alone: who was safe from the smell in the hall is not safe from the leak that comes after it.
 */
export function dangersIn({ level, hazard, signs }: Omit<Reading, 'why'>): string[] {
  if (level === 'clear') return [];
  const levels = level === 'emergency' ? ['possible', 'emergency'] : ['possible'];
  return [...levels, hazard ?? 'unknown', ...signs];
}

/**
 * Vouches that the dangers of a form are about something else: for this form, and for these dangers. What is written
 * later and sounds of more, or of worse, stops again; less of the same does not.
 */
export const safeToken = (key: string, dangers: readonly string[]) =>
  dangers.map((danger) => pieceFor(key, danger)).join('.');

/** Whether this token vouches for all of these dangers. */
export function isVouchedFor(key: string, token: string | null | undefined, dangers: readonly string[]) {
  const given = new Set(token?.split('.'));
  return dangers.length > 0 && dangers.every((danger) => given.has(pieceFor(key, danger)));
}

const hereCookie = 'hearth.safe';
const minutes = 30;

/**
 * What "I am safe" said is remembered by the browser for one page, and not for long: of its forms not all carry it along,
 * and where something else is wrong with one it is sent again.
 */
export const vouchHere = (cookies: Cookies, page: string, { key, token }: { key: string; token: string }) =>
  cookies.set(hereCookie, `${key}~${token}`, {
    ...{ path: page, httpOnly: true, sameSite: 'lax', secure, maxAge: minutes * 60 }
  });

/** The form for which it was said on this page, and its token. */
export function vouchedHere(cookies: Cookies): { key: string; safe: string } | null {
  const [key, safe = ''] = cookies.get(hereCookie)?.split('~') ?? [];
  return isKey(key) ? { key, safe } : null;
}

const pieceFor = (key: string, danger: string) =>
  createHmac('sha256', config.secret).update(`safe ${key} ${danger}`).digest('base64url').slice(0, 12);
