/** One report on its way from the page of a technician's day, and what was answered. */
import { deserialize } from '$app/forms';
import type { Words } from '#lib/platform/words.ts';
import { whatBecame, type Became } from './kept-answer.ts';

/** A line can be dead without saying so, in milliseconds. */
const patience = 30_000;

/** Photos of somebody who is signed out would come as a stranger's. */
export async function atTheDoor(t: Words): Promise<'open' | Became> {
  try {
    const asked = { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(patience) } as const;
    const { ok, status, type } = await fetch('/desk/day', asked);
    if (ok) return 'open';
    return whatBecame({ status, redirected: type === 'opaqueredirect', result: null }, t);
  } catch {
    return 'no line';
  }
}

export async function sendReport(action: string, fields: Record<string, string>, t: Words): Promise<Became> {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  try {
    const answer = await fetch(action, {
      method: 'POST',
      body,
      headers: { accept: 'application/json', 'x-sveltekit-action': 'true' },
      signal: AbortSignal.timeout(patience)
    });
    const { status, redirected } = answer;
    return whatBecame({ status, redirected, result: read(await answer.text()) }, t);
  } catch {
    return 'no line';
  }
}

function read(text: string) {
  try {
    return deserialize(text);
  } catch {
    return null;
  }
}
