/** What answers a form of somebody who was signed out while writing: every word of it, and the way back in. */
import { withNext } from '#lib/people/landing.ts';
import { escape } from '#lib/platform/mail-html.ts';
import type { Words } from '#lib/platform/words.ts';

/** A page of its own: errors thrown before the pages have nowhere to put what was typed. */
export async function signedOutPage(request: Request, next: string, t: Words): Promise<Response> {
  const written = proseIn(await request.formData().catch(() => new FormData()));
  const texts = written.map(
    (text) =>
      `<textarea readonly rows="8" aria-label="${escape(t('pages.error_typed'))}">${escape(text)}</textarea>`
  );
  const html = `<!doctype html>
<html lang="${t.locale}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>${escape(t('pages.error_401'))}</title>
    <style>
      body { max-width: 36rem; margin: 0 auto; padding: 3rem 1rem; font: 1.125rem/1.5 system-ui, sans-serif; }
      .emergency { display: block; padding: 1rem; border-radius: 0.5rem; background: #b01f1b; color: #fff; font-weight: 700; }
      textarea { box-sizing: border-box; width: 100%; font: inherit; }
    </style>
  </head>
  <body>
    <main>
      <a class="emergency" href="/emergency">${escape(t('pages.emergency_ask'))} ${escape(t('pages.emergency_what'))}</a>
      <h1>${escape(t('pages.error_401'))}</h1>
      <p>${escape(t('errors.signed_out'))}</p>
      ${texts.length > 0 ? `<p>${escape(t('pages.error_typed_kept'))}</p>` : ''}
      ${texts.join('\n      ')}
      <p><a href="${escape(withNext('/sign-in', next))}">${escape(t('pages.error_sign_in'))}</a></p>
    </main>
  </body>
</html>`;
  return new Response(html, {
    status: 401,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
    }
  });
}

/** Whatever is more than one word: keys, ids and choices are none, and a password is nobody's to show. */
const proseIn = (form: FormData) =>
  [...form].flatMap(([name, value]) =>
    typeof value === 'string' && /\S\s+\S/.test(value) && !/password|secret|code/.test(name) ? value : []
  );
