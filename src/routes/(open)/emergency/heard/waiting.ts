/** What waits on the safety page itself: the words, and the form that may be sent once more from there. */
import type { Cookies } from '@sveltejs/kit';
import * as v from 'valibot';
import type { SentForm } from '#lib/emergencies/server/safety-page.ts';
import { safePath } from '#lib/people/landing.ts';
import { textIn, textsIn } from '#lib/platform/posted.ts';
import { vouchHere } from '#lib/safety/server/acknowledgement.ts';

const Sent = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ to: v.string(), fields: v.array(v.tuple([v.string(), v.string()])) })
);

/** As it was posted along with every button of the page. */
export const waiting = (form: FormData) => ({ typed: textsIn(form, 'typed'), again: sentIn(form) });

function sentIn(form: FormData): SentForm | null {
  const read = v.safeParse(Sent, textIn(form, 'again'));
  const to = read.success ? safePath(read.output.to) : null;
  return read.success && to ? { to, fields: read.output.fields } : null;
}

/** The same form with what "I am safe" gave it. The browser remembers it too: not every form carries it along. */
export function vouchedFor({ to, fields }: SentForm, { searchParams }: URL, cookies: Cookies): SentForm {
  const [key, token] = [searchParams.get('key') ?? '', searchParams.get('token') ?? ''];
  vouchHere(cookies, to.split('?')[0] ?? '/', { key, token });
  const others = fields.filter(([name]) => name !== 'key' && name !== 'safe');
  return { to, fields: [...others, ['key', key], ['safe', token]] };
}
