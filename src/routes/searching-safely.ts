/** Searches are read for danger too: a call for help may be typed into the first box there is. */
import { createHash } from 'node:crypto';
import type { RequestEvent } from '@sveltejs/kit';
import { config } from '#lib/platform/server/runtime.ts';
import { readReference } from '#lib/requests/reference.ts';
import { safetyWording, type SafetyWording } from '#lib/safety/wording.ts';
import { hearDanger, showSafety } from './safety-first.ts';

/** What stands beside the results of a search that could mean danger, and where saying so leads. */
export interface PerhapsDanger {
  wording: SafetyWording;
  yes: string;
}

/**
 * Stops a search that calls for help. One that only could mean danger finds what it names, with what to do and the
 * question beside it: of two words, such as "broken meter", many could. A person is told once it is said to be danger.
 */
export async function searchSafely(event: RequestEvent, search: string): Promise<PerhapsDanger | null> {
  const { locals, url } = event;
  if (isReference(search)) return null;
  const said = new URLSearchParams([...url.searchParams].filter(([name]) => !ours.has(name)));
  const inbound = {
    texts: [search],
    channel: 'search',
    back: `${url.pathname}?${said}`,
    key: keyOfSearch(search),
    safe: url.searchParams.get('safe')
  };
  const danger = await hearDanger(event, inbound);
  if (!danger) return null;
  if (danger.level === 'emergency') await showSafety(event, inbound, danger);
  if (url.searchParams.has('danger')) await showSafety(event, inbound, { ...danger, level: 'reported' });
  return {
    wording: safetyWording(config.jurisdiction, locals.locale, danger.hazard ?? 'gas'),
    yes: `${url.pathname}?${said}&danger=yes`
  };
}

/** One in a hundred sounds like something. Without a digit it could be words. */
const isReference = (search: string) => /\d/.test(search) && readReference(search) !== null;

const ours = new Set(['key', 'safe', 'danger']);

/** A search has no form of its own; these very words are vouched for. */
export const keyOfSearch = (search: string) =>
  createHash('sha256').update(search).digest('base64url').slice(0, 16);
