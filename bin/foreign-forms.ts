/** Forms of another site, or of a browser that does not say where it stands: refused, but never before they were heard. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { offered } from '#lib/catalogue/offered.ts';
import { screenText } from '#lib/emergencies/server/screening.ts';
import { wayToSafety } from '#lib/emergencies/server/inbound.ts';
import { freeText } from '#lib/forms/free-text.ts';
import { unsavedTextPage } from '#lib/forms/server/unsaved-text.ts';
import { cleanForm, textIn } from '#lib/platform/posted.ts';
import { smallForm } from '#lib/platform/server/form-body.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { originOf, strangerOf } from './comers.ts';

const safetyPage = '/emergency/heard';

/** Whether a form comes from a page of ours. The pages refuse every other one. */
export const isFromHere = (req: IncomingMessage) => req.headers.origin === originOf(req);

/**
 * What is done with a form that is not ours to take. Where it speaks of danger, the safety page, with what was typed:
 * another site could have sent it, so nothing is recorded and nobody is told before the reader says so on that page.
 * Otherwise a refusal, with what was typed.
 */
export async function hearForeign(req: IncomingMessage): Promise<IncomingMessage | Response> {
  const url = new URL(req.url ?? '/', originOf(req));
  const form = await formIn(req);
  if (url.pathname === safetyPage) return showAgain(req, url, form);

  const typed = freeText(form, offered);
  const { level, hazard, signs } = await screenText(typed.join('\n'));
  const back = url.pathname.replace(/\/draft$/, '');
  if (level === 'clear' || isOfStaff(url)) return refusal(req, typed, back);
  const way = wayToSafety(
    { texts: typed, back, key: textIn(form, 'key') },
    { level, hazard, signs },
    { ask: true }
  );
  // The script that keeps drafts sends the form itself where nothing was kept.
  if (url.pathname.endsWith('/draft')) return Response.json({ kept: false, safety: way });
  return showing(req, way.replace('?', '?/words&'), typed);
}

async function formIn(req: IncomingMessage) {
  const form = new FormData();
  for (const [name, value] of new URLSearchParams((await buffer(req)).toString())) form.append(name, value);
  return cleanForm(form);
}

/** Buttons of the safety page itself: it stays, says that it could not pass anything on, and whom to call. */
function showAgain(req: IncomingMessage, { searchParams }: URL, form: FormData) {
  const way = new URLSearchParams([...searchParams].filter(([name]) => !/^\/|^(e|ask)$/.test(name)));
  const typed = ['typed', 'phone', 'place']
    .flatMap((name) => form.getAll(name))
    .filter((text) => text !== '');
  return showing(req, `${safetyPage}?/words&${way}`, typed.map(String));
}

/** Nothing is done by it: it only shows what to do, and the words. */
function showing(req: IncomingMessage, way: string, typed: readonly string[]) {
  const page = smallForm(
    req,
    Buffer.from(new URLSearchParams(typed.map((words) => ['typed', words])).toString())
  );
  page.url = way;
  page.headers = { ...page.headers, origin: originOf(req), accept: 'text/html' };
  return page;
}

/** What staff write is no call for help; what a caller told them is. */
const isOfStaff = ({ pathname }: URL) => /^\/desk(\/|$)/.test(pathname) && pathname !== '/desk/requests/new';

function refusal(req: IncomingMessage, typed: readonly string[], back: string) {
  const { t } = strangerOf(req);
  return unsavedTextPage(t, {
    status: 403,
    title: t('pages.error_400'),
    say: [t('pages.error_foreign', { phone: config.utilityPhone })],
    typed,
    about: t('emergencies.typed_not_sent'),
    link: { to: back, text: t('pages.error_back_to_form') }
  });
}

/** Sends an answer that no page made. */
export async function sendOn(answer: Response, res: ServerResponse) {
  res.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
}
