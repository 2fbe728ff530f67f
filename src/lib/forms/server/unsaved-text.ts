/** A page of its own that gives back what was typed: errors thrown before the pages have nowhere to put it. */
import { escape } from '#lib/platform/mail-html.ts';
import type { SentForm } from '#lib/emergencies/server/safety-page.ts';
import type { Words } from '#lib/platform/words.ts';
import { isSecret } from '../free-text.ts';

export interface UnsavedText {
  status: number;
  title: string;
  /** What happened, and what to do now. */
  say: readonly string[];
  typed: readonly string[];
  /** Above the words, if there are any. */
  about: string;
  link: { to: string; text: string; newTab?: boolean };
  /** The form as it was sent, where it may be sent once more from here. */
  again?: SentForm;
}

/** All that a form held but its files and its secrets: those are asked for again. */
export const sentForm = ({ pathname, search }: URL, form: FormData): SentForm => ({
  to: pathname + search,
  fields: [...form].flatMap(([name, value]) =>
    typeof value === 'string' && !isSecret(name) ? [[name, value] as const] : []
  )
});

export function unsavedTextPage(t: Words, page: UnsavedText): Response {
  const { status, title, say, typed, about, link, again } = page;
  const sayings = [...say, ...(typed.length > 0 ? [about] : [])].map((text) => `<p>${escape(text)}</p>`);
  const texts = typed.map(
    (text) =>
      `<textarea readonly rows="${rowsFor(text)}" aria-label="${escape(t('pages.error_typed'))}">\n${escape(text)}</textarea>`
  );
  const html = `<!doctype html>
<html lang="${t.locale}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>${escape(title)}</title>
    <style>
      body { max-width: 36rem; margin: 0 auto; padding: 3rem 1rem; font: 1.125rem/1.5 system-ui, sans-serif; }
      .emergency { display: block; padding: 1rem; border-radius: 0.5rem; background: #b01f1b; color: #fff; font-weight: 700; }
      button { min-height: 2.75rem; padding: 0.5rem 1.25rem; border: 0; border-radius: 0.5rem; background: #12507b; color: #fff; font: inherit; font-weight: 700; }
      textarea { box-sizing: border-box; width: 100%; margin-bottom: 0.5rem; font: inherit; }
    </style>
  </head>
  <body>
    <main>
      <a class="emergency" href="/emergency">${escape(t('pages.emergency_ask'))} ${escape(t('pages.emergency_what'))}</a>
      <h1>${escape(title)}</h1>
      ${[...sayings, ...texts].join('\n      ')}
      <p><a href="${escape(link.to)}"${link.newTab ? ' target="_blank"' : ''}>${escape(link.text)}</a></p>
      ${again ? sendingAgain(again, t) : ''}
    </main>
  </body>
</html>`;
  return new Response(html, {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
    }
  });
}

/** The browser holds what was typed until it is taken: nothing of it waits with us, and it works without scripts. */
function sendingAgain({ to, fields }: SentForm, t: Words) {
  const held = fields.map(
    ([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}" />`
  );
  return `<form method="post" action="${escape(to)}">${held.join('')}<button>${escape(t('pages.error_send_again'))}</button></form>`;
}

const rowsFor = (text: string) => Math.min(2 + Math.ceil(text.length / 60), 12);
